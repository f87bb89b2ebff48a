import CommandRunner
import Foundation
import Importing
import Model
import Storage
import Syncing
import Testing

struct OtherArchiveTests {
  private static let start = Instant(milliseconds: 1_790_000_000_000)

  private static func capture(
    _ text: String, at minutes: Int64, of url: String = Desk.url, status: Int = 200, sequence: Int64 = 0,
    refersTo: Digest? = nil, via: Digest? = nil
  ) throws -> CaptureInput {
    let origin = "ed25519:" + String(repeating: "ab", count: 32)
    let fields = try #require(HTTPFields([("Content-Type", "text/plain"), ("Date", "minute \(minutes)")]))
    return CaptureInput(
      article: Desk.url, origin: origin,
      response: Response(
        url: url, at: Instant(milliseconds: start.milliseconds + minutes * 60_000), status: status,
        fields: fields, body: Array(text.utf8)),
      sequence: sequence, refersTo: refersTo, via: via)
  }

  private func fill(_ store: Store, _ inputs: [CaptureInput]) throws {
    _ = try store.keep(try store.prepare(inputs), now: Desk.now)
  }

  private func take(_ path: String, into desk: Desk, _ scope: Scope = Scope()) async throws -> (Int, Int, [String]) {
    var losses: [String] = []
    let report = try await CaptureImport(store: desk.store, storeOnly: true, now: { Desk.now }).run(
      try OtherArchive(path: path, scope)
    ) {
      losses.append($1)
    } progress: { _ in
    }
    return (report.captures, report.unchanged, losses)
  }

  @Test func `captures come over with their origin, their redirects and what a 304 refers to`() async throws {
    let (theirs, ours) = (try Desk(), try Desk())
    let moved = try Self.capture("", at: 0, status: 301)
    let first = try Self.capture("One ferry.", at: 0, of: Desk.url + "/new", sequence: 1)
    try fill(theirs.store, [moved])
    let led = CaptureInput(
      article: first.article, origin: first.origin, response: first.response, sequence: 1,
      via: try theirs.digests().first)
    try fill(theirs.store, [led])
    let still = try #require(try theirs.store.prepare([led]).first?.capture.digest)
    try fill(
      theirs.store,
      [try Self.capture("", at: 5, status: 304, refersTo: still), try Self.capture("Two ferries.", at: 9)])

    #expect(try await take(theirs.store.path, into: ours) == (4, 0, []))
    #expect(try ours.digests() == theirs.digests())
    #expect(try ours.captures().map(\.via) == theirs.captures().map(\.via))
    #expect(try ours.captures().map(\.response.body) == theirs.captures().map(\.response.body))
    #expect(try await take(theirs.store.path, into: ours) == (0, 4, []))
  }

  @Test func `only captures of the time asked for are taken`() async throws {
    let (theirs, ours) = (try Desk(), try Desk())
    try fill(theirs.store, try (0..<10).map { try Self.capture("Day \($0).", at: Int64($0)) })
    var scope = Scope()
    scope.since = Instant(milliseconds: Self.start.milliseconds + 3 * 60_000)
    scope.until = Instant(milliseconds: Self.start.milliseconds + 5 * 60_000)
    #expect(try await take(theirs.store.path, into: ours, scope) == (2, 0, []))
    #expect(try ours.captures().map { String(decoding: $0.response.body, as: UTF8.self) } == ["Day 3.", "Day 4."])
  }

  @Test func `a damaged capture is named and hides no other`() async throws {
    let (theirs, ours) = (try Desk(), try Desk())
    let texts = ["Fog at the quay.", "Zeppelins moor by dawn.", "Wharf 9 is shut."]
    try fill(theirs.store, try texts.enumerated().map { try Self.capture($1, at: Int64($0)) })
    theirs.store.close()
    var file = try Data(contentsOf: URL(fileURLWithPath: theirs.store.path))
    let place = try #require(file.range(of: Data("moor".utf8)))
    file.replaceSubrange(place, with: Data("roar".utf8))
    try file.write(to: URL(fileURLWithPath: theirs.store.path))
    let (new, known, losses) = try await take(theirs.store.path, into: ours)
    #expect((new, known) == (2, 0))
    #expect(losses.count == 1)
    #expect(losses.first?.contains("body") == true)
  }

  /// Hands out its captures, and then cannot be read on.
  private final class Breaking: CaptureSource, @unchecked Sendable {  // `batch` is called by one task at a time
    let name = "half a file"
    private var left: [CaptureInput]
    init(_ captures: [CaptureInput]) { left = captures }

    func batch() throws(ImportError) -> [CaptureInput] {
      if left.isEmpty { throw .unreadable(path: name, detail: "Input/output error") }
      return [left.removeFirst()]
    }

    func read(_ item: CaptureInput) -> Found { .capture(item) }
  }

  @Test func `what was read before a source broke off is kept and counted, and its pass is closed`() async throws {
    let desk = try Desk()
    let source = Breaking([try Self.capture("Fog.", at: 0), try Self.capture("Sun.", at: 1)])
    var report = PassReport()
    do {
      try await CaptureImport(store: desk.store, now: { Desk.now }).run(source, into: &report) { _, _ in
      } progress: { _ in
      }
      Issue.record("nothing was thrown")
    } catch { #expect(error == .unreadable(path: "half a file", detail: "Input/output error")) }
    #expect(report.captures == 2 && report.checked == 2)
    #expect(try desk.captures().count == 2)
    #expect(try desk.store.verify(deep: nil).problems.isEmpty)
  }

  @Test func `what is no archive is refused`() async throws {
    let ours = try Desk()
    let path = try ours.folder.write(Array("not an archive".utf8), to: "notes.txt")
    #expect(throws: ImportError.self) { try OtherArchive(path: path) }
    #expect(throws: ImportError.self) { try OtherArchive(path: ours.folder.file("missing.stet")) }
  }
}
