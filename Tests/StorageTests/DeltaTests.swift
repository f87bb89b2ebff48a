import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// Bodies that stand on other bodies: through the archive, in any order, compacted or not.
struct DeltaTests {
  /// Histories of some articles of one site: a template, a text of their own and edits to it; sometimes an old body comes
  /// back, nothing changes, or a body is empty, tiny or large.
  private func history(seed: UInt64, articles: Int = 4, captures: Int = 48) -> [CaptureInput] {
    var random = SplitMix64(seed: seed)
    func words(_ count: Int) -> [UInt8] {
      Array(
        (0..<count).map { _ in String(UInt64.random(in: 0...99_999, using: &random), radix: 36) }.joined(separator: " ")
          .utf8)
    }
    let template = words(120)
    var texts = (0..<articles).map { _ in template + words(60) }
    var olds: [[[UInt8]]] = texts.map { [$0] }
    var inputs: [CaptureInput] = []
    for n in 0..<captures {
      let article = Int.random(in: 0..<articles, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0: texts[article] = olds[article].randomElement(using: &random) ?? []
      case 1: break
      case 2: texts[article] = words(Int.random(in: 0...3, using: &random))
      case 3 where n % 5 == 0: texts[article] = words(4_000)
      case 4: texts[article] = template + words(40)
      default:
        let place = Int.random(in: 0...texts[article].count, using: &random)
        texts[article].insert(contentsOf: words(3), at: place)
      }
      olds[article].append(texts[article])
      inputs.append(
        Archive.raw(
          texts[article], minute: Int64(n), url: "https://post.example/2026/\(article)",
          fields: [("Content-Type", "text/plain")]))
    }
    return inputs
  }

