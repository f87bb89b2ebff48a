import Model

/// Which site a host belongs to, without the Public Suffix List: 300 KB that change weekly would be much for what is asked
/// here, whether a page may speak for another address.
///
/// The site is the last two labels of a host, or three where the last two are a country's second level (`co.uk`) or a
/// service that gives each customer a name of its own (`blogspot.com`). A registry not in these lists makes sites too
/// large, never too small; what is then trusted wrongly is one customer of it by another.
enum SiteName {
  /// The site's name; an address (`[::1]`, `127.0.0.1`) is its own site.
  static func of(host: String) -> String {
    let labels = host.split(separator: ".")
    guard labels.count > 2, !host.hasPrefix("["), !labels.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return host }
    let second = labels[labels.count - 2]
    let isSecondLevel = labels[labels.count - 1].utf8.count == 2 && secondLevels.contains(second)
    let isShared = shared.contains(labels.suffix(2).joined(separator: "."))
    return labels.suffix(isSecondLevel || isShared ? 3 : 2).joined(separator: ".")
  }

  /// Whether two addresses are of one site; false when either is none.
  static func sameSite(_ a: String, _ b: String) -> Bool {
    // The error says what is wrong with the address; such a one is of no site.
    guard let a = try? WebURL(a), let b = try? WebURL(b) else { return false }
    return of(host: a.host) == of(host: b.host)
  }

  /// Second levels under which country registries register names (publicsuffix.org, most frequent labels).
  private static let secondLevels: Set<Substring> = [
    "co", "com", "org", "net", "gov", "gob", "gouv", "go", "ac", "edu", "ed", "or", "ne", "mil", "info", "web", "ltd",
    "plc", "me", "sch", "nhs", "nom", "asso", "id", "gen", "firm", "biz", "press", "desa",
  ]

  /// Services whose customers are sites of their own (publicsuffix.org, private section, those that publish articles).
  private static let shared: Set<String> = [
    "blogspot.com", "wordpress.com", "substack.com", "github.io", "gitlab.io", "netlify.app", "vercel.app", "pages.dev",
    "web.app", "medium.com", "tumblr.com", "livejournal.com", "typepad.com", "over-blog.com", "altervista.org",
    "ghost.io", "bearblog.dev", "micro.blog", "write.as", "herokuapp.com", "azurewebsites.net", "cloudfront.net",
    "amazonaws.com", "appspot.com", "beehiiv.com", "neocities.org",
  ]
}
