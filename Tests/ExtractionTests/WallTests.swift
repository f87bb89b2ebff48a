import Extraction
import Model
import Testing

/// What stands in an article's place, and articles that speak of such things.
struct WallTests {
  private func reading(_ status: Int, _ markup: String, _ pairs: [(String, String)] = []) -> Reading {
    read(
      url: "https://post.example/a", status: status,
      fields: HTTPFields([(name: "Content-Type", value: "text/html")] + pairs.map { (name: $0.0, value: $0.1) })
        ?? HTTPFields(),
      body: Array(markup.utf8))
  }

  /// A guard's name, fields, and the page of its refusal.
  static let refusals: [(String, [(String, String)], String)] = [
    (
      "Cloudflare", [("server", "cloudflare"), ("CF-RAY", "1"), ("cf-mitigated", "challenge")],
      "<title>Just a moment...</title><p>Wait.</p><script>window._cf_chl_opt={}</script>"
    ),
    (
      "Cloudflare", [("server", "cloudflare"), ("cf-ray", "1")],
      "<title>Access denied | post.example used Cloudflare to restrict access</title><div id=cf-error-details><h1>Error 1020</h1><p>You cannot access this site. Cloudflare Ray ID: 1</p></div>"
    ),
    (
      "Akamai", [("Server", "AkamaiGHost")],
      "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this.<p>Reference #18.2<p>https://errors.edgesuite.net/18.2"
    ),
    (
      "AWS WAF", [("x-amzn-waf-action", "challenge"), ("server", "CloudFront")],
      "<title></title><script>window.gokuProps={}</script>"
    ),
    (
      "DataDome", [("x-datadome", "protected"), ("x-dd-b", "1")],
      "<title>post.example</title><p id=cmsg>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>"
    ),
    (
      "HUMAN (PerimeterX)", [("set-cookie", "_px3=1")],
      "<title>Access to this page has been denied</title><div id=px-captcha></div><p>Press &amp; hold.</p>"
    ),
    (
      "Imperva", [("X-Iinfo", "1-2"), ("X-CDN", "Imperva")],
      "<p>Request unsuccessful. Incapsula incident ID: 1-2</p><iframe src='/_Incapsula_Resource?x'></iframe>"
    ),
    (
      "Sucuri", [("Server", "Sucuri/Cloudproxy"), ("X-Sucuri-Block", "1")],
      "<title>Sucuri WebSite Firewall - Access Denied</title><h1>Access Denied</h1>"
    ),
    (
      "F5", [("Server", "BigIP")],
      "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 17"
    ),
    ("Kasada", [("x-kpsdk-ct", "x")], "<script>window.KPSDK={};KPSDK.start()</script>"),
    (
      "Vercel", [("server", "Vercel"), ("x-vercel-mitigated", "challenge")],
      "<title>Vercel Security Checkpoint</title><p>We're verifying your browser</p>"
    ),
  ]

  @Test(arguments: refusals.indices, [200, 403, 429])
  func `a refusal is known for whose it is`(index: Int, status: Int) {
    let (name, fields, markup) = Self.refusals[index]
    let reading = reading(status, markup, fields)
    #expect(reading.verdict == .blocked)
    #expect(reading.reason.contains(name), "\(reading.reason)")
  }

  @Test(arguments: refusals.indices)
  func `a refusal with a server error's status is a refusal`(index: Int) {
    let (name, fields, markup) = Self.refusals[index]
    let reading = reading(503, markup, fields)
    #expect(reading.verdict == .blocked)
    #expect(reading.reason.hasPrefix("status 503, ") && reading.reason.hasSuffix(name))
  }

  @Test(arguments: refusals.indices)
  func `an article about a guard, on a site behind it, is an article`(index: Int) {
    let (name, fields, markup) = Self.refusals[index]
    // What a refusal alone carries is left out; what every answer may carry stays, with the guard's script and its words.
    let refusing = ["cf-mitigated", "x-amzn-waf-action", "x-dd-b", "x-sucuri-block", "x-vercel-mitigated"]
    let usual = fields.filter { !refusing.contains($0.0.lowercased()) }
    let words = markup.replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    let text = (1...5).map {
      "<p>Readers of \(name) news, part \($0), saw “Access denied” or “Just a moment” instead of the page, the company said, and it blamed unusual traffic.</p>"
    }.joined()
    for declared in ["", "<meta property='og:type' content='article'>"] {
      let page =
        "<title>\(name): why readers saw access denied</title>\(declared)<script src='/cdn-cgi/challenge-platform/x.js'></script>"
        + "<article><h1>\(name): why readers saw access denied</h1>\(text)<pre>\(words)</pre></article>"
      #expect(reading(200, page, usual).verdict == .article, "\(name) \(declared)")
    }
  }

  @Test func `a server error without a guard's marks stays an error`() {
    #expect(reading(503, "<title>Just a moment</title>").verdict == .error)
    #expect(reading(503, "<h1>Down</h1>", [("server", "cloudflare"), ("Retry-After", "60")]).verdict == .error)
    #expect(reading(404, "<p>x</p>", [("server", "cloudflare")]).verdict == .gone)
  }

  @Test(arguments: [451, 200])
  func `a country kept out is blocked`(status: Int) {
    let page =
      "<title>post.example</title><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area, and access cannot be granted at this time.</p>"
    let reading = reading(status, page)
    #expect(reading.verdict == .blocked)
    #expect(!reading.reason.isEmpty)
  }

