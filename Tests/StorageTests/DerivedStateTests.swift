import CommandRunner
import GRDB
import Model
import Testing

@testable import Storage

/// Sentences in blocks, snapshots on snapshots, edits in one piece.
struct DerivedStateTests {
  private static let words = "harbour ferry contract council minister water price crown river bridge school".split(
    separator: " ")

  /// So many sentences no two of which are the same.
  private func page(_ sentences: Int, edition: Int, from first: Int = 0) -> [UInt8] {
    var random = SplitMix64(seed: 77)
    var body = ""
    for n in first..<(first + sentences) {
      let said = (0..<110).compactMap { _ in Self.words.randomElement(using: &random) }.joined(separator: " ")
      body += "<p>Sentence number \(n) of \(n % 97 == 5 ? edition : 0) says \(said).</p>"
    }
    return Array(
      "<!DOCTYPE html><html><head><title>A page</title></head><body><article><h1>A page</h1>\(body)</article>".utf8)
  }

  private func count(_ archive: Archive, _ table: String) throws -> Int {
    try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
  }

  @Test func `sentences fill blocks, and each is stored once however it comes`() throws {
    let archive = try Archive()
    for edition in 0..<6 {
      try archive.take([Archive.raw(page(200, edition: edition), minute: Int64(edition))])
    }
    try archive.take([Archive.raw(page(200, edition: 3), minute: 9, url: "https://other.example/1")])
    #expect(try count(archive, "sentence_block") >= 2)
    let blocks = try archive.raw { try Int.fetchOne($0, sql: "SELECT sum(count) FROM sentence_block") ?? 0 }
    let all = try blocks + count(archive, "sentence")
    #expect(try count(archive, "sentence_hash") == all)
    // The headline, 200 sentences, and those of five editions that are not in the first.
    #expect(all == 201 + 5 * 3)
    #expect(try archive.verify().isEmpty)
    let id = try archive.article()
    #expect(try archive.store.log(id).map(\.edits) == [3, 3, 3, 3, 3, 0])
    #expect(try archive.store.log(id).map(\.headline) == Array(repeating: "A page", count: 6))
    #expect(try archive.store.text(id, .ordinal(4))?.text.blocks.count == 200)
  }

  @Test func `a long history of snapshots is read through short ways`() throws {
    let archive = try Archive()
    try archive.take((0..<40).map { Archive.raw(page(200, edition: $0), minute: Int64($0)) })
    let bases = try archive.raw {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM snapshot WHERE base IS NULL") ?? 0
    }
    #expect((2...5).contains(bases))
    #expect(try archive.store.log(archive.article()).count == 40)
    #expect(try archive.verify().isEmpty)
  }

