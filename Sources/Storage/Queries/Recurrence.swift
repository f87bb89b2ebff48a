import GRDB
import Model

/// What a revision is when its article goes back and forth. Such a revision is kept as any other; this only names it.
public enum Recurrence: String, Sendable, Hashable, CaseIterable {
  /// One of the headlines that took turns while all else stayed, as A/B tests and caches of several servers show them: one
  /// was replaced and came back, and nothing but the headline changed in between.
  case headlineTest = "ab-test"
  /// One of two texts that took turns, at least x y x y.
  case flipFlop = "flip-flop"
  /// The article says what it said before, with something else in between.
  case revert
}

/// A revision as far as recurrences go.
struct RecurrenceLink {
  let snapshot: Int64
  /// Whether nothing but the headline differs from the revision before.
  let changesHeadlineAlone: Bool
}

extension [RecurrenceLink] {
  /// What each is; nil for most. In linear time.
  var recurrences: [Recurrence?] {
    var labels = [Recurrence?](repeating: nil, count: count)
    var lastSeen: [Int64: Int] = [:]
    // The first revision with the same text but for the headline, and up to where headlines are known to take turns.
    var (sameRest, tested) = (0, 0)
    for n in indices {
      let snapshot = self[n].snapshot
      if !self[n].changesHeadlineAlone { sameRest = n }
      if let before = lastSeen[snapshot] {
        labels[n] = .revert
        if before >= sameRest {
          for k in Swift.max(before + 1, tested)...n { labels[k] = .headlineTest }
          tested = n + 1
        }
      }
      lastSeen[snapshot] = n
    }
    for n in indices.dropFirst(3) where returns(n) && returns(n - 1) {
      for k in [n - 1, n] where labels[k] == .revert { labels[k] = .flipFlop }
    }
    return labels
  }

  /// Whether the text of two revisions before is back.
  private func returns(_ n: Int) -> Bool { self[n].snapshot == self[n - 2].snapshot }
}

/// What each revision of an article is to those before it.
struct ChainReturns {
  private var recurrences: [Recurrence?] = []
  private var earlier: [Int?] = []

  init(_ links: [RecurrenceLink]) {
    recurrences = links.recurrences
    var last: [Int64: Int] = [:]
    earlier = links.indices.map { last.updateValue($0 + 1, forKey: links[$0].snapshot) }
  }

  /// Nil for a revision that is none of the chain, too.
  func recurrence(of ordinal: Int) -> Recurrence? {
    recurrences.indices.contains(ordinal - 1) ? recurrences[ordinal - 1] : nil
  }

  /// The last revision before it that said the same.
  func returnsTo(from ordinal: Int) -> Int? { earlier.indices.contains(ordinal - 1) ? earlier[ordinal - 1] : nil }
}

extension Store {
  static func returns(of article: Int64, in db: Database) throws -> ChainReturns {
    let statement = try db.cachedStatement(
      sql: """
        SELECT snapshot, count = 1 AND classes & ? <> 0 FROM revision LEFT JOIN edit ON edit.revision = revision.id
        WHERE article = ? ORDER BY ordinal
        """)
    var links: [RecurrenceLink] = []
    let rows = try Row.fetchCursor(statement, arguments: [EditCoding.set(of: [.headline]), article])
    while let row = try rows.next() {
      links.append(RecurrenceLink(snapshot: try row[0], changesHeadlineAlone: try row[1] ?? false))
    }
    return ChainReturns(links)
  }
}
