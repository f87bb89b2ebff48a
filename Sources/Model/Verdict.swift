/// What a capture turned out to be. Only `article` can make a revision.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// It reads as an article.
  case article
  /// A successful answer that holds no article text (an index, an app shell, an image, nothing at all).
  case notAnArticle = "not-an-article"
  /// Status 2xx, but the page says it does not exist.
  case soft404 = "soft-404"
  /// Refused: 401, 402, 403, 407, 429, 451, or a robot check.
  case blocked
  /// A page that asks for consent, or for money, instead of the article.
  case consentWall = "consent-wall"
  /// 404 or 410.
  case gone
  /// Any other status that is not success: 5xx, a redirect that leads nowhere.
  case error
  /// A redirect that was followed; the next hop is a capture of its own.
  case redirect
}
