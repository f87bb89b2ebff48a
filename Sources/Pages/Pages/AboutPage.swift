import Model

/// What there is to know: what the words mean, how to ask, which URLs last.
enum AboutPage {
  static func html(_ site: Site) -> HTML {
    let classes: [HTML] = meanings.map {
      "<dt><span class=\"tag tag-\($0.name)\">\(Words.label($0.name))</span></dt><dd>\($0.meaning)</dd>\n"
    }
    return """
      <h1>Help</h1>
      <div class="prose">
      <p class="standfirst">Stet keeps what web articles said, and every edit made to them since. <i>Stet</i>, “let it stand”, is what a proofreader writes, with dots beneath the words, when a deletion is not to be made.</p>
      <h2>What the words mean</h2>
      <dl class="facts">
      <dt>Capture</dt><dd>What a server sent at one instant, octet for octet. It is evidence, and never changed.</dd>
      <dt>Revision</dt><dd>The article said something other than before. A text that comes back is a revision of its own.</dd>
      <dt>Edit</dt><dd>One difference between two revisions: an addition, a deletion, a rewording or a move.</dd>
      <dt>Interval</dt><dd>Nobody sees an edit being made. It was made after the last capture without it and by the first with it.</dd>
      <dt>Stealth edit</dt><dd>The substance changed (a number, a name, a quotation, a negation, the headline, or a sentence went), without a new correction notice and without a new date of modification.</dd>
      <dt>Wall</dt><dd>Something else in the article’s place: a refusal, a login, a consent page, an error.</dd>
      </dl>
      <h2>How edits are shown</h2>
      <p><del>What went is struck through</del>, <ins>what came is underlined</ins>, and <span class="moved">what moved has dots beneath it</span>, with a link to where it was. On a page of edits the keys <kbd>n</kbd> and <kbd>p</kbd> go to the next edit and the one before.</p>
      <h2 id="classes">Classes of edits</h2>
      <dl class="facts">
      \(classes)</dl>
      <h2 id="queries">How to ask</h2>
      <dl class="facts">
      <dt>Search</dt><dd>All words must stand in one sentence, in any order. Words between quotation marks must stand together: <code>"ferry contract" council</code>.</dd>
      <dt>Phrase</dt><dd>Word for word. It may end in the sentence after the one that it begins in.</dd>
      <dt>What counts</dt><dd>Letters and digits, in whole words: <i>port</i> does not find <i>airport</i>. Case, accents and punctuation do not count. Chinese, Japanese, Thai, Lao, Khmer and Burmese need no spaces. There are no operators: <code>AND</code>, <code>*</code> and <code>^</code> are text.</dd>
      <dt>Since, until</dt><dd>A day or an instant: <code>2026-11-20</code>, <code>2026-11-20T10:00Z</code>, <code>yesterday</code>, <code>7d</code> (ago). Days count from their beginning, and until their end. Without an offset it is UTC.</dd>
      <dt>Source</dt><dd>Its URL, or a part of it that no other has.</dd>
      <dt>Language</dt><dd>As the pages declare it: <code>de</code> takes <code>de-AT</code> in.</dd>
      </dl>
      <h2 id="urls">Links that last</h2>
      <dl class="facts">
      <dt><code>/article/12</code></dt><dd>An article’s life. Its number stays.</dd>
      <dt><code>/article/12/revision/3</code></dt><dd>What it said.</dd>
      <dt><code>/article/12/compare?from=3&amp;to=5</code></dt><dd>Two revisions, by their numbers or by instants. Numbers may shift when older captures are imported; instants do not.</dd>
      <dt><code>/compare?url=…&amp;from=…&amp;to=…</code></dt><dd>The same by URL and instants: the link to quote.</dd>
      <dt><code>/article/12/blame</code></dt><dd>When each sentence came.</dd>
      <dt><code>/capture/…</code></dt><dd>A capture by its digest, which is its name in every archive.</dd>
      </dl></div>
      """
  }

  private static let meanings: [(name: String, meaning: HTML)] = [
    ("headline", "The headline."), ("lead", "The standfirst."), ("byline", "Who wrote it."),
    ("date", "The date of publication."),
    ("correction-notice", "A notice that the newsroom corrected or clarified came, went or changed."),
    ("update-notice", "A notice that the newsroom updated its article."), ("notice", "Another notice of the newsroom."),
    ("number", "A number or its unit."), ("quote", "Words in quotation marks."),
    ("negation", "A “not” came or went."), ("name", "A person, place or body is named, or no longer."),
    ("hedge", "“Allegedly” and its like."), ("link", "A URL or mail address."), ("caption", "A caption."),
    ("typo", "A slip of the pen."), ("punctuation", "Punctuation, white space or case alone."),
    ("furniture", "Probably no part of the article."), ("layout", "The same sentences, cut into blocks otherwise."),
    ("text", "None of these."),
  ]
}
