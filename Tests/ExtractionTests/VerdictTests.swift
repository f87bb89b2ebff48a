import Extraction
import Model
import Testing

/// What a response turns out to be.
struct VerdictTests {
  private func reading(_ status: Int, _ markup: String, _ pairs: [(String, String)] = [("Content-Type", "text/html")])
    -> Reading
  {
    read(
      url: "https://post.example/a", status: status,
      fields: HTTPFields(pairs.map { (name: $0.0, value: $0.1) }) ?? HTTPFields(),
      body: Array(markup.utf8))
  }

  @Test(arguments: [
    (404, Verdict.gone), (410, .gone), (401, .blocked), (402, .blocked), (403, .blocked), (407, .blocked),
    (429, .blocked),
    (451, .blocked), (500, .error), (503, .error), (400, .error), (302, .error), (100, .error), (0, .error),
    (999, .error),
  ])
  func `a status that is not success decides alone`(status: Int, verdict: Verdict) {
    let reading = reading(status, FixturePage.english.markup())
    #expect(reading.verdict == verdict)
    #expect(reading.text == nil)
    #expect(reading.reason.hasPrefix("status \(status)"))
  }

  @Test func `a redirect that says where is a redirect`() {
    #expect(reading(301, "", [("Location", "/b")]).verdict == .redirect)
    #expect(reading(308, "moved", [("location", "https://post.example/b")]).verdict == .redirect)
  }

  @Test(arguments: [
    "", " \n ", "<html></html>", "<body><div id=app></div><script>x()</script>",
    "<title>News</title><nav><a href=/>a</a></nav>",
  ])
  func `a page without text is not an article`(markup: String) {
    let reading = reading(200, markup)
    #expect(reading.verdict == .notAnArticle)
    #expect(!reading.reason.isEmpty)
  }

  @Test func `a list of links is not an article`() {
    let links = (0..<40).map {
      "<li><a href='/\($0)'>Harbour bridge closed, part \($0), in which much happens</a></li>"
    }.joined()
    #expect(reading(200, "<title>Front</title><h1>News</h1><ul>\(links)</ul>").verdict == .notAnArticle)
  }

  @Test func `a front page of teasers is not an article even if it says so`() {
    let teasers = (0..<12).map {
      "<div class=card><h2><a href='/\($0)'>Harbour bridge closed, part \($0)</a></h2>"
        + "<p>The port said on Monday, once more, that part \($0) of the bridge was closed.</p></div>"
    }.joined()
    let page =
      "<title>Front</title><meta property='og:type' content='article'><h1>News</h1><div class=grid>\(teasers)</div>"
    #expect(reading(200, page).verdict == .notAnArticle)
  }

  @Test(arguments: ["image/png", "application/pdf", "application/json", "text/css", "video/mp4"])
  func `other types are not articles`(type: String) {
    #expect(reading(200, FixturePage.english.markup(), [("Content-Type", type)]).verdict == .notAnArticle)
  }

  @Test(arguments: [
    "<title>Just a moment...</title><h1>post.example</h1><p>Checking your browser before accessing the site.</p><script src='/cdn-cgi/challenge-platform/x.js'></script>",
    "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this page on this server.<p>Reference #18.1",
    "<title>post.example</title><p id=cmsg>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>",
    "<title>Human check</title><div id='px-captcha'></div><p>Press &amp; hold to confirm you are a human, please.</p>",
    "<title></title><script>window.awsWafCookieDomainList = [];</script><noscript>JavaScript is disabled</noscript><p>Wait.</p>",
  ])
  func `a robot check is blocked`(markup: String) {
    #expect(reading(200, markup).verdict == .blocked)
  }

  @Test(arguments: [
    "<title>Post</title><div><h2>We value your privacy</h2><p>We and our partners store and access information on a device, such as cookies, and process personal data.</p><button>Accept all</button><p>Reject all</p></div>",
    "<title>Post</title><div><h2>Avant de continuer</h2><p>Nous et nos partenaires utilisons des cookies pour mesurer l’audience et afficher des publicités.</p><p>Tout accepter</p><p>Continuer sans accepter</p></div>",
    "<title>Post</title><p>Noi e i nostri partner archiviamo informazioni sul dispositivo, come i cookie, e trattiamo dati personali.</p><p>Accetta e continua</p>",
  ])
  func `a consent form in an article's place is a consent wall`(markup: String) {
    let reading = reading(200, markup)
    #expect(reading.verdict == .consentWall)
    #expect(reading.reason.hasPrefix("consent form"))
  }

