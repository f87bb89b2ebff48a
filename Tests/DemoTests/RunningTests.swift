import Foundation
import Testing

@testable import stet_demo

/// The command line, the work folder and the running of commands.
@Suite struct RunningTests {
  @Test func `options have defaults and are read`() throws {
    #expect(try Options(["--work", "w", "--serve", "--stage", "2"])?.stage == 2)
    #expect(try Options([])?.site == "Demo/Site")
    #expect(try Options(["--help"]) == nil)
    #expect(throws: Options.WrongUse.self) { try Options(["--work"]) }
    #expect(throws: Options.WrongUse.self) { try Options(["--stage", "two"]) }
    #expect(throws: Options.WrongUse.self) { try Options(["--what"]) }
  }

  @Test func `a folder is emptied only when the demonstration made it`() throws {
    let files = FileManager.default
    let base = files.temporaryDirectory.appending(path: "stet-demo-\(UUID().uuidString)").path
    defer { try? files.removeItem(atPath: base) }  // only the test's own leftovers

    let ours = try WorkFolder(preparing: base + "/ours")
    try ours.write(list: ["http://127.0.0.1/a"])
    #expect(files.fileExists(atPath: ours.list))
    _ = try WorkFolder(preparing: base + "/ours")
    #expect(!files.fileExists(atPath: ours.list))

    try files.createDirectory(atPath: base + "/theirs", withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: base + "/theirs/thesis.txt"))
    #expect(throws: WorkFolder.Failure.self) { try WorkFolder(preparing: base + "/theirs") }
    #expect(files.fileExists(atPath: base + "/theirs/thesis.txt"))
  }

  @Test func `a command's JSON Lines are read, and a failure is no empty answer`() throws {
    struct Row: Decodable, Equatable { let n: Int }
    let terminal = Terminal(environment: [:])
    let printf = Stet(binary: "/usr/bin/printf", archive: "a", terminal: terminal)
    #expect(try printf.rows("{\"n\":1}\\n{\"n\":2}\\n", as: Row.self) == [Row(n: 1), Row(n: 2)])
    #expect(try printf.object("{\\n\"n\":3}", as: Row.self) == Row(n: 3))
    #expect(throws: Stet.RunError.self) { try printf.rows("oops", as: Row.self) }
    let no = Stet(binary: "/bin/false", archive: "a", terminal: terminal)
    #expect(throws: Stet.RunError.self) { try no.rows("log", as: Row.self) }
    let nobody = Stet(binary: "/nowhere/stet", archive: "a", terminal: terminal)
    #expect(throws: Stet.RunError.self) { try nobody.rows("log", as: Row.self) }
  }
}
