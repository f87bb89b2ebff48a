import GRDB
import Model

/// The edits of one revision, as a question over the archive finds them.
public struct FoundEdits: Sendable, Hashable {
  /// The revision with both texts and all its edits.
  public let change: RevisionChange
  /// Whether it is a step of going back and forth.
  public let recurrence: Recurrence?
  /// Checks after `came.after` and up to `came.by`; 0 for imported captures.
  public let checksBetween: Int
  /// Those of them that brought no article.
  public let misses: Int
  /// Those asked for, in reading order.
  public let edits: [Edit]

  public var url: String { change.url }
  public var ordinal: Int { change.ordinal }
  public var came: ChangeInterval { change.came }
  /// The earlier revision that said the same as this one.
  public var returnsTo: Int? { change.returnsTo }
  public var headline: String { change.new.headline }
  public var language: String? { change.new.language }
}

extension Store {
  /// Edits over the archive, the newest revisions first, those of one instant by URL.
  /// - Parameters:
  ///   - classes: edits that are of one of these; empty: all.
  ///   - reach: so many revisions are looked at; those of one instant are all looked at or none.
  ///   - isWanted: asked of each revision that passes all else.
  ///   - found: called for each revision that has such edits; no more are sought when it answers false.
  /// - Returns: the instant before which to go on, when the reach was too short; else nil.
  @discardableResult
  public func edits(
    _ scope: Scope, classes: Set<Edit.Class>, reach: Int = .max,
    where isWanted: (RevisionChange) -> Bool = { _ in true },
    found: (FoundEdits) throws -> Bool
  ) throws(StorageError) -> Instant? {
    try read { db in
      try Self.edits(scope, classes: classes, reach: reach, in: db, where: isWanted, found: found)
    }
  }

  @discardableResult
  static func edits(
    _ scope: Scope, classes: Set<Edit.Class>, reach: Int = .max, in db: Database,
    where isWanted: (RevisionChange) -> Bool = { _ in true }, found: (FoundEdits) throws -> Bool
  ) throws -> Instant? {
    let admitted = try scope.admitted(in: db)
    let mask = EditCoding.set(of: classes.isEmpty ? Set(Edit.Class.allCases) : classes)
    // A few articles are found by their own chains, all others along time.
    let list = admitted.flatMap { $0.count <= 64 ? $0.sorted() : nil }
    let places = list.map { "AND revision.article IN (\($0.map { "\($0)" }.joined(separator: ",")))" } ?? ""
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT revision.id, revision.article, ordinal, snapshot, first_at
        FROM revision \(list == nil ? "INDEXED BY revision_at" : "") CROSS JOIN article ON article.id = revision.article
        WHERE first_at >= ? AND first_at < ? AND classes & ? <> 0 \(places)
        ORDER BY first_at DESC, article.url, ordinal DESC
        """,
      arguments: [scope.since?.milliseconds ?? Int64.min, scope.until?.milliseconds ?? Int64.max, mask])
    let reader = ChangeReader()
    var chains: [Int64: ChainReturns] = [:]
    var (seen, last) = (0, nil as Int64?)
    while let row = try rows.next() {
      let (article, at): (Int64, Int64) = (try row[1], try row[4])
      if seen >= reach, let last, at != last { return Instant(milliseconds: last) }
      (seen, last) = (seen + 1, at)
      if let admitted, !admitted.contains(article) { continue }
      guard try scope.admits(snapshot: row[3], in: db) else { continue }
      let chain = try chains[article] ?? Self.returns(of: article, in: db)
      chains[article] = chain
      guard let change = try reader.change(ofRevision: row[0], of: chain, in: db), isWanted(change) else { continue }
      let edits = change.edits.filter { classes.isEmpty || !classes.isDisjoint(with: $0.classes) }
      guard !edits.isEmpty else { continue }
      let (checks, misses) = try Self.checks(of: article, in: change.came, db)
      let goesOn = try found(
        FoundEdits(
          change: change, recurrence: chain.recurrence(of: change.ordinal), checksBetween: checks, misses: misses,
          edits: edits))
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
