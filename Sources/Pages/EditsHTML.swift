import Diffing
import Model

/// Edits as markup: what came and what went differs by underline and strike, by words for who hears the page, and by colour.
enum EditsHTML {
  /// What an edit is, in words: classes, then `rewording in paragraph`.
  static func title(_ edit: Edit) -> (classes: String, rest: String) {
    (edit.classes.map { Words.label($0.rawValue) }.joined(separator: ", "), edit.actionInWords)
  }

  static func deleted(_ text: String) -> HTML {
    "<del>\(aid("[deleted: "))\(lines(text))\(aid("]"))</del>"
  }

  static func inserted(_ text: String) -> HTML {
    "<ins>\(aid("[inserted: "))\(lines(text))\(aid("]"))</ins>"
  }

  /// Words for who hears the page. With a direction of their own, they have no say in that of the text around them.
  static func aid(_ text: HTML) -> HTML { "<span class=\"aid\" lang=\"en\" dir=\"ltr\">\(text)</span>" }

  /// Text whose lines are paragraphs.
  static func lines(_ text: String) -> HTML {
    guard text.utf8.contains(10) else { return HTML(text: text) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { HTML(text: String($0)) }
      .joined(separator: "<br>")
  }

  /// Word runs, both sides.
  static func both(_ runs: [WordRun]) -> HTML {
    var out = HTML()
    for run in runs {
      switch run.change {
      case .same: out += lines(run.text)
      case .deleted: out += deleted(run.text)
      case .inserted: out += inserted(run.text)
      }
    }
    return out
  }

  /// Word runs as they stood before (`.deleted`) or stand after (`.inserted`).
  static func side(_ runs: [WordRun], _ change: WordRun.Change) -> HTML {
    both(runs.filter { $0.change == .same || $0.change == change })
  }

  /// The whole wording of an edit.
  static func wording(_ edit: Edit) -> HTML {
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, let text?): "\(aid("moved: "))<span class=\"moved\">\(lines(text))</span>"
    case (_, let before?, let after?): both(wordRuns(from: before, to: after))
    case (_, let before?, nil): deleted(before)
    case (_, nil, let after?): inserted(after)
    case (_, nil, nil): ""
    }
  }

  /// An edit in about so many octets, cut to what is around its changes.
  static func preview(_ edit: Edit, limit: Int) -> HTML {
    func cut(_ text: String) -> String { clipped(text, to: limit) }
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, let text?): return "\(aid("moved: "))<span class=\"moved\">\(lines(cut(text)))</span>"
    case (_, let before?, let after?):
      // What lies far behind the cut is not worth the comparison.
      let runs = wordRuns(from: clipped(before, to: 4 * limit), to: clipped(after, to: 4 * limit))
      return both(shortened(runs, limit: limit))
    case (_, let before?, nil): return deleted(cut(before))
    case (_, nil, let after?): return inserted(cut(after))
    case (_, nil, nil): return ""
    }
  }

  /// Long stretches that stayed are cut to the words beside a change; what comes after the limit is left out.
  private static func shortened(_ runs: [WordRun], limit: Int) -> [WordRun] {
    let beside = 60
    var (out, used) = ([WordRun](), 0)
    for (i, run) in runs.enumerated() {
      guard used < limit else {
        out.append(WordRun(.same, " …"))
        break
      }
      var text = run.text
      if run.change == .same, text.unicodeScalars.count > (i == 0 || i == runs.count - 1 ? beside : 2 * beside) {
        let scalars = Array(text.unicodeScalars)
        func string(_ part: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(part)) }
        // Cut at spaces where there are any.
        let head = scalars.prefix(beside)
        let tail = scalars.suffix(beside)
        let start = i == 0 ? "" : string(head.lastIndex(of: " ").map { head[..<$0] } ?? head)
        let end = i == runs.count - 1 ? "" : string(tail.firstIndex(of: " ").map { tail[$0...] } ?? tail)
        text = start + " … " + (end.hasPrefix(" ") ? String(end.dropFirst()) : end)
        if i == 0 { text = "… " + (end.hasPrefix(" ") ? String(end.dropFirst()) : end) }
        if i == runs.count - 1 { text = start + " …" }
      } else if run.change != .same {
        text = clipped(text, to: limit)
      }
      used += text.unicodeScalars.count
      out.append(WordRun(run.change, text))
    }
    return out
  }

  /// A tag that names an edit's first class.
  static func tag(_ edit: Edit) -> HTML {
    let name = edit.classes.first?.rawValue ?? "text"
    return "<span class=\"tag tag-\(name)\">\(Words.label(name))</span>"
  }

  /// `lang` of a text in another language than the page's; nothing when the text does not declare one.
  static func language(_ tag: String?) -> HTML {
    guard let tag, tag.utf8.allSatisfy({ isTagOctet($0) }), !tag.isEmpty else { return "" }
    return " lang=\"\(tag)\""
  }

  private static func isTagOctet(_ octet: UInt8) -> Bool {
    (48...57).contains(octet) || (65...90).contains(octet) || (97...122).contains(octet) || octet == 45
  }
}
