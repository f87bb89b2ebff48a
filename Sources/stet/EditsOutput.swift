import Diffing
import JSON
import Model

/// How edits are shown: words in colour, or between `[-` and `-]`, `{+` and `+}` as wdiff does, where there is no colour.
enum EditsOutput {
  /// - Parameter language: of the texts; settles what a number like 1.500 is.
  static func json(_ edit: Edit, language: String?) -> JSONValue {
    .object([
      ("action", .string(edit.action.rawValue)), ("class", .string(edit.classes.first?.rawValue ?? "text")),
      ("classes", JSONValue(edit.classes.map(\.rawValue))), ("part", .string(edit.part.rawValue)),
      ("before", JSONValue(edit.before)), ("after", JSONValue(edit.after)),
      ("before_index", edit.beforeIndex.map { JSONValue($0) } ?? .null),
      ("after_index", edit.afterIndex.map { JSONValue($0) } ?? .null),
      ("before_count", JSONValue(edit.beforeRange?.count ?? 0)),
      ("after_count", JSONValue(edit.afterRange?.count ?? 0)),
      ("moved", .bool(edit.isMoved)), ("substantive", .bool(edit.isSubstantive)), ("words", .array(words(of: edit))),
      ("numbers", .array(numbers(of: edit, language))), ("quotes", .array(quotes(of: edit))),
    ])
  }

  /// The runs of words with their places in the two wordings, counted in Unicode scalars.
  private static func words(of edit: Edit) -> [JSONValue] {
    guard let before = edit.before, let after = edit.after, edit.action == .rewording else { return [] }
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

  private static func numbers(of edit: Edit, _ language: String?) -> [JSONValue] {
    func json(_ quantity: Quantity?) -> JSONValue {
      guard let quantity else { return .null }
      return ["text": .string(quantity.text), "value": JSONValue(quantity.value), "unit": JSONValue(quantity.unit)]
    }
    guard edit.classes.contains(.number) else { return [] }
    return numberChanges(from: edit.before ?? "", to: edit.after ?? "", language: language).map {
      ["before": json($0.before), "after": json($0.after)]
    }
  }

  private static func quotes(of edit: Edit) -> [JSONValue] {
    func json(_ quote: Quotation?) -> JSONValue {
      guard let quote else { return .null }
      return ["text": .string(quote.text), "speaker": JSONValue(quote.speaker)]
    }
    guard edit.classes.contains(.quote) else { return [] }
    return quoteChanges(from: edit.before, to: edit.after).map { ["before": json($0.before), "after": json($0.after)] }
  }

  /// What an edit is, in words: `number · rewording in paragraph`.
  static func title(_ edit: Edit) -> (classes: String, rest: String) {
    let classes = edit.classes.map(\.rawValue).joined(separator: ", ")
    let place = edit.classes.first?.rawValue == edit.part.rawValue ? "" : " in \(edit.part.rawValue)"
    var action = edit.action.rawValue
    if edit.action == .rewording, !edit.isLayout {
      if let count = edit.afterRange?.count, count > 1 { action += ", split into \(count)" }
      if let count = edit.beforeRange?.count, count > 1 { action += ", merged from \(count)" }
      if edit.isMoved { action += ", moved" }
    }
    return (classes, "\(action)\(place)")
  }

  /// An edit's lines: what it is, then its wording.
  static func words(_ edit: Edit) -> String { heading(edit) + "\n  " + wording(edit) }

  static func heading(_ edit: Edit) -> String {
    let title = title(edit)
    return Style.cyan(title.classes) + Style.dim(" · \(title.rest)")
  }

  private static func wording(_ edit: Edit) -> String {
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, let text?): Style.yellow("↕ ") + text
    case (_, let before?, let after?): wordRuns(from: before, to: after).map(marked).joined()
    case (_, let before?, nil): deleted(before)
    case (_, nil, let after?): inserted(after)
    case (_, nil, nil): ""
    }
  }

  private static func marked(_ run: WordRun) -> String {
    switch run.change {
    case .same: run.text
    case .deleted: deleted(run.text)
    case .inserted: inserted(run.text)
    }
  }

  private static func deleted(_ text: String) -> String { Terminal.hasColor ? Style.red(text) : "[-\(text)-]" }
  private static func inserted(_ text: String) -> String { Terminal.hasColor ? Style.green(text) : "{+\(text)+}" }

  /// An edit as lines of a unified diff.
  static func unified(_ edit: Edit) -> String {
    var lines = [
      Style.dim(
        "@@ \(edit.part.rawValue)\(edit.beforeIndex.map { " -\($0 + 1)" } ?? "")\(edit.afterIndex.map { " +\($0 + 1)" } ?? "") @@"
      )
    ]
    for line in edit.before?.split(separator: "\n") ?? [] { lines.append(Style.red("-\(line)")) }
    for line in edit.after?.split(separator: "\n") ?? [] { lines.append(Style.green("+\(line)")) }
    return lines.joined(separator: "\n")
  }
}
