import Foundation
import HTTPAnswers
import Markup
import Model
import Pages
import Storage
import Testing

/// The whole site, gone through link by link.
struct SiteTests {
  /// All pages that can be reached, each once, by their targets.
  private static func crawl(_ room: Newsroom, takesWrites: Bool = false) throws -> [String: Answer] {
    let asked = [
      "/", "/?class=number&class=quote", "/?order=stealth", "/?since=2027-01-01", "/search?q=ferry+contract",
      "/search?q=%22ferry+contract%22&language=en", "/search?q=nothing+like+that", "/phrase?q=ferry+contract",
      "/phrase?q=never+said", "/articles?q=ferry", "/articles?q=no-such", "/articles?q=%3Cscript%3E", "/about",
      "/status",
    ]
    var (pages, left) = ([String: Answer](), asked)
    while let target = left.popLast() {
      guard pages[target] == nil else { continue }
      let answer = try room.page(target, takesWrites: takesWrites)
      pages[target] = answer
      guard answer.field("Content-Type")?.hasPrefix("text/html") == true else { continue }
      for element in StrictMarkup(answer.body).elements {
        for key in ["href", "src", "action"] {
          guard let link = element.attributes[key], link.hasPrefix("/"), !link.hasPrefix("/feeds/") else { continue }
          if element.attributes["method"] == "post" { continue }
          left.append(String(link.prefix { $0 != "#" }))
        }
      }
      #expect(pages.count < 500, "the site has no end")
      if pages.count >= 500 { break }
    }
    return pages
  }

  @Test func `every page is well-formed, below 100 kB, and each of its links leads to a page`() throws {
    let room = try Newsroom.filled()
    for takesWrites in [false, true] {
      let pages = try Self.crawl(room, takesWrites: takesWrites)
      #expect(pages.count > 60)
      for (target, answer) in pages {
        #expect(answer.status == 200, "\(target)")
        guard answer.field("Content-Type")?.hasPrefix("text/html") == true else { continue }
        #expect(answer.body.count < 100_000, "\(target): \(answer.body.count) bytes")
        let page = StrictMarkup(answer.body)
        #expect(page.problems.isEmpty, "\(target): \(page.problems.prefix(3))")
        #expect(try !MarkupTree(parsing: answer.body).nodes.isEmpty)
        let ids = Set(page.ids)
        for element in page.elements {
          guard let link = element.attributes["href"], let mark = link.firstIndex(of: "#") else { continue }
          let place = String(link[link.index(after: mark)...])
          if link.hasPrefix("#") { #expect(ids.contains(place), "\(target): #\(place) is nowhere") }
        }
      }
    }
  }

  @Test func `every page can be found one's way in without seeing it`() throws {
    let room = try Newsroom.filled()
    for (target, answer) in try Self.crawl(room, takesWrites: true)
    where answer.field("Content-Type")?.hasPrefix("text/html") == true {
      let page = StrictMarkup(answer.body)
      let elements = page.elements
      func count(_ name: String) -> Int { elements.count { $0.name == name } }
      #expect(Set(page.ids).count == page.ids.count, "\(target): an id stands twice")
      #expect(count("h1") == 1 && count("main") == 1 && count("header") == 1, "\(target)")
      let titles = elements.filter { $0.name == "title" && $0.parent >= 0 && elements[$0.parent].name == "head" }
      #expect(titles.count == 1 && titles[0].text.hasSuffix(" · Stet"), "\(target)")
      #expect(elements.first { $0.name == "html" }?.attributes["lang"] == "en")
      #expect(elements.contains { $0.name == "a" && $0.attributes["href"] == "#main" }, "\(target): no skip link")
      var level = 0
      for element in elements {
        guard element.name.count == 2, element.name.hasPrefix("h"), let next = Int(element.name.suffix(1)) else {
          continue
        }
        #expect(next <= level + 1, "\(target): a heading of level \(next) follows one of level \(level)")
        level = next
      }
      for (i, element) in elements.enumerated() {
        let at = element.attributes
        switch element.name {
        case "input" where at["type"] != "hidden", "select":
          let labelled =
            page.ancestors(i).contains { elements[$0].name == "label" } || at["aria-label"] != nil
            || elements.contains {
              $0.name == "label" && $0.attributes["for"] != nil && $0.attributes["for"] == at["id"]
            }
          #expect(labelled, "\(target): a control without a label")
        case "a":
          #expect(
            at["aria-label"] != nil || !element.text.allSatisfy(\.isWhitespace), "\(target): a link without a name")
        case "svg": #expect(at["role"] == "img" && at["aria-labelledby"] != nil, "\(target)")
        case "table": #expect(elements.contains { $0.name == "th" && $0.attributes["scope"] == "col" }, "\(target)")
        case "nav": #expect(at["aria-label"] != nil, "\(target)")
        case "iframe": #expect(at["sandbox"] == "" && at["title"] != nil, "\(target)")
        default: break
        }
        for key in ["aria-labelledby", "for", "aria-describedby"] {
          for id in at[key]?.split(separator: " ") ?? [] {
            #expect(page.ids.contains(String(id)), "\(target): no \(id)")
          }
        }
        #expect(at["style"] == nil && !at.keys.contains { $0.hasPrefix("on") }, "\(target): the policy forbids it")
      }
    }
  }

