/// What an article said: its fields and its blocks of sentences, normalised, furniture left out.
///
/// Normalised means: NFC, every run of white space one U+0020, none at the ends, no control characters, no soft
/// hyphens or zero-width spaces. Every string in here is normalised and none is empty.
public struct ArticleText: Hashable, Sendable {
  /// Empty when the page has none.
  public var headline: String
  /// The standfirst, when the page has one apart from the body.
  public var lead: String?
  /// Who wrote it, one name each.
  public var byline: [String]
  public var published: PartialTimestamp?
  /// When the page says it was last changed. Kept, but not part of `digest`: many systems print the time of the request.
  public var modified: PartialTimestamp?
  /// BCP 47, as declared by the page, lower-case primary subtag; nil when it does not say.
  public var language: String?
  public var site: String?
  /// The URL the page names as its own (`link rel=canonical`), absolute.
  public var canonicalURL: String?
  public var blocks: [Block]

  public init(
    headline: String = "", lead: String? = nil, byline: [String] = [], published: PartialTimestamp? = nil,
    modified: PartialTimestamp? = nil, language: String? = nil, site: String? = nil, canonicalURL: String? = nil,
    blocks: [Block] = []
  ) {
    (self.headline, self.lead, self.byline, self.published, self.modified) = (
      headline, lead, byline, published, modified
    )
    (self.language, self.site, self.canonicalURL, self.blocks) = (language, site, canonicalURL, blocks)
  }

  /// The blocks' text, a line each.
  public var text: String { blocks.map(\.text).joined(separator: "\n") }
}

/// One block of an article's body: a paragraph, a sub-heading, an item of a list.
public struct Block: Hashable, Sendable {
  public let kind: Kind
  /// At least one.
  public let sentences: [Sentence]

  public init(kind: Kind, sentences: [Sentence]) { (self.kind, self.sentences) = (kind, sentences) }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case paragraph, heading, item, quote, caption, table
    /// A correction, clarification, editor's note or update notice.
    case notice
  }

  /// The sentences joined as they stood.
  public var text: String {
    var out = ""
    for sentence in sentences {
      if sentence.follows, !out.isEmpty { out += " " }
      out += sentence.text
    }
    return out
  }
}

/// A sentence as it stands in a block. Its text is the atom that is stored once across all articles.
public struct Sentence: Hashable, Sendable {
  public let text: String
  /// Whether a space stood between this sentence and the one before it (in Chinese none does). False for a block's first.
  public let follows: Bool

  public init(_ text: String, follows: Bool) { (self.text, self.follows) = (text, follows) }
}

extension ArticleText {
  /// The content digest: two captures with this in common said the same. It covers headline, lead, byline, published and
  /// the blocks, by their text and not by how it was cut into sentences; docs/FORMAT.md gives the bytes.
  public var digest: Digest { Digest(ofUTF8: canonicalText) }

  /// What `digest` covers.
  public var canonicalText: String {
    var out = "stet content 1\n"
    if !headline.isEmpty { out += "headline \(headline)\n" }
    if let lead { out += "lead \(lead)\n" }
    for name in byline { out += "byline \(name)\n" }
    if let published { out += "published \(published)\n" }
    for block in blocks { out += "\(block.kind.rawValue) \(block.text)\n" }
    return out
  }
}
