// The keys and lines of indexes of captures, as the field's tools write them.
import Formats
import Model
import Testing

@Suite struct CDXTests {
  /// What the Internet Archive's canonicalizer (PyPI surt 0.3.1) makes of each.
  static let keys: [(url: String, key: String)] = [
    ("https://www.example.com/2026/Ferry?id=7", "com,example)/2026/ferry?id=7"),
    ("http://example.com", "com,example)/"),
    ("http://example.com:80/", "com,example)/"),
    ("https://example.com:443/a/", "com,example)/a"),
    ("http://example.com:8080/a/b/?b=2&a=1", "com,example:8080)/a/b?a=1&b=2"),
    ("https://www2.News.example.co.uk/A/B/C.HTML?Z=1&a=&a", "uk,co,example,news)/a/b/c.html?a&a=&z=1"),
    ("https://example.com/a/../b/./c//d/", "com,example)/b/c/d"),
    ("https://example.com/%41%2541%252541?q=%20x", "com,example)/aaa?q=%20x"),
    ("https://example.com/a b?c d", "com,example)/a%20b?c%20d"),
    ("https://example.com/ä/ö?ü=ß", "com,example)/%c3%a4/%c3%b6?%c3%bc=%c3%9f"),
    ("https://bücher.example/straße", "example,xn--bcher-kva)/stra%c3%9fe"),
    ("https://例え.jp/ニュース?q=天気", "jp,xn--r8jz45g)/%e3%83%8b%e3%83%a5%e3%83%bc%e3%82%b9?q=%e5%a4%a9%e6%b0%97"),
    ("http://127.0.0.1:8080/x", "1,0,0,127:8080)/x"),
    ("http://127.1/", "1,0,0,127)/"),
    ("http://0x7f.1/", "1,0x7f)/"),
    ("http://3232235521/path", "1,0,168,192)/path"),
    ("http://010.0.0.1/", "1,0,0,8)/"),
    ("http://[::1]:8080/a", "::1:8080)/a"),
    ("http://[2001:db8::1]/", "2001:db8::1)/"),
    ("https://example.com/?jsessionid=0123456789abcdef0123456789abcdef", "com,example)/"),
    ("https://example.com/p?a=1&PHPSESSID=0123456789abcdef0123456789ABCDEF&b=2", "com,example)/p?a=1&b=2"),
    ("https://example.com/p?sid=0123456789abcdef0123456789abcdef&z=1&a=2", "com,example)/p?a=2&z=1"),
    ("https://example.com/p?ASPSESSIONIDabcdefgh=abcdefghijklmnopqrstuvwx&z=1", "com,example)/p?z=1"),
    ("https://example.com/p?z=1&cfid=12&cftoken=ab&y=2", "com,example)/p?y=2&z=1"),
    ("https://example.com/(S(4hqa0555fwsecu455xqckv45))/mileg.aspx", "com,example)/mileg.aspx"),
    (
      "https://example.com/(a(4hqa0555fwsecu455xqckv45)S(4hqa0555fwsecu455xqckv45)f(4hqa0555fwsecu455xqckv45))/mileg.aspx?page=sessionschedules",
      "com,example)/mileg.aspx?page=sessionschedules"
    ),
    ("https://example.com/x/(4hqa0555fwsecu455xqckv45)/mileg.aspx", "com,example)/x/mileg.aspx"),
    ("https://example.com/?", "com,example)/"),
    ("https://example.com/#frag", "com,example)/"),
    ("https://example.com/a?b#frag", "com,example)/a?b"),
    ("https://www.example.com?q=1", "com,example)/?q=1"),
    ("https://EXAMPLE.com./", "com,example)/"),
    ("https://exa..mple.com/", "com,mple,exa)/"),
    ("https://www.com/", "com)/"),
    ("https://example.com:0/", "com,example)/"),
    ("https://example.com/a%23b?c%23d=%26", "com,example)/a%23b?&c%23d="),
    ("https://example.com/~user/index.html;x=1", "com,example)/~user/index.html;x=1"),
    ("urn:stet:edits:https://Example.com/a?b=1", "urn:stet:edits:https://example.com/a?b=1"),
    ("ftp://ftp.example.com/File.TXT", "com,example,ftp)/file.txt"),
    ("mailto:a@b.example", "mailto:a@b.example"),
    ("https://example.com/%zz%4", "com,example)/%25zz%254"),
    ("https://example.com//double//slash", "com,example)/double/slash"),
    ("https://example.com/..", "com,example)/.."),
    ("https://example.com/a?&&b=1&&a=2", "com,example)/a?&&&a=2&b=1"),
    ("https://example.com/a?b", "com,example)/a?b"),
    ("http://https://example.com/x", "com,example)/x"),
    ("https://example.com/a?url=http://other.example/?x=1&y=2", "com,example)/a?url=http://other.example/?x=1&y=2"),
    ("https://xn--bcher-kva.example/", "example,xn--bcher-kva)/"),
    ("https://example.com/a?x=%F0%9F%98%80", "com,example)/a?x=%f0%9f%98%80"),
    ("https://wwwx.example.com/", "com,example,wwwx)/"),
    ("https://www.example.com/a'b(c)*!$,;:@=", "com,example)/a'b(c)*!$,;:@="),
    ("https://example.com/%7Euser/%2e%2e/x", "com,example)/x"),
    ("https://1.2.3/", "3,0,2,1)/"),
    ("https://300.1.1.1/", "1,1,1,300)/"),
    ("https://example.com:8443?x", "com,example:8443)/?x"),
    (
      "https://example.com/a/b.aspx?(S(4hqa0555fwsecu455xqckv45))",
      "com,example)/a/b.aspx?(s(4hqa0555fwsecu455xqckv45))"
    ),
    ("https://user_name.example.com/_x", "com,example,user_name)/_x"),
    ("http://example.com:99999/", "http://example.com:99999/"),
    ("https://example.com/tab%09nl%0A", "com,example)/tab%09nl%0a"),
  ]

