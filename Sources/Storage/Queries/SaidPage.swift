import Model

/// A place in what was said: the sentence that came into the archive last is first, and of those that say it, the article with
/// the highest number. What comes meanwhile shifts nothing; a rebuild numbers sentences anew.
public struct SaidCursor: Sendable, Hashable, CustomStringConvertible {
  let sentence: Int64
  /// 0: after all articles that say it.
  let article: Int64

  init(sentence: Int64, article: Int64) { (self.sentence, self.article) = (sentence, article) }

  /// The lowest number of a sentence that, with all that say it, comes before the place.
  var firstAhead: Int64 { article == 0 || sentence == .max ? sentence : sentence + 1 }

  /// Reads what `description` wrote; nil when it is nothing of the kind.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int64(part) : nil
    }
    guard parts.count == 2, let sentence = parts[0], let article = parts[1] else { return nil }
    self.init(sentence: sentence, article: article)
  }

  public var description: String { "\(sentence)-\(article)" }
}

/// A page of what was found.
public struct SaidPage<Row: Sendable>: Sendable {
  public let found: [Row]
  /// Where to go on; nil at the end. A page may be shorter than asked and yet not the last: see `isCut`.
  public let next: SaidCursor?
  /// It ends where the effort for one page was spent, not where it was full.
  public let isCut: Bool

  /// Of a question that asks for nothing.
  public static var none: SaidPage { SaidPage(found: [], next: nil, isCut: false) }
}

/// A page in the making.
struct SaidListing<Row: Sendable> {
  private let limit: Int
  private let effort: QueryEffort
  private var found: [Row] = []
  private var last: SaidCursor?
  private var isStopped = false

  init(limit: Int, effort: QueryEffort) { (self.limit, self.effort) = (limit, effort) }

  /// Whether to look further. A page looks at one place at least, so that going on leads on.
  mutating func hasEffort() -> Bool {
    isStopped = effort.isSpent && last != nil
    return !isStopped
  }

  /// Whether another row would find room; to be asked when there may be one.
  mutating func hasRoom() -> Bool {
    isStopped = found.count >= limit
    return !isStopped
  }

  /// What was found at a place; nil: nothing.
  mutating func take(_ row: Row?, at place: SaidCursor) {
    if let row { found.append(row) }
    last = place
  }

  var page: SaidPage<Row> {
    SaidPage(found: found, next: isStopped ? last : nil, isCut: isStopped && found.count < limit)
  }
}

/// What one page may cost, in steps of about a microsecond. It is counted and never timed, so that a question is cut at the
/// same place on every machine.
final class QueryEffort {
  /// What a page of the web view or the API may cost.
  static let page = 40_000

  /// So many sentences with the same terms are held at once; more are read when they matter.
  let held: Int
  private var left: Int

  init(_ steps: Int, held: Int = 500) { (left, self.held) = (steps, held) }

  var isSpent: Bool { left <= 0 }

  func lookUp() { left -= 4 }
  func ask() { left -= 200 }
  func readRevision() { left -= 10 }
  /// A text is mostly alone in its block, which is decoded for it.
  func readText() { left -= 80 }
}

extension Store {
  /// The effort, in steps of about a microsecond, after which a page of `search` and `when` is cut.
  public static let pageEffort = QueryEffort.page
}
