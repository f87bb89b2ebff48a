/// What is wrong with a feed, sitemap or list that was read all the same.
///
/// One entry a kind, so that a document of a million mistakes has a short list.
public struct Problem: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case junkBeforeRoot = "something stands before the document"
    case cutOff = "the document ends in the middle"
    case unclosedElement = "an element is not closed"
    case strayEndTag = "an end tag closes nothing"
    case badTag = "a tag is malformed"
    case bareAmpersand = "an ampersand is not escaped"
    case undeclaredEntity = "an entity is not declared"
    case undeclaredPrefix = "a namespace prefix is not declared"
    case controlCharacter = "a control character"
    case otherEncoding = "the encoding declared is not the one used"
    case tooDeep = "elements nest too deeply"
    case malformedJSON = "a member has the wrong type"
    case noAddress = "an entry has no address"
    case badAddress = "an address is not a web address"
    case badDate = "a date cannot be read"
    case tooMany = "there are more entries than there should be"
    case tooLarge = "the document is larger than the format allows"
  }

  public let kind: Kind
  /// How often it was met.
  public let count: Int
}

/// Problems as they are met.
struct ProblemCounts {
  private var counts: [Problem.Kind: Int] = [:]

  mutating func note(_ kind: Problem.Kind) { counts[kind, default: 0] += 1 }

  mutating func add(_ other: ProblemCounts) { counts.merge(other.counts, uniquingKeysWith: +) }

  /// In the order of the kinds.
  var list: [Problem] {
    Problem.Kind.allCases.compactMap { kind in counts[kind].map { Problem(kind: kind, count: $0) } }
  }
}
