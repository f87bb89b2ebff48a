import CommandRunner
import Exporting
import Git
import Importing
import Model
import Storage
import Syncing
import Testing

/// The archive's history as a history of git.
@Suite(.enabled(if: Newsroom.hasGit))
struct GitExportTests {
  @discardableResult
  private func export(_ room: Newsroom, _ scope: Scope = Scope(), to name: String = "repo") throws -> Int {
    let repository = try HistoryRepository(room.folder.file(name))
    let commits = try GitExport(store: room.store).run(scope) { _ in
    } write: {
      try repository.write($0)
    }
    try repository.finish(commits: commits)
    return commits - repository.commitsBefore
  }

  private func git(_ room: Newsroom, _ arguments: String..., in name: String = "repo") throws -> [String] {
    try GitProcess.text(arguments, in: room.folder.file(name)).split(separator: "\n").map(String.init)
  }

  @Test func `each revision is a commit, in the order of their first captures`() async throws {
    let room = try await Newsroom.filled()
    #expect(try export(room) == 4)
    #expect(
      try git(room, "log", "--reverse", "--format=%aI %an <%ae> %cn %s", "main") == [
        "2026-11-20T10:00:00+00:00 post.example <post.example> Stet Council approves ferry contract",
        "2026-11-20T10:15:00+00:00 post.example <post.example> Stet Bridge closed for repairs",
        "2026-11-20T10:20:00+00:00 post.example <post.example> Stet Council approves ferry contract",
        "2026-11-20T10:30:00+00:00 post.example <post.example> Stet Council approves ferry contract",
      ])
    let message = try git(room, "log", "-1", "--format=%B", "main~1")
    #expect(message[1] == "1 edit: number; 1 words added, 1 removed.")
    #expect(message.contains("After: 2026-11-20T10:10:00.000Z") && message.contains("Revision: 2"))
    #expect(try git(room, "log", "-1", "--format=%B", "main").contains("As in revision 1 again."))
    #expect(
      try git(room, "diff", "--unified=0", "main~2", "main~1").filter { $0.hasPrefix("+It") || $0.hasPrefix("-It") }
        == [
          "-It costs 4 million euros.", "+It costs 40 million euros.",
        ])
  }

  @Test func `the work tree shows the last state and nothing is changed in it`() async throws {
    let room = try await Newsroom.filled()
    try export(room)
    #expect(try git(room, "status", "--porcelain").isEmpty)
    let text = String(decoding: try room.folder.bytes(of: "repo/post.example/2026_11_ferry.md"), as: UTF8.self)
    #expect(text.contains("revision: 3\n") && text.hasSuffix("\nIt costs 4 million euros.\n"))
  }

  @Test func `the same archive makes the same commits`() async throws {
    let room = try await Newsroom.filled()
    try export(room, to: "one")
    try export(room, to: "two")
    #expect(try git(room, "rev-parse", "main", in: "one") == git(room, "rev-parse", "main", in: "two"))
  }

  @Test func `a second export adds what is new and keeps what is there`() async throws {
    let room = try await Newsroom.filled()
    try export(room)
    let before = try git(room, "rev-parse", "main")
    #expect(try export(room) == 0)
    #expect(try git(room, "rev-parse", "main") == before)
    try await room.take(
      try ImportLine.page(.ferry("It costs 4 million euros."), url: Newsroom.ferry, minute: 60),
      try ImportLine.page(.ferry("It costs 5 million euros."), url: Newsroom.ferry, minute: 70))
    #expect(try export(room) == 1)
    #expect(try git(room, "rev-parse", "main~1") == before)
    #expect(try git(room, "status", "--porcelain").isEmpty)
  }

  @Test func `a history that does not go on as the archive's is refused and left as it is`() async throws {
    let room = try await Newsroom.filled()
    try export(room)
    let before = try git(room, "rev-parse", "main")
    try await room.take(try ImportLine.page(.ferry("It costs 3 million euros."), url: Newsroom.ferry, minute: 5))
    let error = #expect(throws: ExportError.self) { try export(room) }
    guard case .unwritable(_, let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.hasPrefix("the history there does not go on as the archive's does"))
    #expect(try git(room, "rev-parse", "main") == before)
  }

  @Test func `a folder with anything else in it is refused`() async throws {
    let room = try await Newsroom.filled()
    _ = try GitProcess.text(["init", "--quiet", "other"], in: room.folder.path)
    for name in [".", "other"] {
      let path = room.folder.file(name)
      #expect(
        throws: ExportError.unwritable(
          path: path, detail: "it is not empty, and no history that was exported by stet")
      ) { try export(room, to: name) }
    }
  }

  @Test func `an archive without revisions makes an empty repository`() throws {
    let room = try Newsroom()
    #expect(try export(room) == 0)
    #expect(try export(room) == 0)
  }

  @Test func `what was exported and is imported again has as many revisions`() async throws {
    let room = try await Newsroom.filled()
    var page = ArticlePage.ferry("Tickets: *5* euros_each [from May] <b>, 1. class & 2. class. # end #")
    page.headline = "# 1: “Ferry” | council"
    try await room.take(
      try ImportLine.page(page, url: Newsroom.ferry, minute: 80),
      try ImportLine.page(.ferry("It costs 5 million euros."), url: Newsroom.ferry, minute: 81))
    let commits = try export(room)
    let back = try Newsroom()
    let report = try await CaptureImport(store: back.store, now: { Instant(milliseconds: 1_795_400_000_000) }).run(
      try GitHistory(
        repository: room.folder.file("repo"), paths: [], firstParent: true,
        template: try FileURLTemplate("https://{stem}"), dates: .author)
    ) { _, _ in
    } progress: { _ in
    }
    #expect(commits == 6 && report.captures == commits && report.revisions == commits && report.failures == 0)
    let ferry = try #require(try back.store.articles(of: Scope()).first)
    #expect(ferry.url == "https://post.example/2026_11_ferry")
    #expect(try back.store.log(ferry.id).map(\.returnsTo) == [nil, nil, 1, nil, nil])
  }
}
