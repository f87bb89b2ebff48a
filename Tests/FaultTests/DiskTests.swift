import CommandRunner
import Foundation
import Glibc
import LoopbackServer
import Testing

/// Disks that are full, or may not be written to.
///
/// Where the tests may mount, the archive lies on a small file system of its own, made in a mount namespace that ends with
/// the shell that made it. Elsewhere limits and permissions stand in for it.
@Suite(.serialized)
struct DiskTests {
  /// Whether a mount namespace can be made.
  private static func canMount(_ stet: StetCommand) throws -> Bool {
    try stet.shell("unshare -m sh -c 'mount -t tmpfs -o size=64k none /mnt' 2>/dev/null").status == 0
  }

  private func lines(_ count: Int, in folder: TemporaryFolder) throws -> String {
    var random = SplitMix64(seed: 77)
    var lines = ""
    for n in 0..<count {
      let noise = (0..<1500).map { _ in String(UInt64.random(in: 0 ... .max, using: &random), radix: 36) }.joined()
      lines += try ImportLine.page(
        .ferry("Edition \(n) of the story says this.", furniture: noise), url: "https://post.example/\(n % 7)",
        minute: n)
    }
    return try folder.write(lines, to: "lines.jsonl")
  }

  @Test func `a full disk is named, loses nothing, and is got over`() throws {
    let folder = try TemporaryFolder()
    let mount = folder.file("disk")
    let stet = StetCommand(in: folder, archive: mount + "/archive.stet")
    try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
    let few = try folder.write(
      try (0..<5).map {
        try ImportLine.page(.ferry("Sentence \($0) that is safe."), url: "https://post.example/safe", minute: $0)
      }.joined(),
      to: "few.jsonl")
    let many = try lines(200, in: folder)
    let full: String
    if try Self.canMount(stet) {
      full = """
        mount -t tmpfs -o size=2m none "\(mount)"
        "$STET" init >/dev/null && "$STET" import jsonl "\(few)" >/dev/null || exit 90
        "$STET" import jsonl "\(many)" >"\(mount)/../full.out" 2>"\(mount)/../full.err"; echo "full $?"
        "$STET" log safe >/dev/null; echo "log $?"
        "$STET" verify --deep >/dev/null; echo "verify $?"
        mount -o remount,size=64m "\(mount)"
        "$STET" import jsonl "\(many)" >/dev/null; echo "again $?"
        "$STET" verify --deep >/dev/null; echo "verified $?"
        "$STET" export jsonl -o - | wc -l
        """
      try folder.write(full, to: "full.sh")
      let run = try stet.shell("unshare -m sh \"\(folder.file("full.sh"))\"")
      #expect(run.lines == ["full 1", "log 0", "verify 0", "again 0", "verified 0", "205"], "\(run.errors)")
    } else {
      full = """
        trap '' XFSZ
        "$STET" init >/dev/null && "$STET" import jsonl "\(few)" >/dev/null || exit 90
        (ulimit -f 1500; "$STET" import jsonl "\(many)" >"\(mount)/../full.out" 2>"\(mount)/../full.err"; echo "full $?")
        "$STET" log safe >/dev/null; echo "log $?"
        "$STET" verify --deep >/dev/null; echo "verify $?"
        "$STET" import jsonl "\(many)" >/dev/null; echo "again $?"
        "$STET" verify --deep >/dev/null; echo "verified $?"
        "$STET" export jsonl -o - | wc -l
        """
      let run = try stet.shell(full)
      #expect(run.lines == ["full 1", "log 0", "verify 0", "again 0", "verified 0", "205"], "\(run.errors)")
    }
    let errors = String(decoding: try folder.bytes(of: "full.err"), as: UTF8.self)
    #expect(errors.hasPrefix("stet: importing: "))
    #expect(errors.contains("no space left") || errors.contains("the disk reported an error"), "\(errors)")
  }

  @Test func `a file size limit in the middle of an import is an error and loses nothing`() throws {
    let folder = try TemporaryFolder()
    let stet = StetCommand(in: folder)
    try stet("init")
    let many = try lines(150, in: folder)
    let limited = try stet.shell("trap '' XFSZ; ulimit -f 1500; exec \"$STET\" import jsonl \"\(many)\"")
    #expect(limited.status == 1, "\(limited.errors)")
    #expect(limited.errors.hasPrefix("stet: importing: "))
    #expect(try stet("verify", "--deep").status == 0)
    #expect(try stet("import", "jsonl", many).status == 0)
    #expect(try stet("export", "jsonl", "-o", "-").lines.count == 150)
  }

  @Test func `an archive that may not be written to is read, and a sync says so`() throws {
    let folder = try TemporaryFolder()
    let disk = folder.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let stet = StetCommand(in: folder, archive: disk + "/archive.stet")
    try stet("init")
    let line = try folder.write(
      try ImportLine.page(.ferry("It takes effect in May of next year."), minute: 0), to: "line")
    try stet("import", "jsonl", line)
    let questions = """
      "$STET" log ferry; echo "log $?"; "$STET" verify --deep >/dev/null; echo "verify $?"
      "$STET" sync --all 2>"\(folder.file("sync.err"))"; echo "sync $?"
      """
    let run: StetCommand.Result
    if try Self.canMount(stet) {
      try folder.write(
        "mount --bind \"\(disk)\" \"\(disk)\" && mount -o remount,ro,bind \"\(disk)\"\n" + questions, to: "ro.sh")
      run = try stet.shell("unshare -m sh \"\(folder.file("ro.sh"))\"")
    } else {
      guard getuid() != 0 else { return }  // permissions do not hold the superuser, who cannot mount here either
      run = try stet.shell("chmod -R a-w \"\(disk)\"; \(questions); chmod -R u+w \"\(disk)\"")
    }
    #expect(run.text.contains("Council approves ferry contract"), "\(run.text) \(run.errors)")
    #expect(run.lines.suffix(3).contains("verify 0") && run.lines.contains("log 0"))
    #expect(run.lines.last == "sync 1")
    let errors = String(decoding: try folder.bytes(of: "sync.err"), as: UTF8.self)
    #expect(
      errors
        == "stet: syncing: \(stet.archive): cannot be written to\nhint: check the permissions of the file and of its folder\n"
    )
  }
}
