import Robots
import Testing

/// What a robots.txt allows, after RFC 9309.
@Suite struct RobotsFileTests {
  private func allows(_ file: String, _ path: String, for token: String = "Stet") -> Bool {
    RobotsFile(Array(file.utf8)).rules(for: token).decision(for: path).allows
  }

  // §2.2.1
  @Test(arguments: [
    ("User-agent: stet\nDisallow: /", false), ("user-AGENT: STET\ndisallow: /", false),
    ("User-agent: Stet/2.0 (archive)\nDisallow: /", false), ("User-agent: ste\nDisallow: /", true),
    ("User-agent: stetson\nDisallow: /", true), ("User-agent: stet-bot\nDisallow: /", true),
    ("User-agent: *\nDisallow: /", false), ("User-agent: * x\nDisallow: /", false),
    ("User-agent: *x\nDisallow: /", true),
    ("User-agent:\nDisallow: /", true), ("Disallow: /", true), ("", true),
    // Its own group alone counts, an empty one too.
    ("User-agent: *\nDisallow: /\nUser-agent: stet\nDisallow:", true),
    ("User-agent: *\nDisallow: /\n\nUser-agent: stet", true),
    ("User-agent: stet\nAllow: /\nUser-agent: *\nDisallow: /", true),
    // Several crawlers share a group; empty lines and other lines do not end it (§2.2.4).
    ("User-agent: a\nUser-agent: stet\nUser-agent: b\nDisallow: /", false),
    ("User-agent: stet\n\nSitemap: https://example.org/s.xml\nUser-agent: b\n\nDisallow: /", false),
    ("User-agent: stet\nAllow: /x\nUser-agent: b\nDisallow: /", true),
    // All groups that name it are one.
    ("User-agent: stet\nDisallow: /x\nUser-agent: b\nDisallow: /\nUser-agent: STET\nDisallow: /a", false),
  ])
  func `groups are found by the product token`(file: String, isAllowed: Bool) {
    #expect(allows(file, "/a") == isAllowed)
  }

