/// What a capture turned out to be, and what it said.
public struct Reading: Hashable, Sendable {
  public let verdict: Verdict
  /// Why it is no article; empty when it is one.
  public let reason: String
  /// Non-nil exactly when the verdict is `article`.
  public let text: ArticleText?

  private init(verdict: Verdict, reason: String, text: ArticleText?) {
    (self.verdict, self.reason, self.text) = (verdict, reason, text)
  }

  public static func article(_ text: ArticleText) -> Reading { Reading(verdict: .article, reason: "", text: text) }

  /// Anything but an article; `verdict` must not be `article`.
  public static func other(_ verdict: Verdict, _ reason: String) -> Reading {
    Reading(verdict: verdict == .article ? .notAnArticle : verdict, reason: reason, text: nil)
  }
}