  @Test(arguments: [
    (
      "UPDATE sentence_block SET data = CAST(substr(data, 1, 500) || 'damaged!' || substr(data, 509) AS BLOB)",
      "sentence"
    ),
    ("UPDATE sentence_block SET data = x'00'", "sentence"),
    ("UPDATE sentence_block SET count = count - 1", "sentence"),
    ("UPDATE sentence SET text = text || '!'", "sentence"),
    ("DELETE FROM sentence_hash WHERE id = 3", "sentence"),
    ("INSERT INTO sentence_hash VALUES (1, 1)", "sentence"),
    ("UPDATE snapshot SET content = x'28B52FFD'", "snapshot"),
    ("UPDATE snapshot SET content = (SELECT content FROM snapshot WHERE id = 1) WHERE id = 2", "snapshot"),
    ("UPDATE snapshot SET base = NULL WHERE base IS NOT NULL", "snapshot"),
    ("UPDATE snapshot SET headline = headline + 1", "snapshot"),
    ("UPDATE edit SET data = zeroblob(20)", "edit"),
    ("UPDATE edit SET data = (SELECT data FROM edit ORDER BY revision DESC LIMIT 1)", "edit"),
    ("DELETE FROM edit", "edit"),
    ("UPDATE revision SET classes = classes + 1", "edit"),
    ("UPDATE revision SET first_at = 0", "revision"),
  ])
  func `damaged derived rows are named, and reading them is an error`(sql: String, kind: String) throws {
    let archive = try Archive()
    for edition in 0..<3 {
      try archive.take([
        Archive.raw(page(100 + edition * edition, edition: edition, from: edition * 7), minute: Int64(edition))
      ])
    }
    #expect(try count(archive, "sentence_block") >= 1 && count(archive, "sentence") >= 1)
    try archive.raw { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
    }
    #expect(try archive.verify().map(\.kind).contains(kind), "\(sql)")
    let id = try archive.article()
    for ordinal in 1...3 {
      do throws(StorageError) { _ = try archive.store.text(id, .ordinal(ordinal)) } catch {
        #expect(error.code == "damaged")
      }
    }
    do throws(StorageError) { _ = try archive.store.log(id) } catch { #expect(error.code == "damaged") }
  }

  @Test func `edits decode to what was encoded`() throws {
    let old = ArticleText(
      headline: "One", byline: ["Ada", "Bo"],
      blocks: [
        Block(kind: .paragraph, sentences: [Sentence("A.", follows: false), Sentence("B.", follows: true)]),
        Block(kind: .quote, sentences: [Sentence("Ｃ。", follows: false), Sentence("Ｄ。", follows: false)]),
      ])
    var new = old
    (new.headline, new.lead) = ("Two", "Lead")
    let edits = [
      Edit(action: .rewording, classes: [.headline, .number], part: .headline, before: "One", after: "Two"),
      Edit(action: .addition, classes: [.byline], part: .byline, before: nil, after: "Ada, Bo"),
      Edit(action: .deletion, classes: [.lead], part: .lead, before: "A text that stands nowhere", after: nil),
      Edit(action: .deletion, classes: [.text], part: .paragraph, before: "B.", after: nil, beforeRange: 1..<2),
      Edit(
        action: .rewording, classes: [.layout], part: .quote, before: "A. B.\nＣ。Ｄ。", after: "B.\nＣ。",
        beforeRange: 0..<4, afterRange: 1..<3, isMoved: true),
      Edit(
        action: .move, classes: [.notice, .text], part: .notice, before: "Another", after: "Ｄ。", beforeIndex: 3,
        afterIndex: 900),
      Edit(
        action: .rewording, classes: [.headline, .lead], part: .headline, before: "One\nA. B.", after: "Two\nLead",
        beforeRange: 0..<2, crossing: Edit.Crossing(before: [.headline], after: [.headline, .lead])),
      Edit(
        action: .move, classes: [.lead], part: .lead, before: "A.", after: "Lead", beforeRange: 0..<1, isMoved: true,
        crossing: Edit.Crossing(before: [], after: [.lead])),
    ]
    let bytes = EditCoding.encode(edits, from: old, to: new)
    #expect(EditCoding.decode(bytes, from: old, to: new) == edits)
    #expect(EditCoding.classes(bytes) == edits.map(\.classes))
    for end in 0..<bytes.count { #expect(EditCoding.decode(Array(bytes[..<end]), from: old, to: new) == nil) }
    var random = SplitMix64(seed: 5)
    for _ in 0..<5000 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = EditCoding.decode(damaged, from: old, to: new)
      _ = EditCoding.classes(damaged)
    }
  }

  @Test func `a frame that is not whole, or has another prefix, is refused`() throws {
    let frames = CheckedFrames()
    let (octets, prefix) = (Array("the same text as before, and more".utf8), Array("the same text as before".utf8))
    let frame = try frames.encode(octets, prefix: prefix)
    #expect(frames.decode(frame, prefix: prefix) == octets)
    #expect(frames.decode(frame, prefix: Array("the same text, otherwise".utf8)) != octets)
    #expect(frames.decode([]) == nil)
    for i in frame.indices {
      #expect(frames.decode(Array(frame[..<i]), prefix: prefix) == nil)
      var damaged = frame
      damaged[i] ^= 4
      let got = frames.decode(damaged, prefix: prefix)
      #expect(got == nil || got == octets)
    }
    #expect(try frames.decode(frames.encode([])) == [])
  }

  @Test func `compact makes no body larger`() throws {
    var random = SplitMix64(seed: 21)
    let archive = try Archive()
    var bodies: [[UInt8]] = []
    for n in 0..<150 {
      var body = n > 3 && n % 2 == 0 ? bodies[Int.random(in: 0..<n, using: &random)] : []
      for _ in 0..<Int.random(in: 1..<90, using: &random) { body.append(UInt8.random(in: 0...255, using: &random)) }
      bodies.append(body)
    }
    var minutes = (0..<150).map { Int64($0) }
    minutes.shuffle(using: &random)
    for (n, body) in bodies.enumerated() {
      try archive.keep([Archive.raw(body, minute: minutes[n], url: "https://post.example/\(n % 5)")])
    }
    let sql = "SELECT body, length(data) FROM coded ORDER BY body"
    let before = try archive.raw { try Row.fetchAll($0, sql: sql).map { try $0.decode(Int.self, atIndex: 1) } }
    let report = try archive.store.compact()
    let after = try archive.raw { try Row.fetchAll($0, sql: sql).map { try $0.decode(Int.self, atIndex: 1) } }
    #expect(zip(before, after).allSatisfy { $0 >= $1 })
    #expect(report.beforeBytes == Int64(before.reduce(0, +)) && report.afterBytes == Int64(after.reduce(0, +)))
    #expect(try archive.store.load(1...150).map(\.input.response.body) == bodies)
  }
}
