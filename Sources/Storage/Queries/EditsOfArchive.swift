import GRDB
import Model

/// The edits of one revision, as a question over the archive finds them.
public struct FoundEdits: Sendable, Hashable {
  public let url: String
  public let ordinal: Int
  /// The earlier revision that said the same as this one.
  public let returnsTo: Int?
  /// Whether it is a step of going back and forth.
  public let recurrence: Recurrence?
  public let came: ChangeInterval
  /// Checks after `came.after` and up to `came.by`; 0 for imported captures.
  public let checksBetween: Int
  /// Those of them that brought no article.
  public let misses: Int
  public let headline: String
  public let language: String?
  /// Those asked for, in reading order.
  public let edits: [Edit]
}

extension Store {
  /// Edits over the archive, the newest revisions first, those of one instant by URL.
  /// - Parameters:
  ///   - classes: edits that are of one of these; empty: all.
  ///   - reach: so many revisions are looked at; those of one instant are all looked at or none.
  ///   - found: called for each revision that has such edits; no more are sought when it answers false.
  /// - Returns: the instant before which to go on, when the reach was too short; else nil.
  @discardableResult
  public func edits(
    _ scope: Scope, classes: Set<Edit.Class>, reach: Int = .max, found: (FoundEdits) throws -> Bool
  ) throws(StorageError) -> Instant? {
    try read { db in try Self.edits(scope, classes: classes, reach: reach, in: db, found: found) }
  }

  @discardableResult
  static func edits(
    _ scope: Scope, classes: Set<Edit.Class>, reach: Int = .max, in db: Database,
    found: (FoundEdits) throws -> Bool
  ) throws -> Instant? {
    let admitted = try scope.admitted(in: db)
    let mask = EditCoding.set(of: classes.isEmpty ? Set(Edit.Class.allCases) : classes)
    // A few articles are found by their own chains, all others along time.
    let list = admitted.flatMap { $0.count <= 64 ? $0.sorted() : nil }
    let places = list.map { "AND revision.article IN (\($0.map { "\($0)" }.joined(separator: ",")))" } ?? ""
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT revision.id, revision.article, ordinal, snapshot, first_at, article.url
        FROM revision \(list == nil ? "INDEXED BY revision_at" : "") CROSS JOIN article ON article.id = revision.article
        WHERE first_at >= ? AND first_at < ? AND classes & ? <> 0 \(places)
        ORDER BY first_at DESC, article.url, ordinal DESC
        """,
      arguments: [scope.since?.milliseconds ?? Int64.min, scope.until?.milliseconds ?? Int64.max, mask])
    let (snapshots, reader) = (SnapshotReader(), EditReader())
    var chains: [Int64: ChainReturns] = [:]
    var (seen, last) = (0, nil as Int64?)
    while let row = try rows.next() {
      let (article, ordinal, at): (Int64, Int, Int64) = (try row[1], try row[2], try row[4])
      if seen >= reach, let last, at != last { return Instant(milliseconds: last) }
      (seen, last) = (seen + 1, at)
      if let admitted, !admitted.contains(article) { continue }
      if scope.language != nil {
        let language = try String.fetchOne(
          db.cachedStatement(sql: "SELECT language FROM snapshot WHERE id = ?"), arguments: [row[3] as Int64])
        guard scope.admits(language: language) else { continue }
      }
      let before = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT snapshot, at FROM revision JOIN capture ON capture.id = last_capture
            WHERE revision.article = ? AND ordinal = ?
            """), arguments: [article, ordinal - 1])
      guard let before else { continue }
      let (old, new) = (try snapshots.stored(before[0], in: db), try snapshots.stored(row[3], in: db))
      let edits = try reader.edits(ofRevision: row[0], from: old.snapshot.text, to: new.snapshot.text, in: db)
        .filter { classes.isEmpty || !classes.isDisjoint(with: $0.classes) }
      guard !edits.isEmpty else { continue }
      let came = ChangeInterval(after: Instant(milliseconds: try before[1]), by: Instant(milliseconds: at))
      let (checks, misses) = try Self.checks(of: article, in: came, db)
      let chain = try chains[article] ?? Self.returns(of: article, in: db)
      chains[article] = chain
      let goesOn = try found(
        FoundEdits(
          url: try row[5], ordinal: ordinal, returnsTo: chain.returnsTo(from: ordinal),
          recurrence: chain.recurrence(of: ordinal), came: came, checksBetween: checks, misses: misses,
          headline: new.snapshot.text.headline, language: new.snapshot.text.language, edits: edits))
      guard goesOn else { return nil }
    }
    return nil
  }

  /// How many checks lie in an interval, and how many of them brought no article.
  static func checks(of article: Int64, in came: ChangeInterval, _ db: Database) throws -> (all: Int, misses: Int) {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT count(*), count(*) - count(snapshot) FROM "check" LEFT JOIN reading ON reading.capture = "check".capture
          WHERE article = ? AND at > ? AND at <= ?
          """), arguments: [article, came.after?.milliseconds ?? Int64.min, came.by.milliseconds])
    return (try row?[0] ?? 0, try row?[1] ?? 0)
  }
}
