import Diffing
import JSON
import Model

/// How edits are shown: words in colour, or between `[-` and `-]`, `{+` and `+}` as wdiff does, where there is no colour.
enum EditsOutput {
  static func json(_ edit: Edit) -> JSONValue {
    let runs: [WordRun] =
      if let before = edit.before, let after = edit.after, edit.action == .rewording {
        wordRuns(from: before, to: after)
      } else { [] }
    return [
      "action": .string(edit.action.rawValue), "class": .string(edit.classes.first?.rawValue ?? "text"),
      "classes": JSONValue(edit.classes.map(\.rawValue)), "part": .string(edit.part.rawValue),
      "before": JSONValue(edit.before), "after": JSONValue(edit.after),
      "before_index": edit.beforeIndex.map { JSONValue($0) } ?? .null,
      "after_index": edit.afterIndex.map { JSONValue($0) } ?? .null,
      "words": .array(runs.map { ["op": .string($0.change.rawValue), "text": .string($0.text)] }),
    ]
  }

  /// An edit's lines: what it is, then its wording.
  static func words(_ edit: Edit) -> String {
    let classes = edit.classes.map(\.rawValue).joined(separator: ", ")
    let place = edit.classes.first?.rawValue == edit.part.rawValue ? "" : " in \(edit.part.rawValue)"
    return Style.cyan(classes) + Style.dim(" · \(edit.action.rawValue)\(place)") + "\n  " + wording(edit)
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
    if let before = edit.before { lines.append(Style.red("-\(before)")) }
    if let after = edit.after { lines.append(Style.green("+\(after)")) }
    return lines.joined(separator: "\n")
  }
}
