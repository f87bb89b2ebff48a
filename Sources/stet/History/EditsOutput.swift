import Diffing
import Model

/// How edits are shown: words in colour, or between `[-` and `-]`, `{+` and `+}` as wdiff does, where there is no colour.
enum EditsOutput {
  /// An edit's lines: what it is, then its wording.
  static func words(_ edit: Edit) -> String { heading(edit) + "\n  " + wording(edit) }

  /// What an edit is, in words: `number · rewording in paragraph`.
  static func heading(_ edit: Edit) -> String {
    Style.cyan(edit.classes.map(\.rawValue).joined(separator: ", ")) + Style.dim(" · \(edit.actionInWords)")
  }

  private static func wording(_ edit: Edit) -> String {
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, let text?): Style.yellow("↕ ") + text
    case (_, let before?, let after): rewording(from: before, to: after)
    case (_, nil, let after?): inserted(after)
    case (_, nil, nil): ""
    }
  }

  /// A wording with what was taken out of it and put in marked; without a new one it is all taken out.
  static func rewording(from before: String, to after: String?) -> String {
    after.map { wordRuns(from: before, to: $0).map(marked).joined() } ?? deleted(before)
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
