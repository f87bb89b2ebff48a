import Diffing
import Model

/// How edits are shown: words in colour, or between `[-` and `-]`, `{+` and `+}` as wdiff does, where there is no colour.
enum EditsOutput {
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
