import LoopbackServer
import Testing

@testable import stet_demo

/// What the server answers, stage by stage.
@Suite struct NewsroomTests {
  @Test func `the statuses are those of the answer key, and no two pages are alike`() throws {
    let (site, key) = try DemoSite.load()
    let newsroom = Newsroom(site: site)
    var client = Client(newsroom)
    var statuses: [String: [Int]] = [:]
    var bodies: [[UInt8]] = []
    for stage in key.stages.indices {
      newsroom.enter(stage: stage)
      for article in site.articles {
        var path = try #require(article.value("moved-from", at: stage) ?? article.value("path", at: stage))
        var reply = try client.get(path)
        statuses[article.name, default: []].append(reply.status)
        if reply.status == 301 {
          path = try #require(reply.headers.first { $0.0 == "Location" }?.1)
          reply = try client.get(path)
          statuses[article.name, default: []].append(reply.status)
        }
        if reply.status == 200 { bodies.append(reply.body) }
      }
    }
    for wanted in key.articles {
      #expect(statuses[wanted.article]?.map(String.init) == wanted.captures.map { String($0.prefix(3)) })
    }
    #expect(Set(bodies).count == bodies.count)
    #expect(newsroom.articlePages == bodies.count - 1)  // the consent page holds no article
  }

  @Test func `robots may come, and an unknown page is a 404`() throws {
    var client = Client(Newsroom(site: try DemoSite.load().site))
    #expect(try client.get("/robots.txt").status == 200)
    #expect(try client.get("/nothing/here").status == 404)
  }

  @Test func `the front page links every article`() throws {
    let (site, _) = try DemoSite.load()
    var client = Client(Newsroom(site: site))
    let html = String(decoding: try client.get("/").body, as: UTF8.self)
    for article in site.articles {
      let path = try #require(article.value("path", at: 0))
      #expect(html.contains("href=\"\(path)\""))
    }
  }

  @Test func `a last-modified date is an IMF-fixdate of what the article says`() throws {
    let article = try #require(try DemoSite.load().site.articles.first { $0.name == "grey-heron-battery-bill" })
    #expect(try Newsroom.validators(of: article, at: 0).lastModified == "Mon, 16 Nov 2026 07:40:00 GMT")
    #expect(try Newsroom.validators(of: article, at: 3).etag == "W/\"grey-heron-battery-bill-3\"")
    #expect(try Newsroom.validators(of: article, at: 5).etag == "W/\"grey-heron-battery-bill-3\"")
  }
}
