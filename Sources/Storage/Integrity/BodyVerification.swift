import Foundation
import GRDB
import Model
import Parallel

/// Bodies as they lie on the disk, and the readings that follow from them.
extension Verifier {
  /// Every body in exactly one of `loose` and `packed`, and standing on an earlier one or on none.
  mutating func codings() {
    attempt("codings") { verifier in
      let sql = """
        SELECT id, (SELECT count(*) FROM loose WHERE body = id) + (SELECT count(*) FROM packed WHERE body = id) AS places
        FROM body WHERE places <> 1
        """
      for row in try Row.fetchAll(verifier.db, sql: sql) {
        let isMissing = try row[1] == 0
        verifier.note(
          "body", "body \(try row[0] as Int64)", isMissing ? "nothing is stored of it" : "it is stored twice")
      }
    }
    attempt("codings") { verifier in
      for row in try Row.fetchAll(verifier.db, sql: "SELECT body, base FROM coded WHERE base >= body") {
        verifier.note(
          "body", "body \(try row[0] as Int64)", "it stands on body \(try row[1] as Int64), which came later")
      }
    }
  }

  /// Decodes every body once, each after what it stands on, and reads every capture of it again.
  mutating func bodiesAndReadings() {
    guard let deep else { return }
    var bodies: [BodyRow] = []
    let sql: (String) -> String = { filter in
      """
      SELECT id, digest, ifnull(packed.base, loose.base) FROM body LEFT JOIN packed ON packed.body = id
      LEFT JOIN loose ON loose.body = id WHERE id \(filter) ORDER BY id
      """
    }
    rows(of: "body", sql, chunk: 4096) { _, rows in
      bodies += try rows.map { BodyRow(id: try $0[0], digest: try Digest(column: try $0[1]), base: try $0[2]) }
    }
    var check = ChainCheck(bodies)
    let steps = ChainOrder(bases: check.bases).steps
    var next = 0
    while next < steps.count {
      var (batch, octets): ([BodyWork], Int) = ([], 0)
      while next < steps.count, batch.count < 64, octets < 16 << 20 {
        let step = steps[next]
        next += 1
        let name = "body \(bodies[step.body].digest)"
        attempt(name) { verifier in
          let captures = try verifier.captures(of: bodies[step.body].id)
          batch.append(BodyWork(place: step.body, digest: bodies[step.body].digest, body: nil, captures: captures))
          batch[batch.count - 1].body = try check.decode(step, in: verifier.db)
          octets += batch[batch.count - 1].body?.octets?.count ?? 0
        }
        check.release(step)
      }
      let cpu = cpu
      let begin = cpu()
      let results = batch.concurrentMap { $0.check(deep, cpu) }
      spend(begin - cpu(), on: "bodies")  // what this thread did of it is counted below
      for (item, result) in zip(batch, results) {
        spend(result.spent.digest, on: "digests")
        spend(result.spent.reading, on: "readings")
        report.bodyBytes += result.bytes
        if let damage = result.damage {
          note(
            "body", "body \(item.digest)", check.blame(item.place, damage),
            affects: item.captures.prefix(5).map { "\($0.url) at \($0.at)" })
        }
        for wrong in result.wrong {
          note("reading", "capture \(wrong.id)", wrong.detail, affects: ["\(wrong.url) at \(wrong.at)"])
        }
      }
      progress("body", next)
    }
  }

