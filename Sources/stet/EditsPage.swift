import Answers
import Diffing
import Model

/// The edits between two texts as a web page that stands alone: no script, nothing loaded from elsewhere, made to be printed
/// and to be heard. What came and what went differs by mark, by line and by words for screen readers, not by colour alone.
enum EditsPage {
  static func html(_ comparison: Comparison) -> String {
    let title = comparison.url ?? "\(comparison.old.label) → \(comparison.new.label)"
    let count = comparison.edits.count
    var out = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Edits: \(escaped(title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      <h1>Edits</h1>
      <dl>
      <dt>Of</dt><dd>\(escaped(title))</dd>
      <dt>Before</dt><dd>\(escaped(comparison.old.label))</dd>
      <dt>After</dt><dd>\(escaped(comparison.new.label))</dd>
      <dt>Edits</dt><dd>\(count == 0 ? "none: both say the same" : "\(count)")</dd>
      </dl>

      """
    if comparison.isStealth {
      out +=
        "<p class=\"note\">The substance changed, and the article says so nowhere: no correction notice is new, and its date of modification is the same.</p>\n"
    }
    if comparison.isCoarse { out += "<p class=\"note\">\(escaped(Comparison.coarseNote))</p>\n" }
    let language = comparison.new.text.language ?? comparison.old.text.language
    for (n, edit) in comparison.edits.enumerated() {
      let title = EditsOutput.title(edit)
      out += """
        <section aria-labelledby="e\(n + 1)">
        <h2 id="e\(n + 1)">\(n + 1). \(escaped(title.classes)) <small>\(escaped(title.rest))</small></h2>
        <p class="wording" dir="auto"\(language.map { " lang=\"\(escaped($0))\"" } ?? "")>\(wording(edit))</p>
        </section>

        """
    }
    return out + "</main>\n</body>\n</html>"
  }

  private static func wording(_ edit: Edit) -> String {
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, let text?): return aid("moved: ") + escaped(text)
    case (_, let before?, let after?):
      return wordRuns(from: before, to: after).map { run in
        switch run.change {
        case .same: escaped(run.text)
        case .deleted: deleted(run.text)
        case .inserted: inserted(run.text)
        }
      }.joined()
    case (_, let before?, nil): return deleted(before)
    case (_, nil, let after?): return inserted(after)
    case (_, nil, nil): return ""
    }
  }

  private static func deleted(_ text: String) -> String {
    "<del>\(aid("[deleted: "))\(escaped(text))\(aid("]"))</del>"
  }

  private static func inserted(_ text: String) -> String {
    "<ins>\(aid("[inserted: "))\(escaped(text))\(aid("]"))</ins>"
  }

  /// Words for who hears the page.
  private static func aid(_ text: String) -> String { "<span class=\"aid\" lang=\"en\">\(text)</span>" }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "<br>"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Contrast is above 7:1 everywhere (WCAG 2.2, 1.4.6).
  private static let style = """
    body { margin: 0; color: #1a1a1a; background: #fff; font: 1.1rem/1.6 Georgia, serif; }
    main { max-width: 44rem; margin: 0 auto; padding: 1.5rem; }
    h1, h2, dl { font-family: system-ui, sans-serif; }
    h2 { font-size: 1.05rem; margin: 2rem 0 .3rem; } small { font-weight: normal; color: #4a4a4a; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .2rem 1rem; font-size: .95rem; overflow-wrap: anywhere; }
    dt { color: #4a4a4a; } dd { margin: 0; }
    .wording { margin: 0; overflow-wrap: anywhere; } .note { border-left: .3rem solid #1a1a1a; padding-left: .8rem; }
    del { color: #7a0000; background: #ffecec; text-decoration: line-through; }
    ins { color: #004d1a; background: #e8f8ec; text-decoration: underline; }
    .aid { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media print {
      body { font-size: 11pt; } main { max-width: none; padding: 0; }
      section { break-inside: avoid; } del, ins { background: none; color: #000; }
    }
    """
}
