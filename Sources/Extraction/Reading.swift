import Markup
import Model

/// Reads article text and metadata out of responses.
public enum Extractor {
  /// Kept with all derived state; raised whenever the same body may read otherwise, or two texts have other edits.
  public static let version = 5
}

extension Reading {
  fileprivate static func other(_ judgement: (Verdict, String)) -> Reading { .other(judgement.0, judgement.1) }

  /// An article, unless there is no text to show for it.
  fileprivate static func unlessEmpty(_ text: ArticleText, note: String = "") -> Reading {
    text.blocks.isEmpty ? .other(.notAnArticle, "no text") : .article(text, note: note)
  }
}

/// Judges a response and reads its article. Total: trouble with the body is a verdict with a reason.
///
/// A pure function of its arguments; `url` resolves a relative canonical URL and is the last resort for the day of
/// publication. Cost: linear in the body, about 3 ms for a news page of 300 KB.
public func read(url: String, status: Int, fields: HTTPFields, body: [UInt8]) -> Reading {
  let fields = FieldSigns(fields)
  if let judgement = Judgement.ofStatus(status, fields: fields, body: body) { return .other(judgement) }
  guard body.contains(where: { $0 > 32 }) else { return .other((.notAnArticle, "empty body")) }
  let contentType = fields.contentType
  do {
    let kind = BodyKind(contentType: contentType, body: body)
    switch kind {
    case .other: return .other((.notAnArticle, "not text"))
    case .plain, .markdown:
      let charset = try Charset(decoding: body, contentType: contentType)
      if contentType == nil, charset.name != "utf-8", !charset.name.hasPrefix("utf-16") {
        return .other((.notAnArticle, "not text"))
      }
      let text = PlainArticle.read(charset.utf8, isMarkdown: kind == .markdown).text
      let prose = Judgement.proseLength(text)
      return prose >= 80 ? .unlessEmpty(text) : .other((.notAnArticle, "\(prose) characters of prose"))
    case .html:
      let charset = try Charset(decoding: body, contentType: contentType)
      let page = HTMLArticle(
        tree: try MarkupTree(parsing: charset.utf8), url: url, contentLanguage: fields.contentLanguage)
      let judgement = Judgement.of(page, markup: charset.utf8, signs: fields.block)
      guard judgement.0 == .article else { return .other(judgement) }
      return .unlessEmpty(
        page.text,
        note: Judgement.isCutByPaywall(page, markup: charset.utf8)
          ? "perhaps cut by a paywall: its data say it is not free" : "")
    }
  } catch {
    return .other((.notAnArticle, error.code))
  }
}
