import CommandRunner
import Exporting
import Glibc
import Testing

/// Files that appear whole or not at all.
struct PartialFileTests {
  /// Whether this file system knows files without names (O_TMPFILE, open(2)).
  private static func canBeNameless(in folder: String) -> Bool {
    let descriptor = open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY, 0o600)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }

  private static func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func `what is being written lies under no name that a kill could leave behind`() throws {
    let folder = try TemporaryFolder()
    let file = try PartialFile(path: folder.file("out"))
    file.append([UInt8](repeating: 7, count: 3 << 20))
    #expect(try folder.names() == [] || !Self.canBeNameless(in: folder.path))
    #expect(try !folder.names().contains("out"))
    #expect(try file.finish() == 3 << 20)
    #expect(try folder.names() == ["out"])
    #expect(try folder.bytes(of: "out").count == 3 << 20)
    #expect(Self.mode(folder.file("out")) & 0o600 == 0o600)
  }

  @Test func `it takes the place of what had the name, and what is let go leaves that alone`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "out")
    do {
      let file = try PartialFile(path: folder.file("out"))
      file.append(Array("half".utf8))
    }
    #expect(try folder.names() == ["out"])
    #expect(try folder.bytes(of: "out") == Array("old".utf8))
    // What a process of the same number left when it was killed at the last moment is in nobody's way.
    try folder.write("left", to: "out.\(getpid()).part")
    let file = try PartialFile(path: folder.file("out"))
    file.append(Array("new-".utf8))
    file.replace(at: 3, Array("!".utf8))
    _ = try file.finish()
    #expect(try folder.names() == ["out"])
    #expect(try folder.bytes(of: "out") == Array("new!".utf8))
  }

  @Test func `a folder that is not there or cannot be written into is an error`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ExportError.self) { _ = try PartialFile(path: folder.file("none/out")) }
    #expect(try folder.names() == [])
  }
}
