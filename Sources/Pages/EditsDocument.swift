import Diffing
import Model

/// The edits between two texts as a web page that stands alone: no script, nothing loaded from elsewhere, made to be printed
/// and to be heard.
public struct EditsDocument: Sendable {
  /// What is compared.
  public let title: String
  /// What the two texts are called.
  public let old, new: String
  public let edits: [Edit]
  public let isStealth: Bool
  /// What else a reader should know; nil: nothing.
  public let note: String?
  /// Of the texts, as they declare it.
  public let language: String?

  public init(
    title: String, old: String, new: String, edits: [Edit], isStealth: Bool, note: String?, language: String?
  ) {
    (self.title, self.old, self.new, self.edits) = (title, old, new, edits)
    (self.isStealth, self.note, self.language) = (isStealth, note, language)
  }

  public var html: HTML {
    var out: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Edits: \(title)</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      <h1>Edits</h1>
      <dl>
      <dt>Of</dt><dd>\(title)</dd>
      <dt>Before</dt><dd>\(old)</dd>
      <dt>After</dt><dd>\(new)</dd>
      <dt>Edits</dt><dd>\(edits.isEmpty ? "none: both say the same" : "\(edits.count)")</dd>
      </dl>

      """
    if isStealth { out += "<p class=\"note\">\(Self.stealthNote)</p>\n" }
    if let note { out += "<p class=\"note\">\(note)</p>\n" }
    for (n, edit) in edits.enumerated() {
      let title = EditsHTML.title(edit)
      out += """
        <section aria-labelledby="e\(n + 1)">
        <h2 id="e\(n + 1)">\(n + 1). \(title.classes) <small>\(title.rest)</small></h2>
        <p class="wording" dir="auto"\(EditsHTML.language(language))>\(EditsHTML.wording(edit))</p>
        </section>

        """
    }
    return out + "</main>\n</body>\n</html>"
  }

  static let stealthNote =
    "The substance changed, and the article says so nowhere: no correction notice is new, and its date of modification is the same."

  /// Contrast is above 7:1 everywhere (WCAG 2.2, 1.4.6).
  private static let style: HTML = """
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
