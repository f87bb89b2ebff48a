import Extraction
import Model
import Testing

/// News pages of our own making: one article a language, in markup and furniture of the kind that outlets wrap around theirs.
struct FixturePage: Sendable, CustomTestStringConvertible {
  let language: String
  let headline: String
  let lead: String
  let author: String
  let paragraphs: [String]
  let heading: String
  /// "Read also", by itself.
  let readAlso: String
  /// "Share", "Subscribe", …
  let furniture: [String]

  var testDescription: String { language }

  /// What surrounds the article may differ between two captures of one page.
  enum Surroundings: CaseIterable { case plain, busy, other }

  func markup(_ surroundings: Surroundings = .plain, body: String? = nil) -> String {
    let n = surroundings == .plain ? 0 : surroundings == .busy ? 3 : 7
    let links = (0..<n * 3).map { "<li><a href='/x\($0)'>\(headline) \($0)</a></li>" }.joined()
    return """
      <!DOCTYPE html><html lang="\(language)"><head><meta charset="utf-8"><title>\(headline) | Fixture Post</title>
      <meta property="og:site_name" content="Fixture Post"><meta property="og:type" content="article">
      <meta property="og:title" content="\(headline)"><meta name="description" content="\(lead)">
      <link rel="canonical" href="/news/one"><script type="application/ld+json">{"@context":"https://schema.org",
      "@graph":[{"@type":"WebSite","name":"Fixture Post"},{"@type":["NewsArticle"],"headline":"\(headline)",
      "datePublished":"2021-02-13T10:00:00+01:00","dateModified":"2021-02-1\(n)T10:00:00Z",
      "author":[{"@type":"Person","name":"\(author)"}]}]}</script></head>
      <body class="single has-sidebar"><div class="cookie-banner"><p>We use cookies, and so on and so forth. Accept?</p></div>
      <header class="site-header"><nav><ul><li><a href="/">Home</a><li><a href="/a">World</a></ul></nav>
      <div class="ticker">\(n > 0 ? "<p>Ultima ora: \(n) nuove notizie, tutte urgenti.</p>" : "")</div></header>
      <div class="layout"><main><article class="post tag-politics category-world"><div class="kicker">World</div>
      <h1>\(headline)</h1><p class="standfirst">\(lead)</p>
      <div class="byline">By <a rel="author" href="/u">\(author)</a></div><time datetime="2021-02-13">13/2/2021</time>
      <div class="share-buttons"><a href="#">\(furniture[0])</a> <span class="count">\(n * 17)</span></div>
      <figure><img src="a.jpg"><figcaption>\(author) / Fixture Pictures</figcaption></figure>
      <div class="article-body">\(body ?? bodyMarkup(n))</div>
      <div class="author-box"><p>\(author) writes about the world, and was born in a small town. \(n)</p></div>
      <div class="author-box"><p>\(author) writes about the world, and was born in a small town. \(n)</p></div>
      <section class="comments"><h3>\(n) comments</h3>\(String(repeating: "<p>I do not agree with any of this, sorry to say.</p>", count: n))
      </section></article></main>
      <aside class="sidebar"><h3>\(furniture[1])</h3><ul>\(links)</ul></aside></div>
      <div class="related-articles"><h2>\(readAlso)</h2><ul>\(links)</ul></div>
      <footer><p>Fixture Post, all rights reserved, printed nowhere. Edition \(n).</p></footer></body></html>
      """
  }

  private func bodyMarkup(_ n: Int) -> String {
    var out = ""
    for (index, paragraph) in paragraphs.enumerated() {
      if index == 2 { out += "<h2>\(heading)</h2>" }
      out += "<p>\(paragraph)</p>"
      if index == 1 { out += "<p>\(readAlso) : <a href='/y'>\(headline) (\(n))</a></p>" }
      if index == 0, n > 0 { out += "<div class='ad-slot'>Advertisement \(n)</div><p>\(furniture[2])</p>" }
    }
    return out
  }

  func response(_ markup: String) -> Reading {
    read(
      url: "https://post.example/news/one?x=1", status: 200,
      fields: HTTPFields([(name: "Content-Type", value: "text/html; charset=utf-8")]) ?? HTTPFields(),
      body: Array(markup.utf8))
  }

  static let english = FixturePage(
    language: "en", headline: "Harbour bridge to stay shut until spring",
    lead: "Engineers found new cracks, the port said on Monday.",
    author: "Ada Miller",
    paragraphs: [
      "The old harbour bridge will stay closed until spring, the port authority said on Monday, after divers found cracks in two piers.",
      "“We would rather be slow than sorry,” said its director, Ruth Osei, at a news conference by the quay.",
      "Repairs will cost 14.5 million, she added. Ferries will run every ten minutes, from six in the morning to midnight.",
      "Shopkeepers on the south bank, who lost a third of their trade last year, asked the city for help.",
    ], heading: "Ferries instead", readAlso: "Read also",
    furniture: ["Share this article", "Most read", "Sign up for our newsletter"])

