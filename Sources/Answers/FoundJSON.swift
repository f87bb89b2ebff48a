import Diffing
import JSON
import Model
import Storage

/// What questions over the whole archive find: the keys of `edits`, `search` and `when`.
extension FoundEdits {
  /// An object for each of some of its edits.
  public func json(_ edits: some Sequence<Edit>) -> [JSONValue] {
    let members = members + [("stealth", .bool(change.isStealth))]
    return edits.map { edit in
      guard case .object(let own) = edit.json(language: language) else { return .null }
      return .object(members + own)
    }
  }

  /// What holds of the revision as a whole.
  public var members: [(key: String, value: JSONValue)] {
    [
      ("article", JSONValue(change.article)), ("url", .string(url)), ("revision", JSONValue(ordinal)),
      ("since", came.json),
      ("checks_between", JSONValue(checksBetween)), ("checks_without_article", JSONValue(misses)),
      ("returns_to", returnsTo.map { JSONValue($0) } ?? .null),
      ("recurrence", JSONValue(recurrence?.rawValue)), ("headline", .string(headline)),
      ("language", JSONValue(language)),
    ]
  }
}

extension RevisionChange {
  /// Whether the revision changed the substance and owned up to nothing.
  public var isStealth: Bool { Diffing.isStealth(edits, from: old, to: new) }
}

extension FoundSentence {
  public var json: JSONValue {
    [
      "article": JSONValue(article), "url": .string(url), "revision": JSONValue(revision), "text": .string(text),
      "matches": .array(matches.map { .array([JSONValue($0.lowerBound), JSONValue($0.upperBound)]) }),
      "spans": .array(spans.map(\.json)),
    ]
  }
}

extension PhraseHistory {
  /// - Parameter phrase: as it was asked for.
  public func json(phrase: String) -> JSONValue {
    [
      "article": JSONValue(article), "url": .string(url), "phrase": .string(phrase), "spans": .array(spans.map(\.json)),
    ]
  }
}
