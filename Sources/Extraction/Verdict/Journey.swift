import Model

/// Where the redirects from the address that was asked for led: a page that is there need not be the one that was asked for.
///
/// A pure function of both addresses; the page itself is not looked at.
public enum Journey {
  /// What the final address alone shows: a front or section page (`soft404`), a login or consent page (`consentWall`), a robot
  /// check (`blocked`), with a reason for people. Nil when it may well be the article.
  public static func verdict(from asked: String, to final: String) -> (verdict: Verdict, reason: String)? {
    // The errors say what is wrong with an address; such a one shows nothing.
    guard let asked = try? WebURL(asked), let final = try? WebURL(final), asked != final else { return nil }
    let labels = final.host.split(separator: ".").map(String.init)
    let (before, after) = (segments(asked), segments(final))
    let words = after.map { $0.split(separator: ".").first.map(String.init) ?? $0 }
    let isNew = asked.host != final.host || before != after
    if isNew, labels.contains(where: checkHosts.contains) || words.contains(where: checks.contains) {
      return (.blocked, "sent to a robot check at \(final.host)")
    }
    if asked.host != final.host, labels.dropLast().contains(where: consentHosts.contains) {
      return (.consentWall, "sent to a consent page at \(final.host)")
    }
    if asked.host != final.host, labels.dropLast().contains(where: loginHosts.contains) {
      return (.consentWall, "sent to a login page at \(final.host)")
    }
    let lost = words.filter { !before.contains($0) }
    if let word = lost.first(where: consents.contains) { return (.consentWall, "sent to a consent page: /\(word)") }
    if let word = lost.first(where: logins.contains) { return (.consentWall, "sent to a login page: /\(word)") }
    if let word = lost.first(where: missing.contains) { return (.soft404, "sent to an error page: /\(word)") }
    guard !before.isEmpty, !asked.target.contains("?") || before.count > 1 else { return nil }
    // A language's own front page, `/en/`, is a front page too.
    let isFront =
      after.isEmpty || (after.count == 1 && (after[0].utf8.count == 2 || fronts.contains(words.first ?? "")))
    if isFront, before.count > after.count || isNamed(before), !final.target.contains("?") || after.isEmpty {
      return before == after ? nil : (.soft404, "sent to the front page")
    }
    if after.count < before.count, before.starts(with: after), isNamed(before), !isNamed(after) {
      return (.soft404, "sent to the section /" + after.joined(separator: "/"))
    }
    return nil
  }

  private static func segments(_ url: WebURL) -> [String] {
    url.target.prefix { $0 != "?" }.split(separator: "/").map { $0.lowercased() }
  }

  /// Whether the last segments name something: three words, or a number of five digits.
  private static func isNamed(_ segments: [String]) -> Bool {
    segments.suffix(2).contains { segment in
      let words = segment.split(whereSeparator: { $0 == "-" || $0 == "_" }).count
      var (run, longest) = (0, 0)
      for byte in segment.utf8 {
        run = (48...57).contains(byte) ? run + 1 : 0
        longest = max(longest, run)
      }
      return words >= 3 || longest >= 5
    }
  }

  private static let fronts: Set<String> = ["index", "home", "default", "startseite", "accueil", "inicio", "main"]
  private static let missing: Set<String> = [
    "404", "error", "errors", "error404", "404error", "not-found", "notfound", "not_found", "page-not-found",
    "pagenotfound",
    "fehler", "erreur", "errore",
  ]
  private static let logins: Set<String> = [
    "login", "log-in", "signin", "sign-in", "sso", "paywall", "subscribe", "abonnement", "abonnieren", "suscripcion",
    "anmelden",
    "connexion", "abo",
  ]
  private static let consents: Set<String> = [
    "consent", "cookiewall", "cookie-wall", "cookie-consent", "zustimmung", "gdpr", "privacy-wall",
  ]
  private static let checks: Set<String> = ["captcha", "validatecaptcha", "robot-check", "are-you-a-robot", "tosv2"]
  private static let consentHosts: Set<String> = [
    "consent", "cmp", "privacy-mgmt", "guce", "myprivacy", "consentmanager", "cookiewall",
  ]
  private static let loginHosts: Set<String> = ["login", "signin", "auth", "accounts", "sso", "secure-login"]
  private static let checkHosts: Set<String> = ["captcha-delivery", "perfdrive", "captcha"]
}