  @Test(arguments: keys) func `a URL's key is the one that the field's indexers give it`(url: String, key: String) {
    #expect(SURT.key(of: url) == key)
  }

  private static let at = Instant(milliseconds: 1_795_773_600_123)  // 2026-11-27T10:00:00.123Z

  @Test func `a line of CDXJ is key, seconds and an object of strings in ASCII`() {
    let line = CDXLine(
      url: "https://www.example.org/Fähre?b=1&a=\"", at: Self.at, mime: "text/html", status: "200",
      digest: "sha256:00ff", length: 1234, offset: 567, filename: "a.warc.gz")
    #expect(
      line.cdxj == """
        org,example)/f%c3%a4hre?a="&b=1 20261127100000 {"url": "https://www.example.org/F\\u00e4hre?b=1&a=\\"", \
        "mime": "text/html", "status": "200", "digest": "sha256:00ff", "length": "1234", "offset": "567", \
        "filename": "a.warc.gz"}
        """)
    #expect(
      line.cdx11 == """
        org,example)/f%c3%a4hre?a="&b=1 20261127100000 https://www.example.org/Fähre?b=1&a=" text/html 200 00ff - - 1234 \
        567 a.warc.gz
        """)
  }

  @Test func `what is not known is left out of CDXJ and a hyphen in plain CDX`() {
    let line = CDXLine(url: "http://a.example/\u{1F600}\u{7F}", at: Self.at)
    #expect(
      line.cdxj
        == "example,a)/%f0%9f%98%80%7f 20261127100000 {\"url\": \"http://a.example/\\ud83d\\ude00\\u007f\"}")
    #expect(line.cdx11.hasSuffix(" - - - - - - - -"))
    #expect(CDXLine.header.split(separator: " ").count - 1 == line.cdx11.split(separator: " ").count)
  }
}