  @Test(arguments: [
    (
      "Page not found | Post",
      "Sorry, the page you were looking for could not be found. Try the search, or go to the front page."
    ),
    ("404", "Nothing here, we are afraid, although you may want to have a look at the most read articles of today."),
    (
      "Page introuvable - Journal",
      "Désolé, la page que vous cherchez n’existe plus, ou a changé d’adresse. Retournez à l’accueil."
    ),
    (
      "Pagina non trovata",
      "La pagina cercata non è più disponibile, oppure l’indirizzo non è corretto. Torna alla home."
    ),
    (
      "Halaman tidak ditemukan",
      "Maaf, halaman yang Anda cari sudah tidak tersedia, atau alamatnya salah. Kembali ke beranda."
    ),
    (
      "Страница не найдена",
      "К сожалению, такой страницы больше нет, или она переехала. Вернитесь на главную страницу сайта."
    ),
    ("页面不存在", "很抱歉，您访问的页面不存在，可能已经被删除，或者地址有误。请返回首页，或者使用搜索功能查找您需要的内容，谢谢您的理解和支持。"),
  ])
  func `a page that says it is not there is a soft 404`(title: String, text: String) {
    #expect(reading(200, "<title>\(title)</title><h1>\(title)</h1><p>\(text)</p>").verdict == .soft404)
  }

  @Test func `a short brief is an article`() {
    let markup =
      "<title>Bridge shut | Post</title><meta property='og:type' content='article'><article><h1>Bridge shut</h1><p>The harbour bridge was shut at noon.</p></article>"
    #expect(reading(200, markup).verdict == .article)
    let bare =
      "<title>Bridge shut</title><h1>Bridge shut</h1><p>The harbour bridge was shut at noon, the port said. It will open again at six in the evening.</p>"
    #expect(reading(200, bare).verdict == .article)
  }

  @Test func `an article about cookies is an article`() {
    let text =
      "<p>Sites must let visitors reject all cookies as easily as accept all, the regulator said on Monday, and cookie settings must not be hidden.</p>"
      + "<p>Before you continue to a site, it may ask for consent to tracking. “We value your privacy” is often the first line one reads, the report found.</p>"
      + "<p>The regulator looked at two hundred sites over six months. It fined eleven of them, three of which have appealed to the court in the capital.</p>"
      + "<p>Lawyers expect a ruling by the end of next year, and most companies have changed their forms already, a survey of the trade press found.</p>"
    let marked =
      "<title>Cookies: what sites must do</title><meta property='og:type' content='article'><article><h1>Cookies: what sites must do</h1>\(text)</article>"
    #expect(reading(200, marked).verdict == .article)
  }

  @Test func `an article about a 404 is an article`() {
    let text = String(
      repeating:
        "<p>The museum kept every page that its site could not find, and hung the best of them, printed large, in its hall.</p>",
      count: 8)
    #expect(
      reading(
        200,
        "<title>Page not found: a museum of 404 pages opens in the old town</title><h1>Page not found: a museum of 404 pages opens in the old town</h1>\(text)"
      ).verdict == .article)
    #expect(
      reading(
        200,
        "<title>404 Not Found, the exhibition</title><meta property='og:type' content='article'><h1>404 Not Found, the exhibition</h1>\(text)"
      ).verdict == .article)
  }

  @Test func `an article that says access was denied is an article`() {
    let page = FixturePage.english
    let markup = page.markup().replacing(
      page.paragraphs[1],
      with: "“Access denied,” the sign said; unusual traffic was the cause, and a captcha-delivery van stood by.")
    #expect(reading(200, markup).verdict == .article)
  }

  @Test func `a section page with a line about itself is not an article`() {
    let links = (0..<24).map { "<h3><a href=/\($0)>A headline of some length, number \($0)</a></h3>" }.joined()
    let page =
      "<html lang=en><title>Harbour | Post</title><h1>Harbour</h1><p>All that there is to know of the harbour, every day.</p>"
    #expect(reading(200, page + links).verdict == .notAnArticle)
    // The same headings beside an article leave it one.
    let body = FixturePage.english.paragraphs.map { "<p>\($0)</p>" }.joined()
    #expect(reading(200, page + "<article>\(body)</article>" + links).verdict == .article)
  }

  @Test func `a form about cookies in an article's place is a wall`() {
    let form =
      "<html lang=fr><h1>Port</h1><h2>Un petit cookie ?</h2><p>Le port utilise des cookies pour garantir l'accès à ses pages.</p>"
      + "<p>Les cookies servent à mesurer, et vous pouvez les refuser quand vous voulez.</p>"
    #expect(reading(200, form).verdict == .consentWall)
  }

  @Test(arguments: [
    "You’re Temporarily Blocked: it looks like you were misusing this feature by going too fast.",
    "Cette fonction est temporairement bloquée. Il semble que vous ayez abusé de cette fonctionnalité.",
    "Too many requests. Please come back in an hour, and ask for less.",
  ])
  func `a page that says one asked too often is a refusal`(words: String) {
    #expect(reading(200, "<title>Port</title><p>\(words)</p>").verdict == .blocked)
  }
}