  private func captures(of body: Int64) throws -> [ReadCapture] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT c.id, ifnull(c.url, article.url), c.at, c.status, fields.data, verdict, snapshot.digest, reading.extractor,
          article.url, c.varying
        FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
        LEFT JOIN reading ON reading.capture = c.id LEFT JOIN snapshot ON snapshot.id = reading.snapshot WHERE c.body = ?
        """)
    return try Row.fetchAll(statement, arguments: [body]).map { row in
      ReadCapture(
        id: try row[0], article: try row[8], url: try row[1], at: Instant(milliseconds: try row[2]), status: try row[3],
        fields: try HTTPFields(common: row[4], varying: row[9]), verdict: try row[5],
        snapshot: try (try row[6] as Data?).map { try Digest(column: $0) }, extractor: try row[7])
    }
  }
}

private struct BodyRow {
  let id: Int64
  let digest: Digest
  let base: Int64?
}

/// Bodies decoded along their chains; bases are held as long as others stand on them.
private struct ChainCheck {
  private let rows: [BodyRow]
  private let coder = BodyCoder()
  /// For each body the place of its base.
  let bases: [Int?]
  private var held: [Int: [UInt8]] = [:]
  /// For each body that failed, the one that is to blame.
  private var blamed: [Int: Int] = [:]

  init(_ rows: [BodyRow]) {
    self.rows = rows
    let places = Dictionary(rows.enumerated().map { ($1.id, $0) }) { first, _ in first }
    bases = rows.map { row in row.base.flatMap { places[$0] } }
  }

  /// What the disk gives of a body; or why it gives nothing.
  mutating func decode(_ step: ChainOrder.Step, in db: Database) throws -> DecodedBody {
    let row = rows[step.body]
    guard let stored = try StoredBody.fetch(row.id, in: db) else {
      return DecodedBody(octets: nil, damage: "nothing is stored of it")
    }
    if let base = row.base, step.base == nil {
      return DecodedBody(octets: nil, damage: "it stands on body number \(base), which cannot be read")
    }
    do throws(StorageError) {
      let octets = try coder.decode(path: [try stored.link()], on: step.base.flatMap { held[$0] })
      if step.isBase { held[step.body] = octets }
      return DecodedBody(octets: octets, damage: nil)
    } catch { return DecodedBody(octets: nil, damage: error.message) }
  }

  mutating func release(_ step: ChainOrder.Step) {
    if step.releasesBase, let base = step.base { held[base] = nil }
  }

  /// Writes down that a body is damaged, and says why: itself, or the one it stands on.
  mutating func blame(_ place: Int, _ damage: String) -> String {
    guard let base = bases[place], let cause = blamed[base] else {
      blamed[place] = place
      return damage
    }
    blamed[place] = cause
    return "it stands on body \(rows[cause].digest), which is damaged"
  }
}

private struct DecodedBody: Sendable {
  let octets: [UInt8]?
  let damage: String?
}

/// A capture with the reading that is stored of it.
private struct ReadCapture: Sendable {
  let id: Int64
  let article: String
  let url: String
  let at: Instant
  let status: Int
  let fields: HTTPFields
  let verdict: String?
  let snapshot: Digest?
  let extractor: Int?

  /// Whether it reads the same: of captures of one body.
  func isTwin(of other: ReadCapture) -> Bool {
    fields == other.fields && status == other.status && url.utf8.elementsEqual(other.url.utf8)
  }
}

/// One body to check, away from the database.
private struct BodyWork: Sendable {
  let place: Int
  let digest: Digest
  /// Nil when SQLite could not read it, which was noted.
  var body: DecodedBody?
  let captures: [ReadCapture]

  struct Wrong: Sendable {
    let id: Int64
    let url: String
    let at: Instant
    let detail: String
  }

  struct Found: Sendable {
    var bytes: Int64 = 0
    var damage: String?
    var wrong: [Wrong] = []
    /// Nanoseconds of work.
    var spent: (digest: Int64, reading: Int64) = (0, 0)
  }

  func check(_ deep: Rederivation, _ cpu: () -> Int64) -> Found {
    var found = Found()
    guard let octets = body?.octets else {
      found.damage = body?.damage ?? "it cannot be read"
      return found
    }
    let start = cpu()
    let isWhole = Digest(of: octets) == digest
    found.spent.digest = cpu() - start
    guard isWhole else {
      found.damage = "its octets have another digest"
      return found
    }
    found.bytes = Int64(octets.count)
    var last: (capture: ReadCapture, verdict: String, snapshot: Digest?)?
    // Read by another extractor: cannot be compared.
    for capture in captures where capture.extractor == deep.extractor {
      if last?.capture.isTwin(of: capture) != true {
        let reading = deep.read(capture.article, capture.url, capture.status, capture.fields, octets)
        last = (capture, reading.verdict.rawValue, reading.text?.digest)
      }
      guard last?.verdict != capture.verdict || last?.snapshot != capture.snapshot else { continue }
      found.wrong.append(
        Wrong(id: capture.id, url: capture.url, at: capture.at, detail: "reading it again gives something else"))
    }
    found.spent.reading = cpu() - start - found.spent.digest
    return found
  }
}
