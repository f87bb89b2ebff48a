/// What a capture turned out to be. Only `article` can make a revision.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// It reads as an article.
  case article
  /// A successful answer that holds no article text (an index, an app shell, an image, nothing at all).
  case notAnArticle = "not-an-article"
  /// Status 2xx, but the page says it does not exist, or redirects led to a front page in its place.
  case soft404 = "soft-404"
  /// Refused: 401, 402, 403, 407, 429, 451, a robot check of whatever status, a country kept out.
  case blocked
  /// A page that asks for consent, a login or money instead of the article. One that shows the article's start is an article.
  case consentWall = "consent-wall"
  /// 404 or 410.
  case gone
  /// Any other status that is not success: 5xx, a redirect that leads nowhere; or a page that says that the site is down.
  case error
  /// A redirect that was followed; the next hop is a capture of its own.
  case redirect
}