  static let all: [FixturePage] = [
    english,
    FixturePage(
      language: "fr", headline: "Le pont du port restera fermé jusqu’au printemps",
      lead: "De nouvelles fissures ont été trouvées, selon le port.",
      author: "Zoé Lefèvre",
      paragraphs: [
        "Le vieux pont du port restera fermé jusqu’au printemps, a annoncé lundi la direction, après la découverte de fissures dans deux piles.",
        "« Mieux vaut être lents que désolés », a dit sa directrice, Ruth Osei, devant la presse réunie sur le quai.",
        "Les travaux coûteront 14,5 millions, a-t-elle ajouté. Les bacs passeront toutes les dix minutes, de six heures à minuit.",
        "Les commerçants de la rive sud, qui ont perdu un tiers de leurs ventes, demandent l’aide de la ville.",
      ], heading: "Des bacs à la place", readAlso: "À lire aussi",
      furniture: ["Partager", "Les plus lus", "Abonnez-vous à la newsletter"]),
    FixturePage(
      language: "it", headline: "Il ponte del porto resterà chiuso fino a primavera",
      lead: "Trovate nuove crepe, ha detto lunedì l’autorità portuale.",
      author: "Nicolò Ferri",
      paragraphs: [
        "Il vecchio ponte del porto resterà chiuso fino a primavera, ha detto lunedì l’autorità, dopo che i sommozzatori hanno trovato crepe in due piloni.",
        "“Meglio lenti che dispiaciuti”, ha detto la direttrice, Ruth Osei, in una conferenza stampa sul molo.",
        "I lavori costeranno 14,5 milioni, ha aggiunto. I traghetti passeranno ogni dieci minuti, dalle sei a mezzanotte.",
        "I negozianti della riva sud, che hanno perso un terzo degli affari, chiedono aiuto al comune.",
      ], heading: "Traghetti al suo posto", readAlso: "Leggi anche",
      furniture: ["Condividi", "I più letti", "Iscriviti alla newsletter"]),
    FixturePage(
      language: "id", headline: "Jembatan pelabuhan ditutup sampai musim semi",
      lead: "Retakan baru ditemukan, kata pengelola pelabuhan pada Senin.",
      author: "Budi Hartono",
      paragraphs: [
        "Jembatan tua di pelabuhan akan tetap ditutup sampai musim semi, kata pengelola pada Senin, setelah penyelam menemukan retakan di dua tiang.",
        "“Lebih baik lambat daripada menyesal,” kata direkturnya, Ruth Osei, dalam jumpa pers di dermaga.",
        "Perbaikan akan menelan biaya 14,5 juta, tambahnya. Feri akan berjalan setiap sepuluh menit, dari pukul enam sampai tengah malam.",
        "Para pedagang di tepi selatan, yang kehilangan sepertiga penjualan, meminta bantuan kota.",
      ], heading: "Feri sebagai gantinya", readAlso: "Baca Juga",
      furniture: ["Bagikan", "Terpopuler", "Ikuti kami di media sosial"]),
    FixturePage(
      language: "ru", headline: "Мост в порту закрыт до весны",
      lead: "Найдены новые трещины, сообщили в понедельник в порту.", author: "Анна Белова",
      paragraphs: [
        "Старый мост в порту останется закрытым до весны, сообщили в понедельник его владельцы: водолазы нашли трещины в двух опорах.",
        "«Лучше медленно, чем потом жалеть», — сказала директор Рут Осей на встрече с журналистами у причала.",
        "Ремонт обойдётся в 14,5 миллиона, добавила она. Паромы будут ходить каждые десять минут, с шести утра до полуночи.",
        "Торговцы южного берега, потерявшие треть выручки, просят город о помощи.",
      ], heading: "Вместо него паромы", readAlso: "Читайте также",
      furniture: ["Поделиться", "Популярное", "Подпишитесь на рассылку"]),
    FixturePage(
      language: "zh", headline: "港口大桥将关闭至明年春天", lead: "港务局周一表示，工程师发现了新的裂缝，维修仍需数月时间才能完成。", author: "王小明",
      paragraphs: [
        "港务局周一表示，潜水员在两座桥墩上发现裂缝之后，旧港口大桥将继续关闭，直到明年春天才会重新开放。",
        "“我们宁可慢一些，也不愿意后悔。”局长在码头举行的记者会上这样说，她没有回答其他问题。",
        "她补充说，维修费用为一千四百五十万。渡轮每十分钟一班，从早上六点一直运行到午夜。",
        "南岸的店主去年失去了三分之一的生意，他们请求市政府提供帮助，并希望尽快得到答复。",
      ], heading: "改乘渡轮", readAlso: "相关阅读", furniture: ["分享", "最热文章", "关注我们的公众号"]),
    FixturePage(
      language: "ar", headline: "جسر الميناء يبقى مغلقا حتى الربيع",
      lead: "عثر المهندسون على شقوق جديدة، كما قالت إدارة الميناء يوم الاثنين.",
      author: "ليلى حداد",
      paragraphs: [
        "سيبقى جسر الميناء القديم مغلقا حتى الربيع، كما قالت إدارة الميناء يوم الاثنين، بعد أن عثر الغواصون على شقوق في دعامتين.",
        "وقالت المديرة روث أوسي في مؤتمر صحفي على الرصيف: «نفضل أن نكون بطيئين على أن نندم».",
        "وأضافت أن الإصلاح سيكلف أربعة عشر مليونا ونصف المليون. وستعمل العبارات كل عشر دقائق، من السادسة صباحا حتى منتصف الليل.",
        "وطلب أصحاب المتاجر في الضفة الجنوبية، الذين خسروا ثلث تجارتهم، مساعدة من المدينة.",
      ], heading: "عبارات بدلا منه", readAlso: "اقرأ أيضا",
      furniture: ["شارك", "الأكثر قراءة", "تابعنا على وسائل التواصل"]),
  ]
}