  @Test func `no page carries anything that came from outside as markup`() throws {
    let room = try Newsroom.filled()
    for (target, answer) in try Self.crawl(room) where answer.field("Content-Type")?.hasPrefix("text/html") == true {
      let page = StrictMarkup(answer.body)
      for element in page.elements {
        switch element.name {
        case "script": #expect(element.attributes["src"]?.hasPrefix("/assets/stet-") == true, "\(target)")
        case "img", "object", "embed", "base": Issue.record("\(target): <\(element.name)>")
        default: break
        }
        for key in ["href", "src", "action"] {
          guard let link = element.attributes[key] else { continue }
          #expect(
            ["/", "#", "http://", "https://"].contains { link.hasPrefix($0) } && !link.hasPrefix("//"),
            "\(target): \(link)")
        }
      }
      let policy = try #require(answer.field("Content-Security-Policy"))
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
      #expect(answer.field("X-Content-Type-Options") == "nosniff")
    }
  }

  @Test(arguments: [
    "/search?q=<script>alert(1)</script>", "/phrase?q=\"><img%20src=x>", "/articles?q=%22%3E%3Cscript%3E",
    "/?source=<b>",
    "/?since=<i>", "/?class=<u>", "/article/1/compare?from=<s>", "/capture/<svg>", "/compare?url=<a>", "/?after=<q>",
    "/article/1/blame?revision=<p>", "/search?q=%00%1B%5B2J%FF",
  ])
  func `what was asked comes back as text alone`(target: String) throws {
    let room = try Newsroom.filled()
    let encoded = target.replacing("<", with: "%3C").replacing(">", with: "%3E").replacing("\"", with: "%22")
    let answer = try room.page(encoded)
    let page = StrictMarkup(answer.body)
    #expect(page.problems.isEmpty, "\(page.problems.prefix(3))")
    #expect(!page.elements.contains { $0.name == "script" && $0.attributes["src"] == nil })
    #expect(!page.elements.contains { ["img", "i", "u", "s", "q"].contains($0.name) })
    #expect(page.elements.count { $0.name == "svg" } <= 1)
    #expect(!answer.body.contains { $0 < 9 || $0 == 27 })
  }

  @Test(arguments: [
    ("/search?q=a", 400, "too short"), ("/search?q=!!", 400, "nothing to look for"), ("/phrase?q=x", 400, "too short"),
    ("/?since=soon", 400, "no day or instant"), ("/?class=gossip", 400, "no class of edits"),
    ("/?source=nowhere", 400, "No source"), ("/?after=1-2", 400, "place in the list"), ("/?after=1-2-x", 400, "place"),
    ("/articles?before=x", 400, "place"), ("/sources?after=-1", 400, "place"),
    ("/article/99", 404, "no article number"),
    ("/article/1/revision/99", 404, "no revision 99"), ("/article/1/compare?from=1&to=99", 404, "no revision 99"),
    ("/article/1/compare?from=soon", 400, "no revision"), ("/article/1/blame?revision=0", 400, "no revision"),
    ("/article/1/blame?revision=99", 404, "no revision 99"), ("/capture/abc", 404, "no capture"),
    ("/compare?url=https://nowhere.example/", 404, "No article"),
    ("/article/1/compare?from=1900-01-01&to=1", 404, "Nothing was captured of this article by 1900-01-01"),
  ])
  func `what cannot be asked is answered by a page with a hint`(target: String, status: Int, words: String) throws {
    let room = try Newsroom.filled()
    let answer = try room.page(target)
    #expect(answer.status == status)
    let page = StrictMarkup(answer.body)
    #expect(page.problems.isEmpty)
    let text = try #require(page.elements.first { $0.name == "main" }?.text)
    #expect(text.contains(words), "\(text)")
    #expect(page.elements.contains { $0.attributes["class"] == "empty" })
  }

  @Test(arguments: [
    "/nope", "/article", "/article/x", "/article/01", "/article/1/what", "/article/1/revision/x", "/assets/stet-0.css",
    "/articles/x", "/capture", "/api/v1/edits", "/article/1/revision/1/more",
  ])
  func `a path that is no page is left to others`(target: String) throws {
    #expect(try Newsroom.filled().ask(target) == nil)
  }

  @Test func `every empty list says what to do`() throws {
    let room = try Newsroom()
    for target in ["/", "/articles", "/sources", "/status", "/search?q=word", "/phrase?q=word", "/search", "/phrase"] {
      let answer = try room.page(target)
      #expect(answer.status == 200)
      #expect(StrictMarkup(answer.body).problems.isEmpty)
      #expect(
        String(decoding: answer.body, as: UTF8.self).contains(target == "/status" ? "None ran yet" : "empty-title"))
    }
  }
}
