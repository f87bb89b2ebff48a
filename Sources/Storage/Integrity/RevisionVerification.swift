import GRDB
import Model
import Parallel

/// Chains of revisions, and their edits against a new diff of what they said.
extension Verifier {
  mutating func revisions() {
    var pairs = PairsToCheck()
    attempt("derivation") {
      // Edits that another version made cannot be compared.
      $0.comparesEdits = try Int.fetchOne($0.db, sql: "SELECT version FROM derivation") == $0.deep?.extractor
    }
    rows(of: "article", { "SELECT id, url FROM article WHERE id \($0) ORDER BY id" }) { verifier, rows in
      for row in rows {
        verifier.attempt("revisions of \(try row[1] as String)") {
          try $0.revisions(of: try row[0], url: try row[1], &pairs)
        }
      }
    }
    differences(&pairs)
  }

  private mutating func revisions(of article: Int64, url: String, _ pairs: inout PairsToCheck) throws {
    let present = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, snapshot, first_capture, last_capture, ordinal, first_at, classes FROM revision WHERE article = ?
          ORDER BY ordinal
          """), arguments: [article])
    report.revisions += present.count
    let wanted = try Run.all(of: article, in: db)
    let same = try zip(wanted, present).allSatisfy { run, row in
      try run.snapshot == row[1] && run.first == row[2] && run.last == row[3] && run.at == row[5]
    }
    guard same, wanted.count == present.count, try present.enumerated().allSatisfy({ try $1[4] == $0 + 1 }) else {
      note("revision", url, "its \(present.count) revisions are not what its captures give (\(wanted.count))")
      return
    }
    guard deep != nil, comparesEdits else { return }
    var last: Snapshot?
    for row in present {
      let id: Int64 = try row[1]
      // A snapshot that cannot be read is named when snapshots are checked.
      let next = try? pairs.snapshots.stored(id, in: db).snapshot
      if next != nil { readSnapshots.insert(id) }
      defer { last = next }
      guard let last, let next else { continue }
      let name = "\(url)@\(try row[4] as Int)"
      do {
        pairs.add(
          PairToCheck(
            name: name, old: last, new: next, classes: try row[6],
            edits: try pairs.edits.bytes(ofRevision: try row[0], in: db)))
      } catch let error as StorageError { note("edit", name, error.message) }
      if pairs.isFull { differences(&pairs) }
    }
  }

  /// Works the edits out again on all cores.
  private mutating func differences(_ pairs: inout PairsToCheck) {
    guard let deep else { return }
    let cpu = cpu
    let begin = cpu()
    let results = pairs.take().concurrentMap { pair in
      let start = cpu()
      return (name: pair.name, isSame: pair.isSame(deep), spent: cpu() - start)
    }
    spend(begin - cpu(), on: "revisions")  // what this thread did of it is counted below
    for result in results {
      if !result.isSame { note("edit", result.name, "its edits are not what its texts give") }
      spend(result.spent, on: "edits")
    }
  }
}

/// A revision and the one before, with its edits as they are stored.
private struct PairToCheck: Sendable {
  let name: String
  let old, new: Snapshot
  let classes: Int64
  let edits: [UInt8]?

  func isSame(_ deep: Rederivation) -> Bool {
    let stored = edits.map { EditCoding.decode($0, from: old.text, to: new.text) } ?? []
    guard let stored else { return false }
    return EditCoding.set(stored) == classes && stored.map(\.outline) == deep.difference(old, new).edits.map(\.outline)
  }
}

/// Revisions that wait for their edits to be worked out again, with what reads them.
private struct PairsToCheck {
  let snapshots = SnapshotReader()
  let edits = EditReader()
  private var waiting: [PairToCheck] = []
  private var sentences = 0

  /// Some megabytes of texts.
  var isFull: Bool { waiting.count >= 256 || sentences >= 60_000 }

  mutating func add(_ pair: PairToCheck) {
    waiting.append(pair)
    sentences += pair.new.text.blocks.reduce(0) { $0 + $1.sentences.count }
  }

  mutating func take() -> [PairToCheck] {
    defer { (waiting, sentences) = ([], 0) }
    return waiting
  }
}
