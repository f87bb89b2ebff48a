import Extraction
import Model
import Testing

/// The same article in other surroundings reads the same: its content digest covers nothing of them.
struct SurroundingsTests {
  /// What surrounds an article on a page; each a piece of markup.
  struct Surroundings {
    var top = ""
    /// By the number of the paragraph that it follows.
    var between: [Int: String] = [:]
    var bottom = ""
    var side = ""
  }

  /// Ways in which pages are built, each with one article.
  enum Template: CaseIterable {
    case blog, hashedClasses, table, microdata, blocks, accelerated

    var page: FixturePage {
      switch self {
      case .blog: FixturePage.all[0]
      case .hashedClasses: FixturePage.all[1]
      case .table: FixturePage.all[2]
      case .microdata: FixturePage.all[3]
      case .blocks: FixturePage.all[4]
      case .accelerated: FixturePage.all[5]
      }
    }

    func markup(_ around: Surroundings) -> String {
      let page = page
      func body(_ paragraph: (String) -> String, _ heading: (String) -> String) -> String {
        var out = ""
        for (index, text) in (page.paragraphs + page.paragraphs.map { "\($0) (2)" }).enumerated() {
          if index == 2 { out += heading(page.heading) }
          out += paragraph(text) + (around.between[index] ?? "")
        }
        return out
      }
      let plain = body({ "<p>\($0)</p>" }, { "<h2>\($0)</h2>" })
      let start = "<!doctype html><html lang=\(page.language)><head><meta charset=utf-8>"
      let data =
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"\(page.headline)\",\"datePublished\":\"2024-05-03T10:30:00+02:00\",\"author\":{\"@type\":\"Person\",\"name\":\"\(page.author)\"}}</script>"
      let named = "<meta name=author content='\(page.author)'><meta name=date content=2024-05-03>"
      switch self {
      case .blog:
        return """
          \(start)<title>\(page.headline) - Post</title><meta property="og:site_name" content="Post">\(named)</head>
          <body class="post-template-default single">\(around.top)<header class="site-header"><nav><ul><li><a href=/a>A</a></ul></nav></header>
          <div class="site-content"><main><article class="post type-post hentry category-news"><header class="entry-header">
          <h1 class="entry-title">\(page.headline)</h1><div class="entry-meta">By <a rel="author" href="/author/x">\(page.author)</a>
          <time class="entry-date published" datetime="2024-05-03">3/5/2024</time></div></header>
          <div class="entry-content">\(plain)</div>\(around.bottom)</article></main>
          <aside class="widget-area">\(around.side)</aside></div><footer><p>Post, by the quay.</p></footer></body></html>
          """
      case .hashedClasses:
        let inner = body(
          { "<div class=css-1x><p class=css-2y>\($0)</p></div>" }, { "<div class=css-1x><h2>\($0)</h2></div>" })
        return """
          \(start)<title>\(page.headline) | Post</title>\(data)</head><body><div id="__next">\(around.top)<div class="css-1a2b3c">
          <div class="css-x9"><h1 class="css-h1">\(page.headline)</h1><p class="css-dek">\(page.lead)</p><div class="css-by">\(page.author)</div></div>
          <section class="css-sec">\(inner)</section>\(around.bottom)</div><div class="css-rail">\(around.side)</div></div></body></html>
          """
      case .table:
        return """
          <html lang=\(page.language)><head><meta charset=utf-8><title>\(page.headline)</title>\(named)</head><body>\(around.top)
          <table width=100%><tr><td width=200 valign=top>\(around.side)</td><td valign=top><h1>\(page.headline)</h1>
          <font size=2>\(plain)</font>\(around.bottom)</td></tr></table></body></html>
          """
      case .microdata:
        return """
          \(start)<title>\(page.headline) – Post</title></head><body>\(around.top)<div class="page">
          <div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">\(page.headline)</h1>
          <h2 class="subtitle" itemprop="description">\(page.lead)</h2><div class="info"><span itemprop="author">\(page.author)</span>
          <time itemprop="datePublished" datetime="2024-05-03T10:30:00+02:00">3.5.2024</time></div>
          <div itemprop="articleBody" class="text">\(plain)</div>\(around.bottom)</div><div class="col2">\(around.side)</div></div></body></html>
          """
      case .blocks:
        let inner = body({ "<section data-block=text><p>\($0)</p></section>" }, { "<section><h2>\($0)</h2></section>" })
        return """
          \(start)<title>\(page.headline) | Post</title>\(named)</head><body>\(around.top)<main><article><div class="ArticleHeader">
          <h1>\(page.headline)</h1><div class="Article__standfirst">\(page.lead)</div></div><div class="ArticleBlocks">\(inner)</div>
          \(around.bottom)</article></main><div class="Rail">\(around.side)</div></body></html>
          """
      case .accelerated:
        return """
          <!doctype html><html amp lang=\(page.language)><head><meta charset=utf-8><title>\(page.headline)</title>\(data)</head>
          <body>\(around.top)<div class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">\(page.headline)</h1>
          <div class="amp-wp-byline">\(page.author)</div></header><div class="amp-wp-article-content">\(plain)</div>
          <footer class="amp-wp-article-footer">\(around.bottom)</footer></div>\(around.side)</body></html>
          """
      }
    }