  @Test(arguments: [
    ("Seite nicht gefunden | Post", ""), ("Post", "Die angeforderte Seite konnte leider nicht gefunden werden."),
    ("Post", "The page you are looking for has moved or was deleted, or the address was mistyped."),
    ("The Post", "This article is no longer available, for the agency that wrote it asked us to take it down."),
    ("Sidan kunde inte hittas", "Gå till startsidan."), ("Stránka nenalezena", "Zpět na úvodní stránku."),
    ("Diario", "La página que busca no está disponible en este momento, o ha cambiado de lugar."),
    ("ไม่พบหน้า", "กลับไปหน้าแรก"), ("Pagina niet gevonden - Krant", "Ga naar de voorpagina van de krant."),
  ])
  func `pages that are not there are known in many languages`(title: String, text: String) {
    let reading = reading(200, "<title>\(title)</title><h1>\(title)</h1><p>\(text)</p>")
    #expect(reading.verdict == .soft404, "\(reading.reason)")
  }

  @Test(arguments: [
    "Site under maintenance", "Wartungsarbeiten", "Sito in manutenzione", "Internal Server Error", "502 Bad Gateway",
  ])
  func `a site that says it is down is an error, whatever the status`(title: String) {
    #expect(
      reading(
        200, "<title>\(title)</title><h1>\(title)</h1><p>Please come back in an hour or two, when all is well.</p>"
      ).verdict == .error)
    let text = String(
      repeating:
        "<p>The engineers had planned the work for months, and told the readers of it in good time, the mayor said.</p>",
      count: 9)
    #expect(
      reading(200, "<title>\(title): the year in review</title><h1>\(title): the year in review</h1>\(text)").verdict
        == .article)
  }

  @Test func `a login form in an article's place is a wall`() {
    let form =
      "<title>Log in - Post</title><h1>Log in</h1><form><input name=u><input type=\"password\"></form><p>Forgot your password? We can send it to you.</p>"
    #expect(reading(200, form).verdict == .consentWall)
    #expect(reading(200, form).reason == "login form")
  }

  @Test func `a page that only sells the article is a wall, one that shows its start is an article`() {
    let offer =
      "<p>This article is for subscribers. Subscribe to continue reading from one crown a week.</p><p>Already a subscriber? Log in here.</p>"
    let bare =
      "<title>Ferry late</title><meta property='og:type' content='article'><article><h1>Ferry late</h1>\(offer)</article>"
    #expect(reading(200, bare).verdict == .consentWall)
    let data =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry late\",\"isAccessibleForFree\": \"False\"}</script>"
    let start =
      "<p>The ferry was late again on Monday, for the third time this month, and the port said that it did not know why.</p>"
    let cut = reading(200, "<title>Ferry late</title>\(data)<article><h1>Ferry late</h1>\(start)\(offer)</article>")
    #expect(cut.verdict == .article)
    #expect(cut.reason.hasPrefix("perhaps cut by a paywall"))
    let free = reading(
      200,
      "<title>Ferry late</title>\(data.replacing("False", with: "True"))<article><h1>Ferry late</h1>\(start)</article>")
    #expect(free.reason.isEmpty)
  }

  @Test func `an article about subscriptions is an article`() {
    let text = (1...6).map {
      "<p>“Subscribe to continue reading” is what readers saw on \($0) of ten sites, the survey found, and few of them did.</p>"
    }.joined()
    let more = String(
      repeating:
        "<p>Publishers have tried meters, trials and gifts over ten years, and most came back to what they had at first.</p>",
      count: 4)
    #expect(
      reading(200, "<title>Paywalls</title><article><h1>Paywalls: what readers do</h1>\(more)\(text)</article>").verdict
        == .article)
  }

  @Test(arguments: [
    ("https://post.example/2026/11/ferry-late-again", "https://post.example/", Verdict.soft404),
    ("https://post.example/2026/11/ferry-late-again", "https://www.post.example/en/", .soft404),
    ("https://post.example/news/ferry-late-again-71234", "https://post.example/news/", .soft404),
    ("https://post.example/news/ferry-late-again", "https://post.example/error/404", .soft404),
    ("https://post.example/a/ferry-late-again", "https://consent.portal.example/v2/collect?x=1", .consentWall),
    ("https://post.example/a/ferry-late-again", "https://post.example/login?to=/a/ferry-late-again", .consentWall),
    ("https://post.example/a/ferry-late-again", "https://login.post.example/", .consentWall),
    ("https://post.example/a/ferry-late-again", "https://validate.perfdrive.com/?ssa=1", .blocked),
  ])
  func `where redirects led shows what took the article's place`(asked: String, final: String, verdict: Verdict) {
    let found = Journey.verdict(from: asked, to: final)
    #expect(found?.verdict == verdict)
    #expect(found?.reason.isEmpty == false)
  }

  @Test(arguments: [
    ("https://post.example/a/ferry-late-again", "https://post.example/a/ferry-late-again"),
    ("http://post.example/a/ferry-late-again", "https://www.post.example/a/ferry-late-again/"),
    ("https://post.example/a/ferry-late-again", "https://post.example/b/ferry-late-again-12345"),
    ("https://post.example/?p=71", "https://post.example/2026/ferry-late-again"),
    ("https://post.example/", "https://post.example/en/"),
    ("https://s.example/x7", "https://post.example/2026/ferry-late-again"),
    ("https://post.example/login-reform-passes-vote", "https://post.example/n/login-reform-passes-vote"),
    ("https://post.example/ferry-late-again/amp", "https://post.example/ferry-late-again"),
    ("not an address", "https://post.example/"),
  ])
  func `an article that moved is not taken for a wall`(asked: String, final: String) {
    #expect(Journey.verdict(from: asked, to: final) == nil)
  }
}
