/// Small news pages, written for the tests.
public struct ArticlePage: Sendable {
  public var headline: String
  public var paragraphs: [String]
  /// Stands in the page's margins and scripts, not in the article.
  public var furniture: String

  public init(_ headline: String, _ paragraphs: [String], furniture: String = "Weather: dry") {
    (self.headline, self.paragraphs, self.furniture) = (headline, paragraphs, furniture)
  }

  /// A page whose second paragraph is the one given; the first is always the same.
  public static func ferry(_ sentence: String, furniture: String = "Weather: dry") -> ArticlePage {
    ArticlePage(
      "Council approves ferry contract",
      [
        "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
        sentence,
      ], furniture: furniture)
  }

  public var html: String {
    let body = paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(headline) - The Tidewater Post</title>
      <meta property="og:type" content="article"><script>var nonce = "\(furniture)";</script></head>
      <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><div class="ticker">\(furniture)</div>
      <article><h1>\(headline)</h1>
      \(body)
      </article><footer><p>Copyright The Tidewater Post</p></footer></body></html>

      """
  }

  public var bytes: [UInt8] { Array(html.utf8) }
}

/// Pages that answer 200 and are no article.
public enum WallPage {
  public static let consent = """
    <!doctype html><html><head><title>The Tidewater Post</title></head><body><div class="consent"><h1>We value your privacy</h1>
    <p>We and our partners store and read information on a device.</p>
    <button>Accept all</button><button>Reject all</button><a href="/options">Manage options</a></div></body></html>
    """
  public static let robotCheck = """
    <!doctype html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
    <p>Enable JavaScript and cookies to continue</p><script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>
    """
  public static let notFound = """
    <!doctype html><html><head><title>Page not found - The Tidewater Post</title></head><body><h1>Page not found</h1>
    <p>It may have moved.</p></body></html>
    """
}
