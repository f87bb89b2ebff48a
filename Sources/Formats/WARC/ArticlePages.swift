import Model

/// Which of the answers in a crawl could be an article's page: crawls hold images, scripts and style sheets as well.
public enum ArticlePages {
  /// HTML, XHTML and plain text, answers that do not say what they are, and redirects of any kind; but no robots.txt.
  public static func mayHold(_ status: Int, _ fields: HTTPFields, url: String) -> Bool {
    let path = url.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    if path.suffix(11).elementsEqual("/robots.txt".utf8) { return false }
    if (300...399).contains(status) { return true }
    guard let type = fields.octets(of: "content-type").first else { return true }
    let essence = String(decoding: type.prefix { $0 != UInt8(ascii: ";") && $0 != 32 }, as: UTF8.self).lowercased()
    return ["", "text/html", "application/xhtml+xml", "text/plain"].contains(essence)
  }
}