  // §2.2.2, §2.2.3
  @Test(arguments: [
    ("Disallow: /a", "/a", false), ("Disallow: /a", "/abc", false), ("Disallow: /a/", "/a", true),
    ("Disallow: /A", "/a", true),
    ("Allow: /a/b\nDisallow: /a", "/a/b/c", true), ("Disallow: /a\nAllow: /a/b", "/a/c", false),
    ("Disallow: /a\nAllow: /a", "/a", true), ("Allow: /a\nDisallow: /*", "/a", true),
    ("Allow: /a\nDisallow: /**", "/a", false),
    ("Disallow:", "/a", true), ("Disallow: /", "/robots.txt", true), ("Disallow: /\nAllow: /$", "/", true),
    ("Disallow: /\nAllow: /$", "/a", false), ("Disallow: /*.php$", "/a.php", false),
    ("Disallow: /*.php$", "/a.php?x", true),
    ("Disallow: /*.php", "/a.php?x", false), ("Disallow: /a*b*c", "/aXbYbZc", false),
    ("Disallow: /a*b*c$", "/abcb", true),
    ("Disallow: *a", "/xa", false), ("Disallow: /*", "/", false), ("Disallow: /a$b", "/a$bc", false),
    ("Disallow: /a$b", "/a", true), ("Disallow: a", "/a", true), ("Disallow: /$$", "/$", false),
    ("Disallow: $", "/", true),
    ("Disallow: *$", "/anything", false), ("Disallow: /x*********************y$", "/x", true),
    // The RFC's table of encodings.
    ("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz", false),
    ("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false),
    ("Disallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar", false),
    ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false), ("Disallow: /foo/bar/%e3%83%84", "/foo/bar/ツ", false),
    ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false), ("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7a", false),
    ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", false),
    ("Disallow: /path/foo-%24", "/path/foo-$", false), ("Disallow: /path/foo-%24", "/path/foo-", true),
    // A slash in the path means something else when it is encoded; a percent sign may stand for itself.
    ("Disallow: /a%2Fb", "/a/b", true), ("Disallow: /a%2fb", "/a%2Fb", false), ("Disallow: /100%", "/100%", false),
    ("Disallow: /a%zz", "/a%zz", false), ("Disallow: /a%4", "/a%41", true),
  ])
  func `the longest rule decides, and Allow among equals`(rules: String, path: String, isAllowed: Bool) {
    #expect(allows("User-agent: *\n" + rules, path) == isAllowed)
  }

  @Test(arguments: [
    "\u{feff}User-agent: *\nDisallow: /", "User-agent: *\rDisallow: /\r", "User-agent: *\r\nDisallow: /\r\n",
    "\n\n  User-agent :\t* # all\n\tDisallow : /  # comment\n", "User-agent *\nDisallow /",
    "Useragent: *\nDissallow: /",
    "<html>\nUser-agent: *\n<p>: x\nDisallow: /", "User-agent: *\nNoindex: /\nDisallow: /\nHost: x",
    "User-agent: *\n\0\0\nDisallow: /", "user agent: *\ndisalow: /",
  ])
  func `files as they are found say what was meant`(file: String) {
    #expect(!allows(file, "/a"))
  }

  @Test func `what lies beyond 500 KiB is ignored, a line cut in two too`() {
    // §2.5
    let head = Array("User-agent: *\nDisallow: /a\n".utf8)
    let line = Array("Disallow: /bcd".utf8)
    for shown in 0...line.count + 1 {
      let filler = [UInt8](repeating: UInt8(ascii: "#"), count: RobotsFile.longest - head.count - shown - 1) + [10]
      let rules = RobotsFile(head + filler + line + [10]).rules(for: "stet")
      #expect(!rules.decision(for: "/a").allows)
      #expect(rules.decision(for: "/b").allows)
      #expect(rules.decision(for: "/bcd").allows == (shown < line.count))
    }
  }

  @Test func `all sitemaps are listed, whatever group they stand in`() {
    let file = """
      Sitemap: https://example.org/a.xml
      User-agent: x
      Disallow: /
      sitemap:https://example.org/b.xml?x=1:2 # second
      Sitemap: /c.xml
      """
    #expect(
      RobotsFile(Array(file.utf8)).sitemaps
        == ["https://example.org/a.xml", "https://example.org/b.xml?x=1:2", "/c.xml"])
  }

  @Test(
    arguments: [
      ("User-agent: *\nCrawl-delay: 5", Duration.seconds(5)),
      ("User-agent: *\nCrawl-delay: 0.25 # s", .milliseconds(250)),
      ("User-agent: *\nCrawl-delay: .5", .milliseconds(500)), ("User-agent: *\nCrawl-delay: 7.", .seconds(7)),
      ("User-agent: *\nCrawl-delay: 99999999999999999999", RobotsRules.longestCrawlDelay),
      ("User-agent: *\nCrawl-delay: 3\nCrawl-delay: 4\nCrawl-delay: 2", .seconds(4)),
      ("User-agent: *\nCrawl-delay: ten", nil), ("User-agent: *\nCrawl-delay: -1", nil),
      ("User-agent: *\nCrawl-delay:", nil),
      ("User-agent: *\nCrawl-delay: 1.2.3", nil), ("User-agent: *\nCrawl-delay: .", nil), ("Crawl-delay: 5", nil),
      // It belongs to the crawlers named just before it, and does not part those from the rules that follow.
      ("User-agent: a\nCrawl-delay: 9\nUser-agent: stet\nCrawl-delay: 2\nDisallow: /", .seconds(2)),
      ("User-agent: a\nUser-agent: stet\nCrawl-delay: 9", .seconds(9)),
      ("User-agent: stet\nDisallow: /x\nCrawl-delay: 9\nUser-agent: *\nCrawl-delay: 30", .seconds(9)),
      ("User-agent: *\nCrawl-delay: 30\nDisallow: /x\nUser-agent: stet\nDisallow: /", nil),
    ] as [(String, Duration?)])
  func `Crawl-delay is in seconds, and a minute at most`(file: String, delay: Duration?) {
    #expect(RobotsFile(Array(file.utf8)).rules(for: "stet").crawlDelay == delay)
  }

  @Test func `the decision names the rule, if any`() {
    let rules = RobotsFile(Array("User-agent: *\nDisallow: /ab\nAllow: /abc".utf8)).rules(for: "stet")
    guard case .disallowed(let rule) = rules.decision(for: "/abd") else { return #expect(Bool(false)) }
    #expect(rule.length == 3 && !rule.allows)
    #expect(rules.decision(for: "/x") == .allowed(by: nil))
    #expect(RobotsRules.none.decision(for: "/x") == .allowed(by: nil))
  }

  @Test func `a file that takes too much work is obeyed by staying away`() {
    let rule = "Disallow: /*" + String(repeating: "a", count: 4000) + "b\n"
    let file = "User-agent: *\n" + String(repeating: rule, count: 100)
    let decision = RobotsFile(Array(file.utf8)).rules(for: "stet")
      .decision(for: "/" + String(repeating: "a", count: 8000))
    #expect(decision == .tooCostly)
    #expect(!decision.allows)
  }

  @Test func `no octets do harm`() {
    var number: UInt32 = 9309
    func next(_ bound: Int) -> Int {
      number = number &* 1_664_525 &+ 1_013_904_223
      return Int(number >> 8) % bound
    }
    let pieces = [
      "User-agent:", "Disallow:", "Allow:", "Crawl-delay:", "Sitemap:", "*", "$", "/", "%", "%2", "%2F", "%41", "stet",
      "\n",
      "\r", " ", "\t", "#", ":", "?", "a", "\u{feff}", "ツ", "\0",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      var (file, path): ([UInt8], [UInt8]) = ([], [47])
      for _ in 0..<next(60) { file += next(8) == 0 ? [UInt8(next(256))] : pieces[next(pieces.count)] }
      for _ in 0..<next(20) { path += next(8) == 0 ? [UInt8(next(256))] : pieces[next(pieces.count)] }
      let text = String(decoding: path, as: UTF8.self)
      let rules = RobotsFile(file).rules(for: "stet")
      let decision = rules.decision(for: text)
      // Reading is a function of the lines: other line ends say the same.
      let other = RobotsFile(file.map { $0 == 13 ? 10 : $0 }).rules(for: "STET")
      #expect(other.decision(for: text) == decision)
      #expect(other.crawlDelay == rules.crawlDelay)
    }
  }

  @Test func `a match is what the definition says`() {
    // §2.2.3, as a recursion that takes its time.
    func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
      guard let first = pattern.first else { return true }
      if first == UInt8(ascii: "$"), pattern.count == 1 { return path.isEmpty }
      if first == UInt8(ascii: "*") {
        return (path.startIndex...path.endIndex).contains { matches(pattern.dropFirst(), path[$0...]) }
      }
      return path.first == first && matches(pattern.dropFirst(), path.dropFirst())
    }
    var number: UInt32 = 1
    func next(_ bound: Int) -> Int {
      number = number &* 1_664_525 &+ 1_013_904_223
      return Int(number >> 8) % bound
    }
    for _ in 0..<4000 {
      let pattern = [47] + (0..<next(8)).map { _ in Array("aab*".utf8)[next(4)] } + (next(3) == 0 ? [36] : [])
      let path = [47] + (0..<next(10)).map { _ in Array("aab".utf8)[next(3)] }
      let file = Array("User-agent: *\nDisallow: ".utf8) + pattern
      let decision = RobotsFile(file).rules(for: "x").decision(for: String(decoding: path, as: UTF8.self))
      #expect(decision.allows != matches(pattern[...], path[...]), "\(String(decoding: pattern, as: UTF8.self))")
    }
  }
}
