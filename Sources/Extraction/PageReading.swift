import Markup
import Model

/// What can be read off a body: the article text, and its credits.
public struct PageReading: Hashable, Sendable {
  public let text: ArticleText
  public let credits: Credits
}

/// Whatever text can be found in a body, whether or not it makes an article; nil when there is none. The language field
/// and status of a response are not known here. `rules` come before those that are shipped.
public func readPage(markup: [UInt8], contentType: String?, url: String?, rules: SiteRules = SiteRules())
  -> PageReading?
{
  let kind = BodyKind(contentType: contentType, body: markup)
  // A body that cannot be decoded or parsed holds no text that can be found.
  guard kind != .other, let charset = try? Charset(decoding: markup, contentType: contentType) else { return nil }
  let reading: PageReading
  if kind == .html {
    guard let tree = try? MarkupTree(parsing: charset.utf8), !tree.nodes.isEmpty else { return nil }  // as above
    let page = HTMLArticle(tree: tree, url: url, contentLanguage: nil, rules: rules, wantsCredits: true)
    reading = PageReading(text: page.text, credits: page.credits)
  } else {
    reading = PlainArticle.read(charset.utf8, isMarkdown: kind == .markdown)
  }
  return reading.text.blocks.isEmpty && reading.text.headline.isEmpty ? nil : reading
}

/// The text alone of `readPage`.
public func readArticle(markup: [UInt8], contentType: String?, url: String?) -> ArticleText? {
  readPage(markup: markup, contentType: contentType, url: url)?.text
}
