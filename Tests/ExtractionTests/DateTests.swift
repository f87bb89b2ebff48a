import Model
import Testing

@testable import Extraction

/// Dates as pages write them, and which of them is the day of publication.
struct DateTests {
  @Test(arguments: [
    ("20 Dec 2023", "en", "2023-12-20"), ("December 18th, 2023", "en", "2023-12-18"),
    ("Dec. 5, 2023", "en", "2023-12-05"),
    ("Monday, February 12, 2024, 07:00 PM", "en", "2024-02-12T19:00:00"), ("03/04/2021", "en-US", "2021-03-04"),
    ("03/04/2021", "en-GB", "2021-04-03"), ("13/04/2021", "en-US", "2021-04-13"),
    ("12:30 a.m., May 6, 2021", "en", "2021-05-06"),
    ("7. Mai 2020", "de", "2020-05-07"), ("Do 25.04.24 | 14:07 Uhr", "de", "2024-04-25T14:07:00"),
    ("le 1er juillet 2019 à 19h47", "fr", "2019-07-01T19:47:00"), ("23 août 2019", "fr", "2019-08-23"),
    ("Miércoles, 15 de Abril de 2020", "es", "2020-04-15"),
    ("11 de Outubro de 2020, 8:34", "pt", "2020-10-11T08:34:00"),
    ("29 luglio 2022 alle 10:05", "it", "2022-07-29T10:05:00"), ("9 oktober 2020 11:12", "nl", "2020-10-09T11:12:00"),
    ("15 августа 2016, 13:43", "ru", "2016-08-15T13:43:00"), ("3 травня 2022 р.", "uk", "2022-05-03"),
    ("12 listopada 2021", "pl", "2021-11-12"), ("12. listopada 2021.", "hr", "2021-10-12"),
    ("2020. október 26.", "hu", "2020-10-26"), ("2020 m. spalio 5 d.", "lt", "2020-10-05"),
    ("5 Mayıs 2021", "tr", "2021-05-05"), ("Senin, 5 Mei 2021 10:30 WIB", "id", "2021-05-05T03:30:00.000Z"),
    ("ngày 5 tháng 10 năm 2021", "vi", "2021-10-05"), ("5 พฤษภาคม 2563", "th", "2020-05-05"),
    ("2019年2月13日 08:00", "ja", "2019-02-13T08:00:00"), ("2018년 9월 28일", "ko", "2018-09-28"),
    ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "ar", "2020-10-07T12:09:00"), ("٧ أكتوبر ٢٠٢٠", "ar", "2020-10-07"),
    ("५ मई २०२१", "hi", "2021-05-05"), ("5 Μαΐου 2021", "el", "2021-05-05"), ("5 במאי 2021", "he", "2021-05-05"),
    ("Thu, 21 Dec 2023 09:45:16 EST", "en", "2023-12-21T14:45:16.000Z"),
    ("Sun, 11 Oct 2020 07:34:36 +0200", "en", "2020-10-11T05:34:36.000Z"),
    ("2020-12-05T23:15:0Z", "it", "2020-12-05T23:15:00.000Z"),
    ("2021/2/3", "en", "2021-02-03"), ("26 | 01 | 2022", "de", "2022-01-26"),
    ("2021-02-13 and more", "en", "2021-02-13"),
  ])
  func `a date is read in the words of its language`(text: String, language: String, stamp: String) {
    #expect(WrittenDate.field(text, language: language)?.description == stamp)
  }

  @Test(arguments: [
    "", "2021", "May 2021", "31 February 2021", "2021-02-31", "10.45.30", "1.2.3.4", "Apollo 13, 50 years",
    "May 35, 2021",
    "12 monkeys 1995", "1234567890123456789012", "٠", "5 of 12", "0/0/0000", "of of of of",
  ])
  func `what is no date is none`(text: String) {
    #expect(WrittenDate.field(text, language: "en") == nil)
  }

  @Test(
    arguments: [
      ("https://post.example/2021/02/13/x", "2021-02-13"), ("https://post.example/2021-02-13-x", "2021-02-13"),
      ("https://post.example/a/20210213/x", "2021-02-13"), ("https://post.example/2021/feb/13/x", "2021-02-13"),
      ("https://post.example/2021/2/3/x", "2021-02-03"), ("https://post.example/2021/02/x", nil),
      ("https://post.example/id/202102131/x", nil), ("https://post.example/2021/13/45/x", nil), ("", nil), ("2", nil),
    ] as [(String, String?)])
  func `a day is read off an address`(url: String, day: String?) {
    #expect(PageFields.day(inURL: url)?.description == day)
  }

  private let body = "<p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p>"

  private func published(head: String = "", _ page: String) throws -> PartialTimestamp? {
    let markup = "<!doctype html><html lang=en><head>\(head)</head><body>\(page)</body></html>"
    return try #require(
      readArticle(markup: Array(markup.utf8), contentType: "text/html", url: "https://post.example/x")
    ).published
  }

  @Test func `a date in words near the headline is the last resort`() throws {
    let page =
      "<div>Today is Friday, 1 January 2038, a fine day for all of us to read the news, as ever, is it not?</div>"
      + "<h1>Bridge shut</h1><div>By Ada Miller | March 9, 2023</div>\(body)\(body)"
    #expect(try published(page)?.description == "2023-03-09")
    #expect(
      try published("<h1>Bridge shut</h1>\(body)\(body)<div>Posted on 9 March 2023</div>")?.description == "2023-03-09")
    #expect(
      try published("<h1>Bridge shut</h1><div>Updated: 11 March 2023</div><div>9 March 2023</div>\(body)")?.description
        == "2023-03-09")
    #expect(try published("<h1>Bridge shut</h1>\(body)") == nil)
  }

  @Test func `the time of an update is not that of publication`() throws {
    let times =
      "<time class=updated datetime=2023-03-11>x</time><time class='entry-date published' datetime=2023-03-09>x</time>"
    #expect(try published("<article><h1>Bridge shut</h1>\(times)\(body)</article>")?.description == "2023-03-09")
  }

  @Test func `times of comments and of other articles are passed over`() throws {
    let page =
      "<article><h1>Bridge shut</h1><div class=related><time datetime=2023-01-01>x</time></div>"
      + "<time>9 March 2023</time>\(body)<div class=comments><time datetime=2023-04-01>x</time></div></article>"
    #expect(try published(page)?.description == "2023-03-09")
  }

  @Test func `an instant in UTC gets the offset that the page shows`() throws {
    let head = "<meta property=article:published_time content='2023-12-23T01:48:19Z'>"
    let shown = try published(
      head: head, "<article><h1>Bridge shut</h1><time datetime='2023-12-22 20:48:19'>x</time>\(body)</article>")
    #expect(shown?.offsetMinutes == -300)
    #expect(shown?.date.day == 22)
    #expect(shown?.description == "2023-12-23T01:48:19.000Z")
    let words = try published(head: head, "<h1>Bridge shut</h1><div>December 22, 2023 at 8:48 p.m.</div>\(body)")
    #expect(words?.offsetMinutes == -300)
  }

  @Test func `a date that runs on with its neighbours is read in its own text`() throws {
    let line = "<div><span>Ada Miller</span><span>Mar 9, 2023</span><span>5757 shares</span></div>"
    #expect(try published("<h1>Bridge shut</h1>\(line)\(body)")?.description == "2023-03-09")
    let label = "<p>最終更新日：2019年4月2日<br>独立行政法人港湾管理機構の安全管理部門</p>"
    #expect(try published("<h1>Bridge shut</h1>\(label)\(body)")?.description == "2019-04-02")
  }

  @Test func `a title may end in the day`() throws {
    let head = "<title>Bridge shut | Post | 28.04.2023</title>"
    #expect(try published(head: head, "<h1>Bridge shut</h1>\(body)")?.description == "2023-04-28")
    let named = "<title>Bridge shut | What happened on 28.04.2023</title>"
    #expect(try published(head: named, "<h1>Bridge shut</h1>\(body)") == nil)
  }

  @Test func `a time above the element that holds the body counts`() throws {
    let page =
      "<header><h1>Bridge shut</h1><p><span>On </span><time datetime='2019-06-28T13:49:45Z'>28 June 2019</time></p></header>"
      + "<main>\(body)\(body)<time datetime='2019-09-24'>24 September 2019</time></main>"
    #expect(try published(page)?.description == "2019-06-28T13:49:45.000Z")
  }

  @Test func `headings that are dates are a list of versions`() throws {
    let list = "<h6>24 Nov 2021</h6><h6>28 Oct 2021</h6><h6>26 Aug 2021</h6>"
    #expect(try published("<h1>Our rules</h1><p>Versions</p>\(list)\(body)\(body)") == nil)
  }

  @Test func `an instant is read in whole seconds`() throws {
    let head = "<meta property=article:published_time content='2021-10-29T14:15:22.911Z'>"
    #expect(try published(head: head, "<h1>Bridge shut</h1>\(body)")?.description == "2021-10-29T14:15:22.000Z")
  }

  @Test(arguments: [
    ("https://post.example.it/a", "06 Dicembre 2020", 60 as Int64?),
    ("https://post.example.it/a", "05 Dicembre 2020", nil),
    ("https://post.example/a", "06 Dicembre 2020", nil), ("https://post.example.jp/a", "06 Dicembre 2020", 540),
  ])
  func `a day that is not that of UTC is that of the page's country`(url: String, day: String, offset: Int64?) throws {
    let markup =
      "<html lang=it><meta property=article:published_time content='2020-12-05T23:15:00Z'><h1>Ponte chiuso</h1><p>\(day)</p>"
      + body
    let text = try #require(readArticle(markup: Array(markup.utf8), contentType: "text/html", url: url))
    #expect(text.published?.offsetMinutes == offset ?? 0)
    #expect(text.published?.description == "2020-12-05T23:15:00.000Z")
  }

  @Test func `a country's clock knows summer`() throws {
    let summer = try #require(PartialTimestamp("2021-03-28T01:00:00Z")).instant(assumingOffsetMinutes: 0)
    let winter = try #require(PartialTimestamp("2021-10-31T01:00:00Z")).instant(assumingOffsetMinutes: 0)
    #expect(HomeZone.offset(host: "post.de", at: summer) == 120)
    #expect(HomeZone.offset(host: "post.de", at: Instant(milliseconds: summer.milliseconds - 1)) == 60)
    #expect(HomeZone.offset(host: "post.de", at: winter) == 60)
    #expect(HomeZone.offset(host: "post.com", at: winter) == nil)
    #expect(HomeZone.offset(host: "", at: winter) == nil)
  }
}
