import ArgumentParser

/// The command. One subcommand a file; each checks what it was given, calls one service and prints.
///
/// Each states its `commandName`: ArgumentParser would work it out of the type's description, for all of them at each start, and
/// that looks through every conformance in the program.
@main
struct Stet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stet",
    abstract: "An archive of what web articles said, and of every edit made to them since.",
    discussion: """
      EXAMPLE
        stet init
        stet add https://example.org/2026/11/ferry-contract
        stet sync --all
        stet log ferry-contract
        stet diff ferry-contract

      An article may be named by its URL, by a part of it that no other article has, or by its number. A revision is \
      URL (the last), URL@3 (the third), URL@-1 (the one before the last), URL@2026-11-20T10:00Z (what stood then) or \
      URL@2026-11-20 (what stood at the end of that day). Times are UTC without an offset; yesterday, 12h and 7d (ago) will do.

      EXIT CODES
        0 done
        1 failed
        3 done, but some sources failed
        4 verify found problems, a proof does not hold, or an export lacks what is damaged
        10 no archive there
        11 archive in use
        12 archive is newer than the program
        64 wrong use
        130 interrupted

      ENVIRONMENT
        STET_ARCHIVE  path of the archive when --archive is not given (else ./archive.stet)
        STET_CONTACT  a URL or mail address in the User-Agent, so that sites can reach who fetches
        NO_COLOR      no colour, also on a terminal
      """,
    version: StetVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Watching",
        subcommands: [
          Init.self, Add.self, Sources.self, Pause.self, Resume.self, Remove.self, Sync.self, StatusCommand.self,
          ScheduleCommand.self, WebhookCommand.self,
        ]),
      CommandGroup(
        name: "Asking",
        subcommands: [
          Articles.self, Log.self, Captures.self, Show.self, Diff.self, EditsCommand.self, Blame.self, Search.self,
          When.self, Same.self, Serve.self,
        ]),
      CommandGroup(name: "Without an archive", subcommands: [Extract.self, Compare.self, Simulate.self]),
      CommandGroup(name: "Evidence", subcommands: [PrintCheckpoint.self, Prove.self, CheckProof.self]),
      CommandGroup(
        name: "Keeping", subcommands: [Export.self, Import.self, Verify.self, Backup.self, Compact.self, Rebuild.self]),
    ])
}

/// The program's version, in the user agent and `stet --version`.
enum StetVersion {
  static let current = "0.1.0"
}
