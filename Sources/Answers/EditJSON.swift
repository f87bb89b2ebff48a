import Diffing
import JSON
import Model

/// An edit: the keys that `diff`, `compare` and `edits` share.
extension Edit {
  /// - Parameter language: of the texts; settles what a number like 1.500 is.
  public func json(language: String?) -> JSONValue {
    let members: [(key: String, value: JSONValue)] = [
      ("action", .string(action.rawValue)), ("class", .string(classes.first?.rawValue ?? "text")),
      ("classes", JSONValue(classes.map(\.rawValue))), ("part", .string(part.rawValue)),
      ("before", JSONValue(before)), ("after", JSONValue(after)),
      ("before_index", beforeIndex.map { JSONValue($0) } ?? .null),
      ("after_index", afterIndex.map { JSONValue($0) } ?? .null),
      ("before_count", JSONValue(beforeRange?.count ?? 0)),
      ("after_count", JSONValue(afterRange?.count ?? 0)),
      ("moved", .bool(isMoved)), ("substantive", .bool(isSubstantive)), ("words", .array(words)),
      ("numbers", .array(numbers(language))), ("quotes", .array(quotes)),
    ]
    guard let crossing else { return .object(members) }
    func names(_ fields: [Part]) -> JSONValue { JSONValue(fields.map(\.rawValue)) }
    return .object(members + [("fields", ["before": names(crossing.before), "after": names(crossing.after)])])
  }

  /// The runs of words with their places in the two wordings, counted in Unicode scalars.
  private var words: [JSONValue] {
    guard let before, let after, action == .rewording else { return [] }
    var (old, new) = (0, 0)
    return wordRuns(from: before, to: after).map { run in
      let count = run.text.unicodeScalars.count
      var members: [(key: String, value: JSONValue)] = [
        ("op", .string(run.change.rawValue)), ("text", .string(run.text)),
      ]
      if run.change != .inserted {
        members.append(("before", [JSONValue(old), JSONValue(old + count)]))
        old += count
      }
      if run.change != .deleted {
        members.append(("after", [JSONValue(new), JSONValue(new + count)]))
        new += count
      }
      return .object(members)
    }
  }

  private func numbers(_ language: String?) -> [JSONValue] {
    func json(_ quantity: Quantity?) -> JSONValue {
      guard let quantity else { return .null }
      return ["text": .string(quantity.text), "value": JSONValue(quantity.value), "unit": JSONValue(quantity.unit)]
    }
    guard classes.contains(.number) else { return [] }
    return numberChanges(from: before ?? "", to: after ?? "", language: language).map {
      ["before": json($0.before), "after": json($0.after)]
    }
  }

  private var quotes: [JSONValue] {
    func json(_ quote: Quotation?) -> JSONValue {
      guard let quote else { return .null }
      return ["text": .string(quote.text), "speaker": JSONValue(quote.speaker)]
    }
    guard classes.contains(.quote) else { return [] }
    return quoteChanges(from: before, to: after).map { ["before": json($0.before), "after": json($0.after)] }
  }
}