    /// # is a number that changes, @ the author.
    func filled(_ piece: String, with number: UInt64) -> String {
      piece.replacing("#", with: "\(2 + number % 57)").replacing("@", with: page.author)
    }

    func text(_ around: Surroundings = Surroundings()) -> ArticleText? {
      readArticle(
        markup: Array(markup(around).utf8), contentType: "text/html; charset=utf-8",
        url: "https://harbourpost.example/a")
    }
  }

  @Test(arguments: Template.allCases)
  func `an article is read from every template`(template: Template) throws {
    let text = try #require(template.text())
    let page = template.page
    #expect(text.headline == page.headline)
    #expect(text.byline == [page.author])
    #expect(text.published?.date == CivilDate(year: 2024, month: 5, day: 3))
    let paragraphs = page.paragraphs + page.paragraphs.map { "\($0) (2)" }
    #expect(text.blocks.filter { $0.kind == .paragraph }.map(\.text) == paragraphs)
    #expect(text.blocks.filter { $0.kind == .heading }.map(\.text) == [page.heading])
  }

  @Test(arguments: Template.allCases)
  func `any piece of furniture leaves it as it is`(template: Template) throws {
    let digest = try #require(template.text()?.digest)
    func check(_ around: Surroundings, _ piece: String) {
      let text = template.text(around)
      #expect(text?.digest == digest, "\(piece)\n\(text?.canonicalText ?? "")")
    }
    for (number, piece) in Self.between.enumerated() {
      let piece = template.filled(piece, with: UInt64(number))
      check(Surroundings(between: [number % 7: piece]), piece)
    }
    for piece in Self.bottom.map({ template.filled($0, with: 7) }) { check(Surroundings(bottom: piece), piece) }
    for piece in Self.side.map({ template.filled($0, with: 9) }) { check(Surroundings(side: piece), piece) }
    for piece in Self.top.map({ template.filled($0, with: 11) }) { check(Surroundings(top: piece), piece) }
    for piece in Self.consent {
      for name in Self.consentNames { check(Surroundings(top: "<div class='\(name)'>\(piece)</div>"), piece) }
    }
  }

  @Test(arguments: Template.allCases)
  func `so does much of it at once`(template: Template) throws {
    let digest = try #require(template.text()?.digest)
    var random = SplitMix(state: 5)
    for _ in 0..<40 {
      var around = Surroundings()
      around.top = random.pick(Self.consent) + template.filled(random.pick(Self.top), with: random.next())
      for _ in 0..<3 {
        around.between[Int(random.next() % 7)] = template.filled(random.pick(Self.between), with: random.next())
      }
      for _ in 0..<3 { around.bottom += template.filled(random.pick(Self.bottom), with: random.next()) }
      around.side = template.filled(random.pick(Self.side), with: random.next())
      let text = template.text(around)
      #expect(text?.digest == digest, "\(around)\n\(text?.canonicalText ?? "")")
    }
  }

