import ArgumentParser
import Exporting
import Glibc
import JSON
import Storage

struct ScheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Print, or install, what runs `stet sync` again and again.",
    discussion: """
      Prints a line for crontab, or a systemd service and its timer; --install puts it where it belongs, for the user who \
      asks. Installing again replaces what was installed for the same archive. Articles are fetched when they are due and not \
      at every run, so a short interval costs little. STET_CONTACT goes along as it is set now: neither cron nor systemd would \
      know of it.

      EXAMPLE
        stet schedule cron --archive /srv/news.stet
        stet schedule cron --every 15m --install
        stet schedule systemd --install
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case cron, systemd }

  @Argument(help: "cron or systemd.") var kind: Kind
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How often a pass starts: 5m, 1h. For cron a part of an hour or of a day.", valueName: "interval"))
  var every: Interval = Interval(milliseconds: 300_000)
  @Flag(name: .long, help: "Install it for this user.") var install = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("making a schedule", json: options.json) {
      let archive = try absolute(options.path)
      try options.open(.read).close()  // so that what is installed is known to work
      switch kind {
      case .cron: try cron(archive)
      case .systemd: try systemd(archive)
      }
    }
  }

  // MARK: cron

  private func cron(_ archive: String) throws {
    let line = try CronLine(
      every: every.milliseconds / 60_000, program: try program(), archive: archive, contact: UserAgent.contact)
    if options.json, !install { return print([("line", .string(line.text))]) }
    guard install else { return Terminal.print(line.text) }
    let doing = "installing the cron job"
    // a user without a crontab is told so by exit code 1, and an empty table is what there is
    let before = try ChildProcess(["crontab", "-l"], input: "", doing: doing)
    let after = line.replacing(in: before.status == 0 ? before.output : "")
    let result = try ChildProcess(["crontab", "-"], input: after, doing: doing)
    guard result.status == 0 else {
      throw CommandFailure(doing, code: "refused", "crontab ended with \(result.status)")
    }
    if options.json { return print([("line", .string(line.text))]) }
    Terminal.print("installed in the crontab of this user: \(line.text)")
  }

  // MARK: systemd

  private func systemd(_ archive: String) throws {
    let unit = SystemdUnit(
      seconds: every.milliseconds / 1000, program: try program(), archive: archive, contact: UserAgent.contact)
    let files = unit.files.map { JSONValue.object([("name", .string($0.name)), ("text", .string($0.text))]) }
    guard install else {
      if options.json { return print([("files", .array(files))]) }
      for file in unit.files {
        Terminal.print("# ~/.config/systemd/user/\(file.name)\n\(file.text)")
      }
      return
    }
    let doing = "installing the systemd timer"
    guard
      let home = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) })
        ?? getenv("HOME").map({ String(cString: $0) + "/.config" })
    else { throw CommandFailure(doing, code: "failed", "neither XDG_CONFIG_HOME nor HOME is set") }
    var folder = home
    for part in ["", "/systemd", "/user"] {
      folder += part
      mkdir(folder, 0o755)  // that it fails shows when a file is written into it
    }
    for file in unit.files {
      let draft = try PartialFile(path: "\(folder)/\(file.name)")
      draft.append(Array(file.text.utf8))
      _ = try draft.finish()
    }
    for arguments in [["daemon-reload"], ["enable", "--now", unit.name + ".timer"]] {
      let result = try ChildProcess(["systemctl", "--user"] + arguments, input: "", doing: doing)
      guard result.status == 0 else {
        throw CommandFailure(
          doing, code: "refused", "systemctl --user \(arguments.joined(separator: " ")) ended with \(result.status)",
          hint: "the files are in \(folder)")
      }
    }
    if options.json { return print([("files", .array(files)), ("folder", .string(folder))]) }
    Terminal.print("installed and started: \(unit.name).timer in \(folder)")
    Terminal.print("it stops when you log out, unless: loginctl enable-linger")
  }

  private func print(_ members: [(String, JSONValue)]) {
    Terminal.print(JSONValue.object(members + [("installed", .bool(install))]).description)
  }

  // MARK: paths

  private func program() throws -> String {
    guard let path = realpath("/proc/self/exe", nil) else {
      throw CommandFailure("making a schedule", code: "failed", "this program's own path cannot be found")
    }
    defer { free(path) }
    return String(cString: path)
  }

  private func absolute(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else { return path }  // opening it will say what is wrong
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// A line of a crontab (crontab(5)).
struct CronLine {
  let text: String
  private let mark: String

  /// - Parameters:
  ///   - every: minutes: 1 to 30 that divide an hour, or whole hours that divide a day.
  ///   - contact: `STET_CONTACT` of the runs.
  init(every: Int64, program: String, archive: String, contact: String? = nil) throws {
    let times: String
    switch every {
    case 1: times = "* * * * *"
    case 2...30 where 60 % every == 0: times = "*/\(every) * * * *"
    case 60: times = "0 * * * *"
    case 120...720 where every % 60 == 0 && 24 % (every / 60) == 0: times = "0 */\(every / 60) * * *"
    case 1440: times = "0 0 * * *"
    default:
      throw CommandFailure(
        "making a schedule", code: "bad-interval", "cron knows no interval of \(every) minutes",
        hint: "take 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes, or 1, 2, 3, 4, 6, 8, 12 or 24 hours")
    }
    let words =
      (contact.map { ["STET_CONTACT=" + Self.quoted($0)] } ?? [])
      + [program, "sync", "--archive", archive].map(Self.quoted)
    mark = "# stet: " + archive.replacing("%", with: "\\%")
    text = "\(times) \(words.joined(separator: " ")) \(mark)"
  }

  /// A crontab with this line in the place of the one for the same archive, or at its end.
  func replacing(in table: String) -> String {
    var lines = table.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    lines.removeAll { $0.hasSuffix(mark) }
    return (lines + [text]).joined(separator: "\n") + "\n"
  }

  /// For the shell; a percent sign is cron's own line end.
  private static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return plain ? word : "'" + word.replacing("'", with: "'\\''").replacing("%", with: "\\%") + "'"
  }
}

/// A systemd service and the timer that starts it (systemd.service(5), systemd.timer(5)).
struct SystemdUnit {
  let name: String
  let files: [(name: String, text: String)]

  init(seconds: Int64, program: String, archive: String, contact: String? = nil) {
    let file = archive.split(separator: "/").last.map(String.init) ?? archive
    let stem = file.hasSuffix(".stet") ? String(file.dropLast(5)) : file
    name = "stet-" + String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    let words = [program, "sync", "--archive", archive].map(Self.quoted).joined(separator: " ")
    // systemd.exec(5): here a dollar sign means itself
    let environment =
      contact.map { "\nEnvironment=" + Self.quoted("STET_CONTACT=" + $0).replacing("$$", with: "$") } ?? ""
    files = [
      (
        name + ".service",
        """
        [Unit]
        Description=Stet: fetch what is due in \(file)
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=oneshot\(environment)
        ExecStart=\(words)
        # 3: some sources failed; 11: another pass is running
        SuccessExitStatus=3 11
        Nice=10

        """
      ),
      (
        name + ".timer",
        """
        [Unit]
        Description=Stet: fetch what is due in \(file), every \(seconds) s

        [Timer]
        OnBootSec=60
        OnUnitActiveSec=\(seconds)
        AccuracySec=10

        [Install]
        WantedBy=timers.target

        """
      ),
    ]
  }

  private static func quoted(_ word: String) -> String {
    "\""
      + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
      .replacing("$", with: "$$") + "\""
  }
}
