import CommandRunner
import Exporting
import Formats
import Importing
import Model
import Storage
import Syncing
import Testing

/// An archive to export, made of fixed captures.
struct ExportedArchive {
  let folder: TemporaryFolder
  let store: Store

  static let ferry = "https://post.example/2026/11/ferry"
  private static let start = Instant(milliseconds: 1_795_168_800_000)  // 2026-11-20T10:00:00Z

  static func capture(
    _ url: String, minute: Int64, _ body: [UInt8], status: Int = 200, fields: [(String, String)] = [],
    article: String? = nil, sequence: Int64 = 0, refersTo: Digest? = nil, via: Digest? = nil
  ) throws -> CaptureInput {
    CaptureInput(
      article: article ?? url, origin: nil,
      response: Response(
        url: url, at: start.advanced(byMilliseconds: minute * 60_000), status: status,
        fields: try #require(HTTPFields([("Content-Type", "text/html; charset=utf-8")] + fields)), body: body),
      sequence: sequence, refersTo: refersTo, via: via)
  }

  /// A page, a 304, the page again, an edit, a missing page, the first text once more; a redirect and where it led; an
  /// article that never was read as one.
  static func history() throws -> [CaptureInput] {
    let (first, second) = (
      ArticlePage.ferry("It is worth 1.5 million euros a year."),
      ArticlePage.ferry("It is worth 15 million euros a year.")
    )
    let kept = try capture(
      ferry, minute: 0, first.bytes, fields: [("Content-Encoding", "gzip"), ("Content-Length", "3")])
    let old = "http://post.example/old"
    let hop = try capture(old, minute: 7, [], status: 301, fields: [("Location", "https://post.example/new")])
    return [
      kept, try capture(ferry, minute: 1, [], status: 304, refersTo: kept.digest),
      try capture(ferry, minute: 2, first.bytes), try capture(ferry, minute: 3, second.bytes),
      try capture(ferry, minute: 4, Array("gone".utf8), status: 404), try capture(ferry, minute: 5, first.bytes),
      hop,
      try capture(
        "https://post.example/new", minute: 7, ArticlePage.ferry("It moved.").bytes, article: old, sequence: 1,
        via: hop.digest),
      try capture("https://post.example/blank", minute: 8, Array("<p>".utf8)),
    ]
  }

  init(_ captures: [CaptureInput]? = nil) async throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.start)
    try await keep(try captures ?? Self.history())
  }

  func keep(_ captures: [CaptureInput]) async throws {
    let lines = captures.flatMap { CaptureLine.encode($0, digest: $0.digest) }
    let file = try folder.write(lines, to: "captures.jsonl")
    let report = try await CaptureImport(store: store, now: { Self.start }).run(CaptureLines(path: file)) { _, reason in
      Issue.record("\(reason)")
    } progress: { _ in
    }
    #expect(report.captures == captures.count)
  }

  func options(_ change: (inout RecordOptions) throws -> Void = { _ in }) rethrows -> RecordOptions {
    var options = RecordOptions(software: "stet/test") { url, edits in
      Array("{\"url\":\"\(url)\",\"from\":\(edits.before.ordinal),\"edits\":\(edits.edits.count)}".utf8)
    }
    try change(&options)
    return options
  }

  func export(_ name: String = "out.warc.gz", _ options: RecordOptions? = nil) async throws -> [ExportedFile] {
    try await WARCExport(store: store, options ?? self.options()).run(to: folder.file(name)) { done, all in
      #expect(done <= all)
    }
  }

  /// The records of an export.
  func records(_ options: RecordOptions? = nil) async throws -> [ReadRecord] {
    let name = "records-\(Int.random(in: 0..<Int.max)).warc.gz"
    _ = try await export(name, options)
    return try ReadRecord.all(try folder.bytes(of: name))
  }
}