  private func check(_ inputs: [CaptureInput], in archive: Archive) throws {
    let wanted = Dictionary(inputs.map { (Archive.digest($0), $0.response.body) }) { first, _ in first }
    let ids = try archive.store.read { try Int64.fetchAll($0, sql: "SELECT id FROM capture ORDER BY id") }
    #expect(ids.count == wanted.count)
    for stored in try archive.store.load(ids) { #expect(wanted[stored.digest] == stored.input.response.body) }
    for id in ids.reversed() { #expect(try archive.store.load([id]).count == 1) }
    try archive.store.read { db in
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM coded WHERE base >= body") == 0)
      #expect(
        try Int.fetchOne(db, sql: "SELECT count(*) FROM coded") == Int.fetchOne(db, sql: "SELECT count(*) FROM body"))
      // No read decodes more than is allowed.
      let reader = BodyReader(limit: 0)
      for id in try Int64.fetchAll(db, sql: "SELECT id FROM body") {
        let entry = try reader.entry(id, in: db)
        #expect(entry.chain[0].path <= max(BaseChoice.pathOctets, 4 * entry.octets.count))
      }
    }
  }

  private enum Order: CaseIterable { case arrival, reverse, shuffled, byArticle, oneByOne }

  @Test(arguments: 0..<5)
  func `whatever the order captures come in, all bodies come back, before compact and after`(order: Int) throws {
    for seed in [UInt64(1), 2] {
      var inputs = history(seed: seed)
      var random = SplitMix64(seed: seed + 7)
      switch Order.allCases[order] {
      case .arrival, .oneByOne: break
      case .reverse: inputs.reverse()
      case .shuffled: inputs.shuffle(using: &random)
      case .byArticle: inputs.sort { ($0.article, $0.response.at) < ($1.article, $1.response.at) }
      }
      let archive = try Archive()
      let size = Order.allCases[order] == .oneByOne ? 1 : 17
      for start in stride(from: 0, to: inputs.count, by: size) {
        try archive.take(Array(inputs[start..<min(start + size, inputs.count)]))
      }
      try check(inputs, in: archive)
      let deltas = try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM loose WHERE coding = 2") ?? 0 }
      #expect(deltas > 10)
      #expect(try archive.verify().isEmpty)
      let bodies = try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM body") ?? 0 }
      let report = try archive.store.compact()
      #expect(report.bodies == bodies)
      if order == 0 { #expect(report.afterBytes < report.beforeBytes + report.beforeBytes / 8) }
      #expect(report.damaged.isEmpty)
      #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM loose") } == 0)
      #expect(try archive.raw { try Int.fetchOne($0, sql: "PRAGMA freelist_count") } == 0)
      try check(inputs, in: archive)
      #expect(try archive.verify().isEmpty)
    }
  }

  @Test func `a body that comes back after another is not stored again`() throws {
    let archive = try Archive()
    let (a, b) = (history(seed: 3)[0].response.body, history(seed: 4)[0].response.body)
    for n in 0..<6 { try archive.keep([Archive.raw(n % 2 == 0 ? a : b, minute: Int64(n))]) }
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM body") } == 2)
    // A third that is like the first, not like the second, stands on the first.
    try archive.keep([Archive.raw(a + Array("one more line".utf8), minute: 9)])
    #expect(try archive.raw { try Int64.fetchOne($0, sql: "SELECT base FROM loose WHERE body = 3") } == 1)
  }

  @Test func `the first body of an article stands on one of its neighbour's, in the batch or in the archive`() throws {
    let archive = try Archive()
    let inputs = history(seed: 11, articles: 4, captures: 1).flatMap { first in
      (0..<4).map { n in
        Archive.raw(
          first.response.body + Array("article number \(n)".utf8), minute: Int64(n), url: "https://post.example/\(n)")
      }
    }
    try archive.keep(Array(inputs[0..<2]))
    try archive.keep([inputs[2]])
    archive.store = try Store.open(archive.path, .write)
    try archive.keep([inputs[3]])
    // Most of the way is left to the history of each.
    #expect(try archive.raw { try Int64?.fetchAll($0, sql: "SELECT base FROM loose ORDER BY body") } == [nil, 1, 1, 1])
  }

  @Test func `a base of a batch that was rolled back is done without`() throws {
    let archive = try Archive()
    let inputs = history(seed: 5, articles: 1, captures: 8)
    _ = try archive.store.prepare(Array(inputs[..<4]))  // never kept
    try archive.keep(Array(inputs[4...]))
    try check(Array(inputs[4...]), in: archive)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a compaction that is interrupted goes on the next time, while captures come in`() throws {
    let archive = try Archive()
    let inputs = history(seed: 6, articles: 3, captures: 240)
    try archive.keep(Array(inputs[..<200]))
    var asked = 0
    let first = try archive.store.compact(isCancelled: {
      asked += 1; return asked > 1
    })
    #expect(first.interrupted)
    #expect((1...64).contains(first.bodies))
    try archive.keep(Array(inputs[200...]))
    try check(inputs, in: archive)
    let other = try Store.open(archive.path, .write)
    var refused = false
    let second = try archive.store.compact(progress: { _, _ in
      do { _ = try other.compact() } catch { refused = true }
    })
    #expect(refused)
    #expect(!second.interrupted)
    try check(inputs, in: archive)
    #expect(try archive.store.compact().bodies == 0)
    #expect(try archive.verify().filter { $0.kind != "reading" }.isEmpty)
  }

  @Test func `a damaged base takes with it what stands on it, and nothing else`() throws {
    let archive = try Archive()
    let inputs = history(seed: 8, articles: 3, captures: 40)
    try archive.take(inputs)
    let rows = try archive.raw { db in
      try Row.fetchAll(db, sql: "SELECT body, base FROM coded ORDER BY body").map { row in
        (try row.decode(Int64.self, atIndex: 0), try row.decode(Int64?.self, atIndex: 1))
      }
    }
    let victim = try #require(rows.first { row in rows.count { $0.1 == row.0 } > 0 && row.0 > 3 }).0
    var fallen: Set<Int64> = [victim]
    for row in rows { if let base = row.1, fallen.contains(base) { fallen.insert(row.0) } }
    try archive.raw { db in
      try db.execute(sql: "DROP TRIGGER loose_update")
      try db.execute(sql: "UPDATE loose SET data = zeroblob(length(data)) WHERE body = ?", arguments: [victim])
    }
    let name = try archive.raw {
      try String.fetchOne($0, sql: "SELECT lower(hex(digest)) FROM body WHERE id = ?", arguments: [victim]) ?? ""
    }
    try archive.store.read { db in
      for row in rows {
        let result = Result { try BodyReader().body(row.0, in: db) }
        switch result {
        case .success: #expect(!fallen.contains(row.0))
        case .failure(let error):
          #expect(fallen.contains(row.0))
          #expect("\(error)".contains(name))
        }
      }
    }
    let problems = try archive.verify().filter { $0.kind == "body" }
    #expect(problems.count == fallen.count)
    #expect(problems.count { $0.subject == "body sha256:\(name)" } == 1)
    #expect(problems.allSatisfy { $0.subject.contains(name) || $0.detail.contains("stands on body sha256:\(name)") })
    let report = try archive.store.compact()
    #expect(report.damaged.count == fallen.count)
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM loose") } == fallen.count)
  }
}
