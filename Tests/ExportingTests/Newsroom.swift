import CommandRunner
import Git
import Importing
import Model
import Storage
import Syncing
import Testing

/// An archive of made-up captures, in a folder of its own.
struct Newsroom {
  let folder: TemporaryFolder
  let store: Store

  static let ferry = "https://post.example/2026/11/ferry"
  static let bridge = "https://post.example/2026/11/Bridge?id=7"

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Instant(milliseconds: 1_795_000_000_000))
  }

  /// Takes in lines as `import jsonl` does.
  func take(_ lines: String...) async throws {
    let path = try folder.write(lines.joined(), to: "lines.jsonl")
    let report = try await CaptureImport(store: store, now: { Instant(milliseconds: 1_795_400_000_000) })
      .run(try CaptureLines(path: path)) { _, _ in
      } progress: { _ in
      }
    #expect(report.failures == 0)
  }

  /// Three revisions of one article, the last as the first, and one of another in between.
  static func filled() async throws -> Newsroom {
    let room = try Newsroom()
    let (first, second) = (
      ArticlePage.ferry("It costs 4 million euros."), ArticlePage.ferry("It costs 40 million euros.")
    )
    try await room.take(
      try ImportLine.page(first, url: ferry, minute: 0), try ImportLine.page(first, url: ferry, minute: 10),
      try ImportLine.page(second, url: ferry, minute: 20), try ImportLine.other(503, "busy", url: ferry, minute: 25),
      try ImportLine.page(first, url: ferry, minute: 30), try ImportLine.page(bridgePage, url: bridge, minute: 15))
    return room
  }

  static let bridgePage = ArticlePage(
    "Bridge closed for repairs",
    ["The old bridge will be closed for a year, the port said on Monday, so that its steel can be repaired."])

  /// Whether there is a git to test with.
  static let hasGit = (try? GitProcess.text(["--version"], in: "/")) != nil  // without git its tests are left out
}
