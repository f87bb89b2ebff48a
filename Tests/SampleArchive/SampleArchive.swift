import CommandRunner
import Importing
import Model
import Storage
import Syncing

/// A real archive of two articles, made in the test's own process: five revisions with edits of several classes, a return to
/// what was said before, a wall and a missing page.
public struct SampleArchive: Sendable {
  public static let ferry = "https://post.example/2026/11/ferry"
  public static let bridge = "https://post.example/2026/11/bridge"
  /// A page in a batch to come.
  public static let later = "https://post.example/2026/11/harbour"
  /// Some time after all of it.
  public static let now = Instant(milliseconds: 1_795_300_000_000)

  public let folder: TemporaryFolder
  public let path: String

  /// An archive without captures.
  public init() throws {
    folder = try TemporaryFolder()
    path = folder.file("archive.stet")
    try Store.create(path, now: Self.now).close()
  }

  public static func filled() async throws -> SampleArchive {
    let archive = try SampleArchive()
    try await archive.take(try history())
    return archive
  }

  public struct Failure: Error { public let reason: String }

  /// Imports lines.
  public func take(_ lines: String) async throws {
    let file = try folder.write(lines, to: "captures.jsonl")
    let store = try Store.open(path, .write)
    defer { store.close() }
    let source = try CaptureLines(path: file)
    let report = try await CaptureImport(store: store, now: { Self.now }).run(source) { _, _ in
    } progress: { _ in
    }
    guard report.failures == 0 else { throw Failure(reason: "a line was refused") }
  }

  public func open() throws -> Store { try Store.open(path, .read) }

  private static func history() throws -> String {
    var page = ArticlePage(
      "Council approves ferry contract",
      [
        "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
        "It is worth 1.5 million euros a year.",
        "\u{201C}It is a good day for the island\u{201D}, said Ada Brown, who chairs the council.",
      ])
    var lines = try ImportLine.page(page, minute: 0) + ImportLine.page(page, minute: 15)
    let first = page
    page.paragraphs[1] = "It is worth 15 million euros a year."
    lines += try ImportLine.page(page, minute: 30) + ImportLine.other(503, "busy", minute: 45)
    lines += try ImportLine.other(200, WallPage.consent, minute: 60)
    page.headline = "Council approves ferry contract after <long> & \"hard\" debate"
      .replacing("<", with: "&lt;").replacing(" & ", with: " &amp; ")
    page.paragraphs.append("The first boat leaves in May.")
    lines += try ImportLine.page(page, minute: 75) + ImportLine.page(first, minute: 90)
    lines += try ImportLine.page(
      ArticlePage(
        "Bridge closed for repairs",
        [
          "The old bridge will be closed for a year, the port said on Monday, so that its steel can be repaired.",
          "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
        ]),
      url: bridge, minute: 5)
    return lines + (try ImportLine.other(404, "gone", url: bridge, minute: 50))
  }

  /// Two more captures, which make two revisions with one edit.
  public static func news() throws -> String {
    let before = ArticlePage(
      "Harbour dredged", ["The harbour is to be dredged in spring, at a cost of 4 million euros."])
    let after = ArticlePage(
      "Harbour dredged", ["The harbour is to be dredged in spring, at a cost of 9 million euros."])
    return try ImportLine.page(before, url: later, minute: 100) + ImportLine.page(after, url: later, minute: 110)
  }
}
