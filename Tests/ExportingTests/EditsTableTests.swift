import CommandRunner
import Exporting
import Model
import Storage
import Testing

/// Edits as a table in the scheme of NewsEdits.
struct EditsTableTests {
  private func table(
    _ room: Newsroom, _ scope: Scope = Scope(), classes: Set<Edit.Class> = [], stealth: Bool = false, limit: Int? = nil
  ) throws -> [String] {
    let path = room.folder.file("edits.csv")
    let file = try PartialFile(path: path)
    let count = try EditsTableExport(store: room.store, words: { _ in (2, 3) }, isStealth: { $0.ordinal == 3 })
      .run(scope, classes: classes, stealth: stealth, limit: limit, to: file) { _ in }
    _ = try file.finish()
    let lines = String(decoding: try room.folder.bytes(of: "edits.csv"), as: UTF8.self)
      .split(separator: "\r\n").map(String.init)
    #expect(lines.count == count + 1)
    return lines
  }

  @Test func `an edit is a row with both versions, places and wordings`() async throws {
    let room = try await Newsroom.filled()
    let lines = try table(room)
    #expect(lines[0] == EditsTableExport.columns.joined(separator: ","))
    #expect(
      lines[1...] == [
        "https://post.example/2026/11/ferry,2,3,2026-11-20T10:20:00.000Z,2026-11-20T10:30:00.000Z,Edit,number,paragraph,"
          + "1,1,1,1,0,It costs 40 million euros.,It costs 4 million euros.,2,3,1",
        "https://post.example/2026/11/ferry,1,2,2026-11-20T10:10:00.000Z,2026-11-20T10:20:00.000Z,Edit,number,paragraph,"
          + "1,1,1,1,0,It costs 4 million euros.,It costs 40 million euros.,2,3,0",
      ])
  }

  @Test func `classes, times and a limit say which`() async throws {
    let room = try await Newsroom.filled()
    #expect(try table(room, classes: [.quote]).count == 1)
    #expect(try table(room, limit: 1).count == 2)
    #expect(try table(room, stealth: true) == Array(try table(room).prefix(2)))
    var scope = Scope()
    scope.until = Instant("2026-11-20T10:25Z")
    #expect(try table(room, scope, classes: [.number]).count == 2)
  }

  @Test func `an addition has no place before and a headline none at all`() async throws {
    let room = try Newsroom()
    let first = ArticlePage.ferry("It costs 4 million euros.")
    var second = first
    second.headline = "Council, after long debate, approves ferry contract"
    second.paragraphs.append("=SUM(1) is said to be \"the price\".")
    try await room.take(
      try ImportLine.page(first, url: Newsroom.ferry, minute: 0),
      try ImportLine.page(second, url: Newsroom.ferry, minute: 1))
    let lines = try table(room)
    #expect(lines.contains { $0.contains(",Edit,headline,headline,,,,,0,Council approves") })
    #expect(
      lines.contains {
        $0.contains(",Addition,") && $0.contains(",,2,,1,0,,\"=SUM(1) is said to be \"\"the price\"\".\",")
      })
  }
}
