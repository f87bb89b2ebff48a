/// What a capture turned out to be, and what it said.
public struct Reading: Hashable, Sendable {
  public let verdict: Verdict
  /// Why it is no article; of an article, why it may not be all of it, and mostly empty.
  public let reason: String
  /// Non-nil exactly when the verdict is `article`.
  public let text: ArticleText?

  private init(verdict: Verdict, reason: String, text: ArticleText?) {
    (self.verdict, self.reason, self.text) = (verdict, reason, text)
  }

  /// `note` says why the text may not be all of the article; empty when nothing does.
  public static func article(_ text: ArticleText, note: String = "") -> Reading {
    Reading(verdict: .article, reason: note, text: text)
  }

  /// Anything but an article; `verdict` must not be `article`.
  public static func other(_ verdict: Verdict, _ reason: String) -> Reading {
    Reading(verdict: verdict == .article ? .notAnArticle : verdict, reason: reason, text: nil)
  }
}
