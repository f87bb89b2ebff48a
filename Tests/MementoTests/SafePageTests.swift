import HTTPAnswers
import Memento
import Testing

struct SafePageTests {
  private static let url = "https://example.org/2026/ferry.html"

  /// What is left of a body, without the frame around it.
  private func shown(_ body: String) throws -> String {
    let archive = try Archive()
    try archive.keep(Self.url, "2026-11-01T10:00:00Z", body)
    let page = try archive.ask("/web/20261101100000/\(Self.url)").text
    let start = try #require(page.firstRange(of: "<body>\n")).upperBound
    let end = try #require(page[start...].firstRange(of: "\n</body>")).lowerBound
    return String(page[start..<end])
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<p onclick=alert(1) onmouseover='alert(1)'>x",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<object data=javascript:alert(1)><embed src=evil.swf></object>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>", "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import url(//evil.example/a.css); p{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action=//evil.example><input onfocus=alert(1) autofocus></form>",
    "<button formaction=javascript:alert(1)>x</button>", "<textarea></textarea><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>", "<a href=' java\nscript:alert(1)'>x</a>",
    "<a href=&#106;avascript:alert(1)>x</a>",
    "<a href=data:text/html,alert(1)>x</a>", "<a href=vbscript:alert(1)>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<!--><script>alert(1)</script>-->",
    "<video onplay=alert(1) src=x><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>",
    "<isindex action=javascript:alert(1)>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>", "<img src='data:image/png;base64,\" onerror=alert(1)'>",
    "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)",
    "<listing>&lt;script>alert(1)</script></listing>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x</table>",
    "<details ontoggle=alert(1) open>x</details>",
    "<a title='\"><script>alert(1)</script>' href=/x>y</a>", "<b title=\"`onmouseover=alert(1)\">x</b>",
    "<title></title><script>alert(1)</script></title>",
    "<p id=\"a\" lang='\"onclick=alert(1)'>x", "<noembed><script>alert(1)</script></noembed>",
    "<noframes></noframes><img src onerror=alert(1)>",
    "<x-y onclick=alert(1)><script>alert(1)</script></x-y>", "<area href=javascript:alert(1)>",
    "<applet code=x onerror=alert(1)></applet>",
  ])
  func `nothing that could act is left of a page`(_ markup: String) throws {
    let left = try shown("<body>" + markup)
    // Every tag that is left is known, and has only attributes that say how to read it.
    var rest = left[...]
    while let open = rest.firstIndex(of: "<") {
      let close = try #require(rest[open...].firstIndex(of: ">"), "\(left)")
      let tag = rest[rest.index(after: open)..<close]
      rest = rest[rest.index(after: close)...]
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
      #expect(
        ["a", "b", "p", "table", "tbody", "tr", "td", "details", "span", "pre", "div", "img"].contains(String(name)),
        "\(left)")
      for attribute in tag.dropFirst(name.count).matches(of: /([\w:-]+)="([^"]*)"/) {
        let known = ["title", "id", "lang", "dir", "href", "rel", "open", "hidden", "alt", "src", "colspan", "rowspan"]
        #expect(known.contains(String(attribute.1)), "\(left)")
        if attribute.1 == "href" { #expect(attribute.2.hasPrefix("/web/2026") || attribute.2.hasPrefix("#")) }
        if attribute.1 == "src" { #expect(attribute.2.hasPrefix("data:image/png;base64,")) }
        #expect(!attribute.2.contains("<"))
      }
    }
  }

  @Test func `links lead on inside the archive, and what marks up text stays`() throws {
    let page = """
      <article id=top><h1>Ferry</h1><p lang=de class=x>Die <em>Fähre</em> &lt;1&gt; &amp; mehr<br>jetzt</p>
      <ul><li value=3>a<li>b</ul><a href="/other?x=1&y=2#z">other</a> <a href=#top>top</a> <a href=mailto:a@example.org>mail</a>
      <table><tr><th colspan=2>H<tr><td>1<td>2</table><img src=/a.png alt="A ship"><time datetime=2026-11-01>1 November</time></article>
      """
    let left = try shown(page)
    #expect(left.contains("<h1>Ferry</h1>"))
    #expect(left.contains("<p lang=\"de\">Die <em>Fähre</em> &lt;1&gt; &amp; mehr<br>jetzt</p>"))
    #expect(left.contains("<li value=\"3\">a</li><li>b</li>"))
    #expect(
      left.contains(
        "<a href=\"/web/20261101100000/https://example.org/other?x=1&amp;y=2#z\" rel=\"nofollow noreferrer\">other</a>")
    )
    #expect(left.contains("<a href=\"#top\" rel=\"nofollow noreferrer\">top</a>"))
    #expect(left.contains("<a>mail</a>"))
    #expect(left.contains("<th colspan=\"2\">H</th>"))
    #expect(left.contains("<span>[A ship]</span>"))
    #expect(left.contains("<time datetime=\"2026-11-01\">"))
    #expect(!left.contains("class"))
  }

  @Test func `links are relative to the page's base`() throws {
    let left = try shown("<head><base href=/archive/x/><base href=https://evil.example/></head><a href=a>a</a>")
    #expect(left.contains("/web/20261101100000/https://example.org/archive/x/a"))
  }

  @Test func `pixels inside the page stay`() throws {
    let left = try shown("<img alt=dot src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    #expect(left.contains("<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"dot\">"))
  }

  @Test func `hostile nesting and a megabyte of attributes are got through`() throws {
    #expect(try shown(String(repeating: "<div>", count: 50_000) + "deep").contains("deep"))
    #expect(try shown(String(repeating: "<b><a href=x>", count: 5000) + "deep").contains("deep"))
    #expect(try shown("<p " + String(repeating: "onclick=x ", count: 50_000) + ">text").contains("text"))
  }
}
