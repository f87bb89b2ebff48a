import Model
import Testing

@testable import Extraction

/// Where content systems put what they say of an article: their patterns, on small pages.
struct PagePatternsTests {
  private let prose =
    "<p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p>"
    + "<p>Ships went round the island, which takes two hours more, as the pilots had said it would be.</p>"

  private func text(
    head: String = "", _ body: String = "", language: String = "en",
    title: String = "Bridge shut at noon today - Harbour Post"
  ) throws -> ArticleText {
    let page =
      "<!doctype html><html lang=\"\(language)\"><head><meta charset=utf-8><title>\(title)</title>\(head)</head><body>\(body)</body></html>"
    return try #require(
      readArticle(
        markup: Array(page.utf8), contentType: "text/html; charset=utf-8", url: "https://harbourpost.example/a"))
  }

  private func article(_ details: String, language: String = "en") throws -> ArticleText {
    try text("<article><h1>Bridge shut at noon today</h1>\(details)\(prose)</article>", language: language)
  }

  private let day = CivilDate(year: 2024, month: 5, day: 3)

  @Test(arguments: [
    "property='og:release_date'", "name='weibo: article:create_at'", "name='apub:time'",
    "property='bytedance:published_time'", "name='PubDate'", "name='firstcreatetime'", "name='dc.date.published'",
    "name='DC.Date.Issued'", "name='dcterms.available'", "name='article.published'", "name='parsely-pub-date'",
    "name='cXenseParse:recs:publishtime'", "name='publish-date'", "name='publication_date'", "itemprop='datePublished'",
    "name='date.release'", "name='releasedate'", "name='article:publish_date'", "name='mediator_published_time'",
    "name='rbpubdate'", "name='gtm_publishdate'", "name='news:publication_date'", "name='prism.publicationDate'",
    "name='citation_date'", "name='citation_online_date'", "name='published_at'", "name='publishedDate'",
    "name='published-date'", "name='pdate'", "name='OriginalPublicationDate'", "name='article_publication_date'",
    "name='datepublished'", "name='publish_time'", "name='publishtime'", "property='article:post_date'",
    "name='content_create_date'", "name='iso-8601-publish-date'", "name='fb:publish_time'", "name='pub-date'",
    "name='eomportal-firstpub'", "property='video:release_date'", "name='article-publish-date'",
    "name='article-created-date'",
  ])
  func `a meta element of publication is known by its name`(name: String) throws {
    let head = "<meta \(name) content='2024-05-03T10:30:00+02:00'>"
    #expect(try text(head: head, "<main><h1>Bridge shut at noon today</h1>\(prose)</main>").published?.date == day)
  }

  @Test(arguments: ["last_published", "unpublish_date", "article:publisher", "expiration_date", "updated_at"])
  func `one of something else is not`(name: String) throws {
    let head = "<meta name='\(name)' content='2024-05-03T10:30:00+02:00'>"
    #expect(try text(head: head, "<main><h1>Bridge shut at noon today</h1>\(prose)</main>").published == nil)
  }

  @Test(arguments: [
    "<relative-time datetime='2024-05-03T10:30:00Z'>3 hours ago</relative-time>",
    "<amp-timeago datetime='2024-05-03T10:30:00Z'>3 hours ago</amp-timeago>",
    "<bsp-timestamp data-timestamp='1714725000000'>3 hours ago</bsp-timestamp>",
    "<span data-timestamp='1714725000'>3 hours ago</span>",
    "<abbr class='published' title='2024-05-03T10:30:00+02:00'>10:30</abbr>",
    "<span class='date' title='2024-05-03T10:30:00+02:00'>3 hours ago</span>",
    "<span property='dc:date dc:created' content='2024-05-03T10:30:00+02:00' datatype='xsd:dateTime'>Fri</span>",
    "<time class='dt-published blog-meta-item--date' datetime='2024-05-03' pubdate>5/3/24</time>",
    "<dd class='published'><span class='icon-calendar'></span><time datetime='2024-05-03T10:30:00+02:00' itemprop='datePublished'>Published: 03 May 2024</time></dd>",
    "<span data-testid='storyPublishDate'>May 3, 2024</span>",
    "<div class='pencraft pc-reset meta-EgzBVA'>May 03, 2024</div>",
    "<time class='article-meta-date' datetime='2024-05-03'>03 May 2024</time>",
    "<span data-datetime='2024-05-03T10:30:00Z'>Friday</span>",
    "<span data-date='2024-05-03'>Fri</span>",
    "<div class='meta'><span>Posted by Ada Miller</span> <span>on Fri, 05/03/2024 - 10:30</span></div>",
    "<div class='date-display'><span class='month'>May</span> <span class='day'>3</span>, <span class='year'>2024</span></div>",
    "<div class='date'><span>03</span><span>May</span><span>2024</span></div>",
    "<div>03 May, 2024 | 10:30 | Updated: 04 May, 2024</div>",
    "<div>Updated 4 May 2024. First published 3 May 2024</div>",
    "<div>Last updated: May 4, 2024 | Published: May 3, 2024</div>",
    "<p class='submitted'>Submitted by ada on Fri, 2024-05-03 10:30</p>",
    "<span itemprop='datePublished' content='2024-05-03'>Friday</span>",
    "<meta itemprop='datePublished' content='2024-05-03T10:30:00+02:00'>",
    "<time>2024.05.03 10:30</time>",
    "<time datetime='2024.05.03 10:30'>x</time>",
    "<time datetime='1714725000'>x</time>",
    "<time datetime='1714725000000'>x</time>",
    "<time datetime='May 3, 2024'>x</time>",
    "<time datetime='3.5.2024'>x</time>",
    "<time data-time='1714725000'>3 hours ago</time>",
    "<time title='3 May 2024 at 10:30'>3 hours ago</time>",
    "<span class='updated' title='2024-05-03T10:30:00Z' itemprop='datePublished'>x</span>",
    "<span datetime='2024-05-03T10:30:00Z'>3 hours ago</span>",
    "<time aria-label='Published May 3, 2024'>3h</time>",
  ])
  func `a date beside the headline is read as content systems write it`(details: String) throws {
    #expect(try article(details).published?.date == day)
  }

  @Test func `the state of a script has the date that stands beside the page's headline`() throws {
    let state =
      #"{"more":[{"headline":"Other news is here","publishedAt":"2024-01-01"}],"article":{"title":"Bridge shut at noon today","publishedAt":"2024-05-03T10:30:00Z"}}"#
    let script = "<script id=__NEXT_DATA__ type='application/json'>\(state)</script>"
    #expect(try text("<main><h1>Bridge shut at noon today</h1>\(prose)</main>\(script)").published?.date == day)
    let broken = "<script type='application/json'>\(state.dropLast(9))</script>"
    #expect(try text("<main><h1>Bridge shut at noon today</h1>\(prose)</main>\(broken)").published == nil)
  }

  @Test(arguments: [
    "<time class=published datetime='2024-05-03T10:30:00+02:00'>3 May</time><time class=updated datetime='2024-05-04T10:30:00+02:00'>4 May</time>",
    "<div>Published 3 May 2024 10:30, updated 4 May 2024 11:30</div>",
    "<span>Published <time datetime='2024-05-03'>3 May</time></span> <span>Updated <time datetime='2024-05-04'>4 May</time></span>",
    "<meta itemprop=datePublished content='2024-05-03'><meta itemprop=dateModified content='2024-05-04'>",
  ])
  func `the day of a change is read apart`(details: String) throws {
    let text = try article(details)
    #expect(text.published?.date == day)
    #expect(text.modified?.date == CivilDate(year: 2024, month: 5, day: 4))
  }

  @Test func `a headline's article or header may hold the time before it`() throws {
    let page =
      "<div><article><div><time datetime=2024-05-03>Fri</time></div><h1>Bridge shut at noon today</h1></article><div>\(prose)\(prose)</div></div>"
    #expect(try text(page).published?.date == day)
  }

  @Test(arguments: [
    ("en", "<div class='by'>By Ada Miller</div>"),
    ("en", "<div><a rel='author' href='/a'>Ada Miller</a></div>"),
    ("en", "<div class='contributors'><a href='/profile/ada-miller'>Ada Miller</a></div>"),
    ("en", "<span class='p-author h-card'>Ada Miller</span>"),
    ("en", "<div><a href='/author/ada-miller/'>Ada Miller</a></div>"),
    ("de", "<div>Von Ada Miller</div>"),
    ("fr", "<div>Par Ada Miller</div>"),
    ("pl", "<div>Autor: Ada Miller</div>"),
    ("hu", "<div>Írta: Ada Miller</div>"),
    ("hu", "<div>Szerző: Ada Miller</div>"),
    ("fi", "<div>Teksti: Ada Miller</div>"),
    ("el", "<div>Γράφει η Ada Miller</div>"),
    ("el", "<div>Της Ada Miller</div>"),
    ("vi", "<div>Tác giả: Ada Miller</div>"),
    ("th", "<div>โดย Ada Miller</div>"),
    ("ar", "<div>مؤلف: Ada Miller</div>"),
    ("fa", "<div>نویسنده: Ada Miller</div>"),
    ("he", "<div>מאת Ada Miller</div>"),
    ("he", "<div>מאת: Ada Miller</div>"),
    ("tr", "<div>Yazan: Ada Miller</div>"),
    ("tr", "<div>Haber: Ada Miller</div>"),
    ("es", "<div>Por Ada Miller</div>"),
    ("nl", "<div>Door Ada Miller</div>"),
    ("da", "<div>Af Ada Miller</div>"),
    ("sv", "<div>Av: Ada Miller</div>"),
    ("hi", "<div>लेखक: Ada Miller</div>"),
    ("uk", "<div>Автор: Ada Miller</div>"),
    ("bg", "<div>Автор Ada Miller</div>"),
    ("id", "<div>Reporter: Ada Miller</div>"),
    ("id", "<div>Penulis: Ada Miller</div>"),
    ("ms", "<div>Laporan Ada Miller</div>"),
    ("pl", "<div>Napisała: Ada Miller</div>"),
    ("no", "<div>Tekst: Ada Miller</div>"),
    ("hr", "<div>Piše: Ada Miller</div>"),
    ("cs", "<div>Autor: Ada Miller</div>"),
  ])
  func `a person is named as bylines do it`(language: String, byline: String) throws {
    #expect(try article(byline, language: language).byline == ["Ada Miller"])
  }

  @Test(arguments: [
    ("ko", "<div>홍길동 기자</div>", "홍길동"),
    ("ko", "<div>홍길동 기자 hong@post.example</div>", "홍길동"),
    ("ko", "<div class='byline'>홍길동 기자</div>", "홍길동"),
    ("zh", "<div>记者 王小明</div>", "王小明"),
    ("zh", "<div>本报记者 王小明</div>", "王小明"),
    ("zh", "<div>作者：王小明</div>", "王小明"),
    ("zh", "<div>文／王小明</div>", "王小明"),
    ("ja", "<div>文＝山田太郎</div>", "山田太郎"),
    ("ja", "<div>取材・文／山田太郎</div>", "山田太郎"),
    ("ja", "<div class='author'>山田太郎</div>", "山田太郎"),
  ])
  func `a name in ideographs or Hangul too`(language: String, byline: String, name: String) throws {
    #expect(try article(byline, language: language).byline == [name])
  }

  @Test(arguments: ["Written by", "Verfasst von", "Escrito por", "Geschreven door", "Автор"])
  func `the author that is told to those who share a page is the last resort`(label: String) throws {
    let head = "<meta name='twitter:label1' content='\(label)'><meta name='twitter:data1' content='Bo Chen'>"
    #expect(try text(head: head, "<article><h1>Bridge shut at noon today</h1>\(prose)</article>").byline == ["Bo Chen"])
    let shown = "<article><h1>Bridge shut at noon today</h1><div>By Ada Miller</div>\(prose)</article>"
    #expect(try text(head: head, shown).byline == ["Ada Miller"])
    let time = "<meta name='twitter:label1' content='Est. reading time'><meta name='twitter:data1' content='3 minutes'>"
    #expect(try text(head: time, "<article><h1>Bridge shut at noon today</h1>\(prose)</article>").byline.isEmpty)
  }

  @Test(arguments: [
    ("Bridge shut at noon - Harbour Post", "", "Bridge shut at noon"),
    ("Bridge shut at noon | Harbour Post", "", "Bridge shut at noon"),
    ("Harbour Post: Bridge shut at noon", "", "Bridge shut at noon"),
    ("Bridge shut at noon — Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon | News | Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon_新闻_Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon - HarbourPost.example", "", "Bridge shut at noon"),
    ("Bridge shut at noon : Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon » Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon • Harbour Post", "Harbour Post", "Bridge shut at noon"),
    ("Bridge shut at noon（Harbour Post） - Yahoo!ニュース", "Yahoo!ニュース", "Bridge shut at noon（Harbour Post）"),
  ])
  func `a title loses the site's name, or that of its host`(title: String, site: String, headline: String) throws {
    let head = site.isEmpty ? "" : "<meta property='og:site_name' content='\(site)'>"
    #expect(try text(head: head, "<main><div>\(prose)</div></main>", title: title).headline == headline)
  }

  @Test(arguments: ["article", "section", "div"])
  func `the entries of a live blog stand in its order`(tag: String) throws {
    let entries = (0..<8).map { number in
      "<\(tag) class=live-entry><time datetime='2024-05-03T1\(9 - number):00:00Z'>1\(9 - number):00</time><h2>Entry \(number)</h2>"
        + "<p>Entry \(number) says what the port had said at that hour, and what the pilots had answered then.</p></\(tag)>"
    }
    let page = "<main><h1>Bridge shut at noon today</h1><div class=live-blog>\(entries.joined())</div></main>"
    let texts = try text(page).blocks.map(\.text)
    #expect(texts.count { $0.count == "Entry 0".count } == 8)
    #expect(texts.filter { $0.contains("says") }.enumerated().allSatisfy { $1.hasPrefix("Entry \($0) ") })
    #expect(texts.count { $0.contains("says") } == 8)
  }
}
