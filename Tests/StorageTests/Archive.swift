import CommandRunner
import Foundation
import GRDB
import Model
import Syncing

@testable import Storage

/// A real archive in a folder of its own, with the short ways that tests of storage need.
final class Archive {
  static let url = "https://post.example/2026/11/ferry"
  static let start = Instant(milliseconds: 1_795_000_000_000)

  let folder: TemporaryFolder
  var store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.start)
  }

  var path: String { store.path }

  /// A capture of a ferry page with that sentence, so many minutes after the start.
  static func capture(
    _ sentence: String, minute: Int64, seq: Int64 = 0, status: Int = 200, url: String = url, furniture: String = "dry"
  ) -> CaptureInput {
    raw(ArticlePage.ferry(sentence, furniture: furniture).bytes, minute: minute, seq: seq, status: status, url: url)
  }

  static func raw(
    _ body: [UInt8], minute: Int64, seq: Int64 = 0, status: Int = 200, url: String = url, refersTo: Digest? = nil,
    via: Digest? = nil, fields: [(name: String, value: String)] = [("Content-Type", "text/html; charset=utf-8")],
    article: String? = nil
  ) -> CaptureInput {
    CaptureInput(
      article: article ?? url, origin: nil,
      response: Response(
        url: url, at: start.advanced(byMilliseconds: minute * 60_000), status: status,
        fields: HTTPFields(fields) ?? HTTPFields(), body: body),
      sequence: seq, refersTo: refersTo, via: via)
  }

  /// The digest a capture will have.
  static func digest(_ input: CaptureInput) -> Digest {
    let response = input.response
    return Capture(
      origin: input.origin, url: response.url, at: response.at, sequence: input.sequence, status: response.status,
      fields: response.fields.digest, payload: response.status == 304 ? nil : Digest(of: response.body),
      refersTo: input.refersTo
    ).digest
  }

  /// Keeps captures without deriving anything from them: T1 alone.
  @discardableResult
  func keep(_ inputs: [CaptureInput]) throws -> [KeptCapture] { try store.keep(store.prepare(inputs), now: Self.start) }

  /// Keeps and derives, one batch.
  @discardableResult
  func take(_ inputs: [CaptureInput]) throws -> DerivedCounts {
    let kept = try keep(inputs)
    return try Derivation.derive(
      zip(kept, inputs).map { (kept: $0, article: $1.article, response: $1.response) }, in: store
    ).counts
  }

  func article(_ name: String = url) throws -> Int64 {
    guard case .one(let id, _) = try store.article(named: name) else { throw Missing(name: name) }
    return id
  }

  struct Missing: Error { let name: String }

  /// Ordinal and second sentence of each revision, oldest first: what most tests ask.
  func sentences(_ name: String = url) throws -> [String] {
    let id = try article(name)
    return try store.log(id).reversed().map { entry in
      try store.text(id, .ordinal(entry.ordinal))?.text.blocks.last?.text ?? "-"
    }
  }

  /// All that the archive says of an article, without the numbers of rows.
  func history(_ name: String = url) throws -> [String] {
    let id = try article(name)
    var lines = try store.log(id).map { "\($0)" }
    for capture in try store.captures(id) {
      lines.append(
        "\(capture.digest) \(capture.isRevisit) \(capture.verdict ?? "-") \(capture.reason ?? "-") \(capture.revision ?? 0)"
      )
    }
    lines += try store.read { db in
      try Int64.fetchAll(db, sql: "SELECT id FROM revision WHERE article = ? ORDER BY ordinal", arguments: [id])
        .flatMap { try Store.edits(ofRevision: $0, in: db).map { "\($0)" } }
    }
    return lines
  }

  /// A connection past the store: what another program could do to the file.
  func raw<T>(_ body: (Database) throws -> T) throws -> T {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }  // the test is over for this connection either way
    return try queue.writeWithoutTransaction(body)
  }

  func verify() throws -> [Problem] { try store.verify(deep: Derivation.rederivation).problems }
}

extension Store {
  /// Row ids of an article's captures, oldest first, read from `capture` alone.
  func captureNumbers(of article: Int64) throws(StorageError) -> [Int64] {
    try read { db in
      try Int64.fetchAll(
        db, sql: "SELECT id FROM capture WHERE article = ? ORDER BY at, seq, digest", arguments: [article])
    }
  }
}
