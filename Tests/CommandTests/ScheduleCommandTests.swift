import CommandRunner
import Foundation
import JSON
import Testing

@testable import stet

/// What runs `stet sync` again and again: printed, and installed where cron and systemd are scripts of ours.
struct ScheduleCommandTests {
  /// A desk whose PATH begins with a folder of scripts that stand for crontab and systemctl.
  private func desk(_ scripts: [String: String]) throws -> (desk: Desk, environment: [String: String]) {
    let desk = try Desk.empty()
    let bin = desk.folder.file("bin")
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    for (name, text) in scripts {
      let path = try desk.folder.write("#!/bin/sh\n" + text, to: "bin/" + name)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (
      desk,
      ["PATH": "\(bin):\(path)", "XDG_CONFIG_HOME": desk.folder.file("config"), "TABLE": desk.folder.file("table")]
    )
  }

  private static let crontab = """
    if [ "$1" = -l ]; then [ -e "$TABLE" ] && cat "$TABLE" || { echo "no crontab" >&2; exit 1; }
    else cat > "$TABLE"; fi
    """

  @Test func `a cron line names the program and the archive by their whole paths`() throws {
    let desk = try Desk.empty()
    let result = try desk.stet("schedule", "cron", "--every", "15m")
    #expect(result.status == 0)
    let line = try #require(result.lines.first)
    #expect(line.hasPrefix("*/15 * * * * /"))
    #expect(line.contains("/stet sync --archive /") && line.contains("archive.stet # stet: /"))
  }

  @Test func `the contact that is set now goes along, and --json is JSON`() throws {
    let desk = try Desk.empty()
    let contact = ["STET_CONTACT": "mailto:desk@example.org 100%"]
    let line = try desk.stet("schedule", "cron", "--json", environment: contact).json()
    #expect(
      line["line"]?.string?.hasPrefix("*/5 * * * * STET_CONTACT='mailto:desk@example.org 100\\%' /") == true)
    #expect(line["installed"] == false)
    let units = try desk.stet("schedule", "systemd", "--json", environment: contact).json()["files"]?.array
    #expect(units?.compactMap { $0["name"]?.string } == ["stet-archive.service", "stet-archive.timer"])
    #expect(
      units?.first?["text"]?.string?.contains("\nEnvironment=\"STET_CONTACT=mailto:desk@example.org 100%%\"\n") == true)
  }

  @Test func `installing twice leaves one line and what others wrote`() throws {
    let (desk, environment) = try desk(["crontab": Self.crontab])
    try desk.folder.write("MAILTO=me\n0 4 * * * backup\n", to: "table")
    for every in ["5m", "1h"] {
      let result = try desk.stet("schedule", "cron", "--every", every, "--install", environment: environment)
      #expect(result.status == 0, "\(result.errors)")
    }
    let table = try String(contentsOfFile: desk.folder.file("table"), encoding: .utf8).split(separator: "\n")
    #expect(table.count == 3)
    #expect(table.prefix(2) == ["MAILTO=me", "0 4 * * * backup"])
    #expect(table[2].hasPrefix("0 * * * * "))
  }

  @Test func `a user without a crontab gets one`() throws {
    let (desk, environment) = try desk(["crontab": Self.crontab])
    #expect(try desk.stet("schedule", "cron", "--install", environment: environment).status == 0)
    let table = try String(contentsOfFile: desk.folder.file("table"), encoding: .utf8)
    #expect(table.hasPrefix("*/5 * * * * ") && table.hasSuffix("\n"))
  }

  @Test func `a crontab that refuses is an error that says so`() throws {
    let (desk, environment) = try desk(["crontab": "[ \"$1\" = -l ] && exit 1; cat > /dev/null; exit 7\n"])
    let result = try desk.stet("schedule", "cron", "--install", environment: environment)
    #expect(result.status == 1 && result.errors.contains("crontab ended with 7"))
  }

  @Test func `cron has no interval of seven minutes`() throws {
    let desk = try Desk.empty()
    let result = try desk.stet("schedule", "cron", "--every", "7m")
    #expect(result.status == 1 && result.errors.contains("hint: take 1, 2, 3"))
  }

  @Test func `no archive means nothing is scheduled`() throws {
    let desk = try Desk()
    #expect(try desk.stet("schedule", "cron").status == 10)
  }

  @Test func `systemd gets a service and its timer, and is told`() throws {
    let (desk, environment) = try desk(["systemctl": "echo \"$@\" >> \"$TABLE\"\n"])
    let result = try desk.stet("schedule", "systemd", "--every", "10m", "--install", environment: environment)
    #expect(result.status == 0, "\(result.errors)")
    let service = try String(
      contentsOfFile: desk.folder.file("config/systemd/user/stet-archive.service"), encoding: .utf8)
    let timer = try String(contentsOfFile: desk.folder.file("config/systemd/user/stet-archive.timer"), encoding: .utf8)
    #expect(service.contains("/stet\" \"sync\" \"--archive\" \"/") && service.contains("SuccessExitStatus=3 11"))
    #expect(timer.contains("OnUnitActiveSec=600\n"))
    let told = try String(contentsOfFile: desk.folder.file("table"), encoding: .utf8)
    #expect(told == "--user daemon-reload\n--user enable --now stet-archive.timer\n")
  }

  @Test func `odd characters in a path stay what they are`() throws {
    let line = try CronLine(every: 5, program: "/opt/my stet", archive: "/srv/it's 100%.stet")
    #expect(
      line.text
        == #"*/5 * * * * '/opt/my stet' sync --archive '/srv/it'\''s 100\%.stet' # stet: /srv/it's 100\%.stet"#)
    let unit = SystemdUnit(seconds: 60, program: "/opt/my stet", archive: "/srv/100% \"$x\".stet")
    #expect(unit.files[0].text.contains(#"ExecStart="/opt/my stet" "sync" "--archive" "/srv/100%% \"$$x\".stet""#))
  }
}
