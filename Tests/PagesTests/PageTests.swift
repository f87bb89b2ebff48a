import Evidence
import Foundation
import HTTPAnswers
import Model
import Storage
import Testing

@testable import Pages

/// What each page shows.
struct PageTests {
  private func main(_ answer: Answer) -> String {
    StrictMarkup.plain(StrictMarkup(answer.body).elements.first { $0.name == "main" }?.text ?? "")
  }

  @Test func `the listing of edits gives each revision once, page after page`() throws {
    let room = try Newsroom()
    for minute in 0..<60 {
      try room.take(
        Newsroom.ferry, minute: Int64(minute), "Count of the boats",
        ["There were \(minute + 100) boats in the harbour when the council counted them this week."])
    }
    var (target, seen) = ("/", [String]())
    for _ in 0..<10 {
      let page = StrictMarkup(try room.page(target).body)
      seen += page.elements.filter { $0.name == "a" && $0.text.hasPrefix("Revision ") }.map(\.text)
      guard let next = page.elements.first(where: { $0.text == "Earlier edits →" && $0.name == "a" }) else { break }
      target = next.attributes["href"] ?? ""
    }
    #expect(seen == (2...60).reversed().map { "Revision \($0)" })
  }

  @Test func `all stealth edits stand before any other, over the pages of the whole question`() throws {
    let room = try Newsroom()
    for minute in 0..<70 {
      // Every other time a number differs, else nothing but a comma.
      let said =
        "There were \(minute / 2 + 100) boats\(minute % 2 == 0 ? "" : ",") in the harbour when the council counted them."
      try room.take(Newsroom.ferry, minute: Int64(minute), "Count of the boats", [said])
    }
    var (target, seen) = ("/?order=stealth", [(ordinal: Int, isStealth: Bool)]())
    for _ in 0..<20 {
      let page = StrictMarkup(try room.page(target).body)
      seen += page.elements.filter { $0.attributes["class"] == "meta" && $0.text.hasPrefix("Revision ") }.map {
        (Int($0.text.dropFirst(9).prefix { $0.isNumber }) ?? 0, $0.text.contains("stealth"))
      }
      guard let next = page.elements.first(where: { $0.text == "Earlier edits →" && $0.name == "a" }) else { break }
      target = next.attributes["href"] ?? ""
    }
    let (stealth, others) = (seen.prefix { $0.isStealth }, seen.drop { $0.isStealth })
    #expect(stealth.count == 34 && others.count == 35 && others.allSatisfy { !$0.isStealth })
    for part in [Array(stealth), Array(others)] { #expect(part.map(\.ordinal) == part.map(\.ordinal).sorted(by: >)) }
    #expect(Set(seen.map(\.ordinal)) == Set(2...70))
  }

  @Test func `filters leave the edits asked for, and stealth edits go first when asked`() throws {
    let room = try Newsroom.filled()
    #expect(try main(room.page("/?class=correction-notice")).contains("misstated"))
    #expect(try !main(room.page("/?class=correction-notice")).contains("40"))
    #expect(try !main(room.page("/?language=zh")).contains("Council"))
    #expect(try main(room.page("/?language=zh")).contains("议会"))
    #expect(try main(room.page("/?source=\(Newsroom.ferry)")).contains("Council"))
    let stealth = StrictMarkup(try room.page("/?order=stealth").body)
    let sections = stealth.elements.filter { $0.name == "section" }
    #expect(sections.count == 2)
    #expect(sections[0].text.contains("stealth") && !sections[1].text.contains("stealth"))
  }

  @Test func `an article's page tells its whole life`() throws {
    let room = try Newsroom.filled()
    let text = main(try room.page("/article/\(try room.article())"))
    for words in [
      "5 revisions", "back to revision 1", "correction notice", "Council approves disputed ferry contract", "Mara Lind",
      "failed check", "Who else says the same", "Ferry: contract approved", "check is due", "captures of the article",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(main(try room.page("/article/\(try room.article("never"))")).contains("No revisions yet"))
  }

  @Test func `a comparison has every sentence of both texts, and numbers its edits in reading order`() throws {
    let room = try Newsroom.filled()
    let id = try room.article()
    for (from, to) in [(1, 2), (2, 3), (3, 4), (4, 5), (1, 4), (5, 1), (3, 3)] {
      for view in ["", "&view=side"] {
        let answer = try room.page("/article/\(id)/compare?from=\(from)&to=\(to)\(view)")
        let page = StrictMarkup(answer.body)
        let numbers = page.elements.compactMap { element in
          element.attributes["id"].flatMap { $0.hasPrefix("e") ? Int($0.dropFirst()) : nil }
        }
        #expect(numbers == Array(1..<(numbers.count + 1)), "\(from)..\(to)\(view): \(numbers)")
        let text = page.elements.first { $0.attributes["class"] == "reading" }?.text ?? ""
        for ordinal in [from, to] {
          let said = try #require(try room.store.text(id, .ordinal(ordinal))).text
          for name in said.byline { #expect(text.contains(name)) }
          for words in said.blocks.flatMap({ $0.sentences.flatMap { $0.text.split(separator: " ") } }) {
            #expect(StrictMarkup.plain(text).contains(words), "\(from)..\(to)\(view): \(words)")
          }
        }
      }
    }
  }

  @Test func `what moved is linked with where it was`() throws {
    let room = try Newsroom.filled()
    try room.take("https://post.example/move", minute: 1, "On the quay", Self.quay)
    try room.take("https://post.example/move", minute: 2, "On the quay", [Self.quay[3]] + Self.quay[..<3])
    let answer = try room.page("/article/\(try room.article("/move"))/compare")
    let page = StrictMarkup(answer.body)
    let away = try #require(page.elements.first { $0.attributes["class"] == "away" })
    let here = try #require(page.elements.first { $0.attributes["href"] == "#\(away.attributes["id"] ?? "")" })
    #expect(here.text == "moved from elsewhere")
  }

  @Test func `a headline that stood in the body is linked with where it stood, and each edit is shown once`() throws {
    let room = try Newsroom.filled()
    let url = "https://post.example/crossing"
    try room.take(url, minute: 1, "On the quay", Self.quay)
    try room.take(url, minute: 2, Self.quay[0], Array(Self.quay[1...]))
    try room.take(url, minute: 3, "On the quay", Self.quay)
    try room.take(url, minute: 4, "On the quay: " + Self.quay[0], Array(Self.quay[1...]))
    let id = try room.article("/crossing")
    for (from, to) in [(1, 2), (2, 3), (3, 4), (4, 1)] {
      for view in ["", "&view=side"] {
        let page = StrictMarkup(try room.page("/article/\(id)/compare?from=\(from)&to=\(to)\(view)").body)
        #expect(page.problems.isEmpty)
        let ids = page.elements.compactMap { $0.attributes["id"] }
        #expect(ids.count == Set(ids).count, "\(from) \(to) \(view)")
        let links = page.elements.compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }.map {
          $0.dropFirst()
        }
        #expect(links.allSatisfy { ids.contains(String($0)) }, "\(from) \(to) \(view)")
      }
    }
  }

  private static let quay = [
    "The first boat of the season came in at seven in the morning with a load of herring.",
    "A crowd of some two hundred people had gathered on the quay to see it.",
    "The mayor held a speech that could not be heard for the gulls.",
    "The brass band of the fire brigade played until it began to rain.",
  ]

  @Test func `a comparison is found again by URL and instants`() throws {
    let room = try Newsroom.filled()
    let id = try room.article()
    let page = StrictMarkup(try room.page("/article/\(id)/compare?from=2&to=4").body)
    let link = try #require(page.elements.compactMap { $0.attributes["href"] }.first { $0.hasPrefix("/compare?url=") })
    let again = StrictMarkup(try room.page(link).body)
    #expect(page.elements.first { $0.name == "title" }?.text == again.elements.first { $0.name == "title" }?.text)
    #expect(try room.text("/article/\(id)/compare?from=\(Newsroom.start)&to=4").contains("revision 1"))
  }

  @Test func `long texts are cut into pages that have all of them`() throws {
    let room = try Newsroom()
    let lines = (0..<1500).map {
      "Line number \($0) of the long report says that nothing was amiss on that day at all."
    }
    try room.take(Newsroom.ferry, minute: 0, "A long report", lines)
    try room.take(Newsroom.ferry, minute: 1, "A long report", lines.map { $0.replacing("nothing", with: "something") })
    for path in ["revision/1", "blame", "compare", "compare?view=side"] {
      var (target, seen, count) = ("/article/1/\(path)", Set<Int>(), 0)
      while count < 60 {
        let answer = try room.page(target)
        #expect(answer.body.count < 100_000, "\(target): \(answer.body.count)")
        let page = StrictMarkup(answer.body)
        #expect(page.problems.isEmpty)
        for match in main(answer).matches(of: /Line number (\d+) of/) { if let n = Int(match.1) { seen.insert(n) } }
        count += 1
        guard let next = page.elements.first(where: { $0.text == "Rest of the text →" && $0.name == "a" }) else {
          break
        }
        target = next.attributes["href"] ?? ""
      }
      #expect(seen.count == 1500, "\(path): \(seen.count) on \(count) pages")
    }
  }

  @Test func `of a long text only what changed is shown, and how much was left out`() throws {
    let room = try Newsroom()
    var lines = (0..<600).map { "Line number \($0) of the long report says that nothing was amiss on that day at all." }
    try room.take(Newsroom.ferry, minute: 0, "A long report", lines)
    lines[300] = lines[300].replacing("nothing", with: "something")
    try room.take(Newsroom.ferry, minute: 1, "A long report", lines)
    let answer = try room.page("/article/1/compare")
    #expect(answer.body.count < 12_000)
    #expect(main(answer).contains("299 blocks unchanged") && main(answer).contains("298 blocks unchanged"))
  }

  @Test func `blame gives each sentence's revision and its earlier wordings`() throws {
    let room = try Newsroom.filled()
    let page = StrictMarkup(try room.page("/article/\(try room.article())/blame?revision=2").body)
    let row = try #require(page.elements.first { $0.name == "tr" && $0.text.contains("40 million") })
    #expect(
      row.text.contains("rev. 2") && row.text.contains("1 earlier wording") && row.text.contains("worth 4 million"))
  }

  @Test func `a phrase is charted by outlet`() throws {
    let room = try Newsroom.filled()
    let page = StrictMarkup(try room.page("/phrase?q=runs+until+2031").body)
    let chart = try #require(page.elements.first { $0.name == "svg" })
    #expect(chart.text.contains("post.example") && chart.text.contains("wire.example"))
    let old = try room.text("/phrase?q=4+million+crowns")
    #expect(old.contains("still there"))
  }

  @Test func `evidence can be recomputed from the page`() throws {
    let room = try Newsroom.filled()
    let digest = try #require(try room.store.firstCapture(try room.article(), .ordinal(1)))
    let page = StrictMarkup(try room.page("/capture/\(digest.hexadecimal)").body)
    let text = StrictMarkup.plain(try #require(page.elements.first { $0.name == "pre" }).text)
    #expect(Digest(ofUTF8: text) == digest)

    let body = try room.page("/capture/\(digest.hexadecimal)/body")
    #expect(body.field("Content-Type") == "text/plain; charset=utf-8")
    #expect(body.field("Content-Security-Policy")?.hasPrefix("sandbox; default-src 'none'") == true)
    #expect(body.field("X-Content-Type-Options") == "nosniff")
    #expect(text.contains("payload \(Digest(of: body.body))"))

    let proof = try CaptureProof(try room.page("/capture/\(digest.hexadecimal)/proof").body)
    #expect(try proof.verify(against: try room.store.verifierKey(), body: body.body).capture.digest == digest)
  }

  @Test func `sources show their health, and forms only where writing is allowed`() throws {
    let room = try Newsroom.filled()
    let text = main(try room.page("/sources"))
    #expect(text.contains("failing") && text.contains("paused since") && text.contains("The <Post>"))
    #expect(!(try room.text("/sources")).contains("method=\"post\""))
    #expect(
      String(decoding: try room.page("/sources", takesWrites: true).body, as: UTF8.self).contains("method=\"post\""))
    let misses = Pages { _, _ in [Newsroom.ferry: 0.034] }
    #expect(main(try #require(try room.ask("/sources", pages: misses))).contains("3.4 %"))
  }

  @Test func `forms add, pause, resume and remove`() throws {
    let room = try Newsroom.filled()
    func post(_ form: String, takesWrites: Bool = true) throws -> Answer? {
      try room.ask("/sources", method: "POST", takesWrites: takesWrites, form: form)
    }
    #expect(try post("do=add&name=https%3A%2F%2Fnew.example%2Ffeed&kind=feed", takesWrites: false) == nil)
    #expect(
      main(try #require(try post("do=add&name=https%3A%2F%2Fnew.example%2Ffeed&kind=feed"))).contains("is watched"))
    #expect(main(try #require(try post("do=pause&name=https%3A%2F%2Fnew.example%2Ffeed"))).contains("is paused"))
    #expect(main(try #require(try post("do=resume&name=https%3A%2F%2Fnew.example%2Ffeed"))).contains("watched again"))
    #expect(main(try #require(try post("do=remove&name=https%3A%2F%2Fnew.example%2Ffeed"))).contains("off the list"))
    #expect(try post("do=remove&name=https%3A%2F%2Fnew.example%2Ffeed")?.status == 400)
    #expect(try post("do=add&name=ftp%3A%2F%2Fnew.example%2F")?.status == 400)
    #expect(try post("do=dance")?.status == 400)
    #expect(try room.store.sourceRows(limit: 10).count == 3)
  }

  @Test func `assets are named by their digests`() throws {
    let room = try Newsroom()
    for asset in Asset.allCases {
      let answer = try room.page("/" + asset.path)
      #expect(answer.body == asset.bytes && !asset.bytes.isEmpty)
      #expect(asset.path.contains(Digest(of: asset.bytes).hexadecimal.prefix(16)))
      #expect(answer.validity == .immutable(tag: asset.tag))
    }
  }

  @Test func `markup is what is written in the source, all else is text`() {
    let hostile = "<b onclick=\"x\">'&\u{0}\u{1B}"
    let made: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
    let escaped = "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;\u{FFFD}\u{FFFD}"
    #expect(String(decoding: made.bytes, as: UTF8.self) == "<p title=\"\(escaped)\">\(escaped)</p>")
    let nested: HTML = "\(made)\([made, made])\(nil as HTML?)\(7)"
    #expect(nested.bytes.count == made.bytes.count * 3 + 1)
  }

  @Test(
    arguments: [
      (5_000, "5 s"), (900_000, "15 min"), (3_600_000, "60 min"), (10_800_000, "3 h"), (259_200_000, "3 days"),
      (94_608_000_000, "3 years"),
    ] as [(Int64, String)])
  func `lengths of time are told in one unit`(milliseconds: Int64, words: String) {
    #expect(Words.lasting(milliseconds) == words)
  }

  @Test(arguments: [1000, 60_000, 3_600_000, 86_400_000, 31_536_000_000, 946_080_000_000] as [Int64])
  func `a scale of time has a few labels at round times, whatever its length`(span: Int64) {
    let axis = TimeAxis(
      first: Newsroom.start, last: Newsroom.start.advanced(byMilliseconds: span), left: 0, right: 100)
    let ticks = axis.ticks
    #expect((1...13).contains(ticks.count), "\(ticks)")
    #expect(ticks.allSatisfy { $0.at >= axis.first && $0.at <= axis.last && $0.at.milliseconds % 1000 == 0 })
    #expect(Set(ticks.map(\.at)).count == ticks.count)
    #expect(axis.tenths(axis.first) == 0 && axis.tenths(axis.last) == 1000)
  }
}