  /// S. Vigna's SplitMix64, so that every run is the same.
  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
    mutating func pick(_ list: [String]) -> String { list[Int(next() % UInt64(list.count))] }
  }

  // MARK: Furniture

  private static let between = [
    "<div class='newsletter-box'><h3>Newsletter</h3><p>The best of the harbour in your inbox, every morning, for free.</p><form><input type=email></form></div>",
    "<div class='nl-x'><p>Sign up for our newsletter to get the day’s best stories in your inbox.</p></div>",
    "<p><strong>Subscribe to our newsletter for the latest from the harbour.</strong></p>",
    "<div class='box-nl'><p>Abonnieren Sie unseren Newsletter und erhalten Sie die wichtigsten Nachrichten des Tages.</p></div>",
    "<div class='q1'><p>Inscrivez-vous à notre newsletter pour recevoir l’essentiel de l’actualité.</p></div>",
    "<p><em>Suscríbete a nuestro boletín y recibe las noticias más importantes.</em></p>",
    "<ul><li><a href=/1>Ferry contract goes to the cheaper of two bidders</a></li><li><a href=/2>Port counts fewer ships than a year ago, again</a></li><li><a href=/3>What divers see when they look at a pier</a></li></ul>",
    "<div class='related'><h4>Related</h4><ul><li><a href=/1>Ferry contract goes to the cheaper bidder</a></ul></div>",
    "<p>Read more: <a href=/1>Ferry contract goes to the cheaper of two bidders</a></p>",
    "<p><a href=/1>READ: Ferry contract goes to the cheaper of two bidders</a></p>",
    "<p><b>Lesen Sie auch:</b> <a href=/1>Fährvertrag geht an den billigeren von zwei Bietern</a></p>",
    "<p><strong>À lire aussi :</strong> <a href=/1>Le contrat du bac au moins cher des deux candidats</a></p>",
    "<p><strong>Lea también: </strong><a href=/1>El contrato del transbordador, al más barato</a></p>",
    "<p>【関連記事】<a href=/1>渡し船の契約は安いほうの会社に</a></p>",
    "<p>Читайте также: <a href=/1>Договор о пароме достался более дешёвому участнику</a></p>",
    "<p>Leggi anche: <a href=/1>Il contratto del traghetto al meno caro</a></p>",
    "<p>Baca juga: <a href=/1>Kontrak feri jatuh ke penawar termurah</a></p>",
    "<p>Leia mais: <a href=/1>Contrato da balsa vai para o mais barato</a></p>",
    "<p>Czytaj też: <a href=/1>Kontrakt na prom dostał tańszy oferent</a></p>",
    "<p>İlgili haber: <a href=/1>Feribot sözleşmesi ucuz olana gitti</a></p>",
    "<p>Lees ook: <a href=/1>Veercontract gaat naar de goedkoopste</a></p>",
    "<p>Xem thêm: <a href=/1>Hợp đồng phà thuộc về bên rẻ hơn</a></p>",
    "<p>Läs mer: <a href=/1>Färjekontraktet gick till den billigaste</a></p>",
    "<div class='ad-container'><span>Advertisement</span><div id='div-gpt-ad-#'></div></div>",
    "<div class='x9'><span>ADVERTISEMENT</span></div>",
    "<p>Advertisement</p>",
    "<p>- Advertisement -</p>",
    "<div>Anzeige</div>",
    "<div>Publicité</div>",
    "<div>La suite après la publicité</div>",
    "<p>Реклама</p>",
    "<div>広告</div>",
    "<p>Publicidad</p>",
    "<div>Article continues after this advertisement</div>",
    "<p>Story continues below advertisement</p>",
    "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
    "<div>Scroll to continue</div>",
    "<p>Weiterlesen nach der Anzeige</p>",
    "<div class='share'><a href=#>Facebook</a><a href=#>X</a><a href=#>WhatsApp</a><span># shares</span></div>",
    "<div><span>#</span> <span>Shares</span></div>",
    "<div># comments</div>",
    "<div># Kommentare</div>",
    "<div># Views</div>",
    "<p># people are reading this</p>",
    "<div class='player'><div>Play</div><div>Mute</div><div>Current time 0:00</div><div>/</div><div>Duration 2:#</div><div>Loaded: 0%</div><div>Stream type LIVE</div><div>Remaining time -2:#</div></div>",
    "<div class='video-js'><p>To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video</p></div>",
    "<div class='vid'><span>Video Player is loading.</span><span>This is a modal window.</span><span>Beginning of dialog window. Escape will cancel and close the window.</span></div>",
    "<div class='paywall-prompt'><h3>Subscribe to read on</h3><p>Already a subscriber? Log in</p></div>",
    "<div><p>You have # free articles left this month. <a href=/s>Subscribe for unlimited access.</a></p></div>",
    "<aside><h4>Most read</h4><ol><li><a href=/1>One thing of the day</a><li><a href=/2>Another thing of the day</a></ol></aside>",
    "<div class='gallery-teaser'><a href=/g><span># photos</span> View gallery</a></div>",
    "<figure class='embed'><blockquote class='twitter-tweet'><p>The bridge is shut!</p>— Port (@port) <a href='https://x.example/1'># hours ago</a></blockquote></figure>",
    "<div class='app-promo'><p>Get the Harbour Post app</p><a href=/app>Download now</a></div>",
    "<p>Follow us on <a href=/t>Twitter</a> and <a href=/f>Facebook</a></p>",
    "<p>Join our WhatsApp channel for the latest updates: <a href=/w>click here</a></p>",
    "<div class='poll'><p>Should the bridge be torn down?</p><label>Yes</label><label>No</label><span># votes</span></div>",
    "<div class='audio'><span>Listen to this article</span><span># min</span></div>",
    "<div>Listen #:30</div>",
    "<div># min read</div>",
    "<p>Reading time: # minutes</p>",
    "<div>Lesezeit: # Min.</div>",
    "<div>Temps de lecture : # min</div>",
    "<div>Tiempo de lectura: # min</div>",
    "<div># hours ago</div>",
    "<div>Updated # minutes ago</div>",
    "<div>vor # Stunden</div>",
    "<div>il y a # heures</div>",
    "<div>hace # horas</div>",
    "<div>#時間前</div>",
    "<div># часа назад</div>",
    "<div class='toc'><h3>Contents</h3><ul><li><a href='#a'>Ferries</a><li><a href='#b'>Money</a></ul></div>",
    "<div class='live-counter'><b>LIVE</b> <span># watching now</span></div>",
    "<div class='ticker'><span>Breaking</span> <a href=/b>Ship aground off the cape, crew safe</a></div>",
    "<div class='promo-card'><a href=/p><h4>Podcast: The harbour this week</h4><p>Two reporters talk about what happened at the quay and why, every Friday.</p></a></div>",
  ]

  private static let bottom = [
    "<div class='related-posts'><h3>More from the harbour</h3><div class=card><a href=/0><h4>Another thing happened, number 0</h4></a><p>A teaser says a little of it, and then some more, as teasers do.</p></div><div class=card><a href=/1><h4>Another thing happened, number 1</h4></a><p>A teaser says a little of it, and then some more, as teasers do.</p></div><div class=card><a href=/2><h4>Another thing happened, number 2</h4></a><p>A teaser says a little of it, and then some more, as teasers do.</p></div><div class=card><a href=/3><h4>Another thing happened, number 3</h4></a><p>A teaser says a little of it, and then some more, as teasers do.</p></div></div>",
    "<div class='xq2'><div class=zz><h3><a href=/0>Headline of another article 0</a></h3><p>A teaser for another article, which says a little, and then some more, as they do.</p></div><div class=zz><h3><a href=/1>Headline of another article 1</a></h3><p>A teaser for another article, which says a little, and then some more, as they do.</p></div><div class=zz><h3><a href=/2>Headline of another article 2</a></h3><p>A teaser for another article, which says a little, and then some more, as they do.</p></div><div class=zz><h3><a href=/3>Headline of another article 3</a></h3><p>A teaser for another article, which says a little, and then some more, as they do.</p></div><div class=zz><h3><a href=/4>Headline of another article 4</a></h3><p>A teaser for another article, which says a little, and then some more, as they do.</p></div></div>",
    "<div id='comments'><h3># comments</h3><div class=comment><b>Reader 0</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div><div class=comment><b>Reader 1</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div><div class=comment><b>Reader 2</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div><div class=comment><b>Reader 3</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div><div class=comment><b>Reader 4</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div><div class=comment><b>Reader 5</b><p>I do not agree with any of this, because it is wrong, and long. There is more to say.</p></div></div>",
    "<div class='tags'>Tags: <a href=/t/1>bridge</a> <a href=/t/2>harbour</a></div>",
    "<ul class='x3'><li><a href=/t/1>bridge</a><li><a href=/t/2>harbour</a></ul>",
    "<div class='author-box'><img src=a><h4>@</h4><p>@ writes about the harbour, and was born by the sea. She has worked here since #.</p></div>",
    "<div class='share-bottom'>Share this: <a href=#>Facebook</a> <a href=#>X</a> <span>#</span></div>",
    "<p>Sign up for our newsletter and never miss a story.</p>",
    "<p>© 2024 Harbour Post. All rights reserved.</p>",
    "<div class='nav-links'><a href=/p rel=prev>Previous: Ferry late</a> <a href=/n rel=next>Next: Crane falls</a></div>",
    "<div class='OUTBRAIN'><h3>You may also like</h3><a href=/o/1>Doctors hate this trick, number #</a></div>",
    "<section class='most-read'><h2>Most read</h2><ol><li><a href=/m0>A story that many read, number 0</a><li><a href=/m1>A story that many read, number 1</a><li><a href=/m2>A story that many read, number 2</a><li><a href=/m3>A story that many read, number 3</a><li><a href=/m4>A story that many read, number 4</a></ol></section>",
    "<p># comments</p>",
    "<div>Last updated # minutes ago</div>",
    "<div class='recirc'><h3>Recommended</h3><ul><li><a href=/r0>A thing we recommend, number 0</a><li><a href=/r1>A thing we recommend, number 1</a><li><a href=/r2>A thing we recommend, number 2</a><li><a href=/r3>A thing we recommend, number 3</a><li><a href=/r4>A thing we recommend, number 4</a><li><a href=/r5>A thing we recommend, number 5</a></ul></div>",
  ]

  private static let side = [
    "<h3>Most read</h3><ol><li><a href=/m0>A story that many read, number 0 of today</a><li><a href=/m1>A story that many read, number 1 of today</a><li><a href=/m2>A story that many read, number 2 of today</a><li><a href=/m3>A story that many read, number 3 of today</a><li><a href=/m4>A story that many read, number 4 of today</a><li><a href=/m5>A story that many read, number 5 of today</a><li><a href=/m6>A story that many read, number 6 of today</a><li><a href=/m7>A story that many read, number 7 of today</a></ol>",
    "<div class='widget'><h3>Weather</h3><p># degrees, light wind from the west, rain later, good visibility at sea.</p></div>",
    "<div class='widget'><h3>Latest</h3><div><span>0 min ago</span><a href=/l0>Latest thing that happened, number 0</a></div><div><span>1 min ago</span><a href=/l1>Latest thing that happened, number 1</a></div><div><span>2 min ago</span><a href=/l2>Latest thing that happened, number 2</a></div><div><span>3 min ago</span><a href=/l3>Latest thing that happened, number 3</a></div><div><span>4 min ago</span><a href=/l4>Latest thing that happened, number 4</a></div><div><span>5 min ago</span><a href=/l5>Latest thing that happened, number 5</a></div><div><span>6 min ago</span><a href=/l6>Latest thing that happened, number 6</a></div><div><span>7 min ago</span><a href=/l7>Latest thing that happened, number 7</a></div></div>",
    "<div><p>Harbour Post has been printed by the quay since 1871, and is read in forty countries.</p></div>",
    "<div class='ad'></div>",
  ]

  private static let top = [
    "<div class='ticker'><p>Breaking: ship aground off the cape, crew safe, says the coast guard.</p></div>",
    "<div class='alert-bar'><a href=/x>LIVE: Storm nears the harbour, ferries stop at noon</a></div>",
    "<div class='subscribe-bar'><p>Try the Harbour Post for a month, for nothing.</p><a href=/s>Subscribe</a></div>",
    "<div class='date'># November 2026</div>",
    "<div>Friday, 20 November 2026 | #°C</div>",
  ]

  private static let consentNames = ["cookie-banner", "xq-1", "fixed-bottom"]
  private static let consent = [
    "<p>We use cookies and similar technologies to give you the best experience. By clicking “Accept all” you agree to our use of cookies.</p><button>Accept all</button><a href='#'>Reject</a>",
    "<p>Wir verwenden Cookies und ähnliche Technologien, um Ihnen das beste Erlebnis zu bieten. Mit einem Klick auf „Alle akzeptieren“ stimmen Sie zu.</p><button>Alle akzeptieren</button><a href='#'>Ablehnen</a>",
    "<p>Nous utilisons des cookies et des technologies similaires pour améliorer votre expérience. En cliquant, vous acceptez leur utilisation.</p><button>Tout accepter</button><a href='#'>Continuer sans accepter</a>",
    "<p>Utilizamos cookies y tecnologías similares para ofrecerle la mejor experiencia. Al hacer clic, acepta su uso.</p><button>Aceptar todo</button><a href='#'>Rechazar</a>",
    "<p>Utilizziamo i cookie e tecnologie simili per offrirti la migliore esperienza. Cliccando accetti il loro utilizzo.</p><button>Accetta tutti</button><a href='#'>Rifiuta</a>",
    "<p>Мы используем файлы cookie и похожие технологии, чтобы сделать сайт удобнее. Нажимая кнопку, вы соглашаетесь.</p><button>Принять все</button><a href='#'>Отклонить</a>",
    "<p>当サイトではクッキーを使用しています。サイトの利用を続けることで、クッキーの使用に同意したものとみなされます。</p><button>同意する</button><a href='#'>拒否</a>",
    "<p>Bu sitede çerezler kullanılmaktadır. Siteyi kullanmaya devam ederek çerez kullanımını kabul etmiş olursunuz.</p><button>Kabul et</button><a href='#'>Reddet</a>",
  ]
}
