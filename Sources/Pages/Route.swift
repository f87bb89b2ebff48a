import HTTPAnswers
import Model
import Storage

/// The pages there are, each with its lasting URL. What a page links to is one of these, so that no link can lead nowhere.
public enum Route: Hashable, Sendable {
  case today(TodayFilter)
  case articles(matching: String?, before: Int64?)
  case article(Int64, before: Int?)
  case compare(Int64, from: RevisionPoint, to: RevisionPoint, isSideBySide: Bool, block: Int)
  case revision(Int64, Int, block: Int)
  case blame(Int64, Int?, block: Int)
  case phrase(String?, after: SaidCursor?)
  case search(SearchFilter)
  case sources(after: Int64)
  case capture(Digest)
  case captureBody(Digest)
  case captureProof(Digest)
  case status
  case about
  case asset(Asset)

  static func article(_ id: Int64) -> Route { .article(id, before: nil) }
  static var home: Route { .today(TodayFilter()) }
}

/// One end of a comparison: a revision by its number, or what stood at an instant.
public enum RevisionPoint: Hashable, Sendable, CustomStringConvertible {
  case ordinal(Int)
  case at(Instant)

  /// Nil when it is neither a number from 1 on nor a time, of which a day means its end.
  init?(_ text: String, now: Instant) {
    if let ordinal = Int(text) {
      guard ordinal >= 1 else { return nil }
      self = .ordinal(ordinal)
    } else if let time = TypedTime(text, now: now) {
      self = .at(time.last)
    } else {
      return nil
    }
  }

  public var description: String {
    switch self {
    case .ordinal(let ordinal): "\(ordinal)"
    case .at(let instant): "\(instant)"
    }
  }
}

extension Route {
  /// Path and query below the site's root, without the slash at the beginning.
  public var path: String {
    func target(_ path: String, _ pairs: [(name: String, value: String?)]) -> String {
      let given = pairs.compactMap { pair in pair.value.map { (name: pair.name, value: $0) } }
      return given.isEmpty ? path : path + "?" + FormFields.written(given)
    }
    func block(_ block: Int) -> String? { block == 0 ? nil : "\(block)" }
    switch self {
    case .today(let filter): return target("", filter.pairs)
    case .articles(let text, let before):
      return target("articles", [("q", text), ("before", before.map { "\($0)" })])
    case .article(let id, let before): return target("article/\(id)", [("before", before.map { "\($0)" })])
    case .compare(let id, let from, let to, let isSideBySide, let start):
      return target(
        "article/\(id)/compare",
        [("from", "\(from)"), ("to", "\(to)"), ("view", isSideBySide ? "side" : nil), ("block", block(start))])
    case .revision(let id, let ordinal, let start):
      return target("article/\(id)/revision/\(ordinal)", [("block", block(start))])
    case .blame(let id, let ordinal, let start):
      return target("article/\(id)/blame", [("revision", ordinal.map { "\($0)" }), ("block", block(start))])
    case .phrase(let text, let after): return target("phrase", [("q", text), ("after", after?.description)])
    case .search(let filter): return target("search", filter.pairs)
    case .sources(let after): return target("sources", [("after", after == 0 ? nil : "\(after)")])
    case .capture(let digest): return "capture/\(digest.hexadecimal)"
    case .captureBody(let digest): return "capture/\(digest.hexadecimal)/body"
    case .captureProof(let digest): return "capture/\(digest.hexadecimal)/proof"
    case .status: return "status"
    case .about: return "about"
    case .asset(let asset): return asset.path
    }
  }
}
