import CommandRunner
import Fetching
import Importing
import LoopbackServer
import Model
import Storage
import Synchronization
import Syncing
import Testing

/// Captures of another web archive, over its index and its replay.
struct WaybackTests {
  private static let page = "https://post.example/2026/11/ferry"
  private static let a = ArticlePage.ferry("It takes effect on the first of May.").html
  private static let b = ArticlePage.ferry("It takes effect on the first of June.").html

  /// What an archive says it has, and how it answers; counts what it is asked.
  private final class Archive: Sendable {
    let server: LoopbackServer
    private let notes = Mutex<[String]>([])
    var noted: [String] { notes.withLock { $0 } }

    init(_ answer: @escaping @Sendable (String) -> Reply) throws {
      server = try LoopbackServer { answer($0.path) }
    }

    func paths(_ start: String) -> [String] { server.requests.map(\.path).filter { $0.hasPrefix(start) } }

    func source(
      _ desk: ImportDesk, base: String = "", url: String = WaybackTests.page, allowsPrivateAddresses: Bool = true,
      patience: Duration = .seconds(30), _ change: (inout Wayback.Query) -> Void = { _ in }
    ) throws -> Wayback {
      var query = Wayback.Query(url: try WebURL(url))
      change(&query)
      var limits = Limits()
      limits.maximumRedirects = 0
      var politeness = Politeness()
      politeness.patience = patience
      return Wayback(
        query, at: Wayback.Place(base: try WebURL(server.url(base))),
        fetcher: try Fetcher(limits: limits, userAgent: "stet-tests", politeness: politeness, now: { ImportDesk.now }),
        allowsPrivateAddresses: allowsPrivateAddresses, store: desk.store, now: { ImportDesk.now }
      ) { [self] note in notes.withLock { $0.append(note) } }
    }
  }

  private static func rows(_ rows: [(String, String, String, String)], resumeKey: String? = nil) -> Reply {
    let lines = rows.map {
      "[\"example,post)/\", \"\($0.0)\", \"\($0.1)\", \"text/html\", \"\($0.2)\", \"\($0.3)\", \"9\"]"
    }
    let head = "[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\",\"length\"]"
    let tail = resumeKey.map { ["[]", "[\"\($0)\"]"] } ?? []
    return .text("[" + ([head] + lines + tail).joined(separator: ",\n") + "]\n")
  }

  private static func replay(_ body: String, at date: String, status: Int = 200) -> Reply {
    Reply(
      status: status,
      headers: [
        ("Content-Type", "text/html; charset=utf-8"), ("Memento-Datetime", date), ("Server", "archive"),
        ("X-Archive-Orig-Server", "press"), ("x-archive-orig-etag", "\"7\""),
        ("x-archive-orig-content-type", "text/html"),
      ], body: Array(body.utf8))
  }

  @Test func `what the index lists is fetched as it came, with the original's fields`() async throws {
    let archive = try Archive { path in
      switch path {
      case _ where path.hasPrefix("/cdx/search/cdx?"):
        Self.rows([
          ("20261120100000", Self.page, "200", "-"),
          ("20261120103000", "http://www.post.example:80/2026/11/ferry", "200", "-"),
        ])
      case "/web/20261120100000id_/\(Self.page)": Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
      case "/web/20261120103000id_/http://www.post.example:80/2026/11/ferry":
        Self.replay(Self.b, at: "Fri, 20 Nov 2026 10:30:00 GMT")
      default: .text("no", status: 404)
      }
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.rejected.isEmpty && outcome.report.captures == 2 && outcome.report.revisions == 2)
    let captures = try desk.inputs(Self.page)
    #expect(captures.map(\.response.url) == [Self.page, "http://www.post.example/2026/11/ferry"])
    #expect(captures.map(\.response.at) == [Instant("2026-11-20T10:00Z"), Instant("2026-11-20T10:30Z")])
    #expect(captures.map { String(decoding: $0.response.body, as: UTF8.self) } == [Self.a, Self.b])
    #expect(
      captures[0].response.fields
        == HTTPFields([("Server", "press"), ("etag", "\"7\""), ("content-type", "text/html")]))
    #expect(captures.allSatisfy { $0.origin == nil && $0.response.status == 200 })
  }

  @Test func `what is here is not asked for again`() async throws {
    let archive = try Archive { path in
      path.hasPrefix("/cdx")
        ? Self.rows([("20261120100000", Self.page, "200", "-")])
        : Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
    }
    let desk = try ImportDesk()
    #expect(try await desk.take(try archive.source(desk)).report.captures == 1)
    let again = try await desk.take(try archive.source(desk))
    #expect(again.report.captures == 0 && again.report.checked == 0)
    #expect(archive.paths("/web/").count == 1)
    #expect(archive.noted == ["\(Self.page): 1 captures are here already and were not asked for"])
  }

  @Test func `an index in pages is read to its end`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") {
        return path.contains("resumeKey=a%2Bb%20c")
          ? Self.rows([("20261120110000", Self.page, "200", "-")])
          : Self.rows([("20261120100000", Self.page, "200", "-")], resumeKey: "a+b c")
      }
      return path.hasPrefix("/web/20261120100000")
        ? Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
        : Self.replay(Self.b, at: "Fri, 20 Nov 2026 11:00:00 GMT")
    }
    let desk = try ImportDesk()
    #expect(try await desk.take(try archive.source(desk)).report.captures == 2)
    #expect(archive.paths("/cdx").count == 2)
  }

  @Test func `a collection of pywb is asked where pywb answers and in lines`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/coll/cdx?") {
        return .text(
          """
          {"urlkey": "example,post)/", "timestamp": "20261120100000", "url": "\(Self.page)", "mime": "text/html", "status": "200", "digest": "sha1:X", "filename": "a.warc.gz"}
          {"urlkey": "example,post)/", "timestamp": "20261120110000", "url": "\(Self.page)", "mime": "warc/revisit", "status": "-"}

          """)
      }
      return path.hasPrefix("/coll/20261120100000id_/https://")
        ? Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
        : Self.replay(Self.a, at: "Fri, 20 Nov 2026 11:00:00 GMT")
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk, base: "/coll/"))
    #expect(outcome.rejected.isEmpty && outcome.report.captures == 2)
    #expect(archive.paths("/coll/cdx").count == 1)
    #expect(try desk.captures(Self.page).map(\.status) == [200, 200])
  }

  @Test func `redirects and missing pages of the past are captures`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") {
        return Self.rows([
          ("20261120100000", Self.page, "301", "-"), ("20261120110000", Self.page, "404", "-"),
          ("20261120120000", Self.page, "503", "-"),
        ])
      }
      if path.hasPrefix("/web/20261120100000") {
        return Self.replay("", at: "Fri, 20 Nov 2026 10:00:00 GMT", status: 301)
          .with("Location", "/web/20261120100000id_/https://post.example/x")
          .with("X-Archive-Orig-Location", "https://post.example/x")
      }
      return path.hasPrefix("/web/20261120110000")
        ? Self.replay("gone", at: "Fri, 20 Nov 2026 11:00:00 GMT", status: 404)
        : Self.replay("busy", at: "Fri, 20 Nov 2026 12:00:00 GMT", status: 503)
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.rejected.isEmpty)
    let captures = try desk.inputs(Self.page)
    #expect(captures.map(\.response.status) == [301, 404, 503])
    #expect(captures.first?.response.fields["Location"] == "https://post.example/x")
    #expect(archive.paths("/web/").count == 3)
  }

  @Test func `an answer that is not the capture asked for is refused by name`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") {
        return Self.rows([
          ("20261120100000", Self.page, "200", "-"), ("20261120110000", Self.page, "200", "-"),
          ("20261120120000", Self.page, "200", "-"),
          ("20261120130000", Self.page, "200", "-"), ("2026112014", Self.page, "200", "-"),
          ("20261120150000", Self.page, "99", "-"),
          ("20261120160000", "not a URL", "200", "-"),
        ])
      }
      switch path.dropFirst(5).prefix(14) {
      case "20261120100000": return Self.replay(Self.a, at: "Fri, 20 Nov 2026 09:00:00 GMT")
      case "20261120110000": return .redirect(to: "/web/20261120090000id_/\(Self.page)")
      case "20261120120000": return .text("Not Found", status: 404)
      default: return Self.replay(Self.b, at: "Fri, 20 Nov 2026 13:00:00 GMT", status: 404)
      }
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.report.captures == 0 && outcome.report.failures == 7)
    #expect(
      outcome.rejected.map { $0.replacing(archive.server.url(""), with: "") } == [
        "/cdx/search/cdx: 2026112014 \(Self.page): not a time of 14 digits",
        "/cdx/search/cdx: 20261120150000 \(Self.page): status 99 is not from 100 to 599",
        "20261120100000 \(Self.page): the archive gives the capture of 20261120090000 in its place",
        "20261120110000 \(Self.page): the archive answers 302 and not with the capture",
        "20261120120000 \(Self.page): the archive answers 404 and not with the capture",
        "20261120130000 \(Self.page): the index says status 200, the capture has 404",
        "20261120160000 not a URL: its URL: it has no scheme such as https://",
      ])
  }

  @Test func `a body that has not the digest of the index is kept with a note, unless it was coded`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") {
        return Self.rows([
          // SHA-1 of "abc", RFC 3174 §7.3
          ("20261120100000", Self.page, "200", "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"),
          ("20261120110000", Self.page, "200", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"),
          ("20261120120000", Self.page, "200", "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"),
        ])
      }
      let hour = path.dropFirst(13).prefix(2)
      let reply = Self.replay("abc", at: "Fri, 20 Nov 2026 \(hour):00:00 GMT")
      return hour == "12" ? reply.with("X-Archive-Orig-Content-Encoding", "gzip") : reply
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.report.captures == 3 && outcome.rejected.isEmpty)
    #expect(
      archive.noted == [
        "20261120110000 \(Self.page): kept, though its body has the SHA-1 VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5, and the index says "
          + "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
      ])
  }

  @Test func `an archive with too much to do is asked again when it says`() async throws {
    let asked = Mutex(0)
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") { return Self.rows([("20261120100000", Self.page, "200", "-")]) }
      let count = asked.withLock { asked in
        asked += 1
        return asked
      }
      return count == 1
        ? Reply.text("slow down", status: 429).with("Retry-After", "1")
        : Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
    }
    let desk = try ImportDesk()
    #expect(try await desk.take(try archive.source(desk)).report.captures == 1)
    #expect(archive.paths("/web/").count == 2)
  }

  @Test func `an archive that wants to be left alone for long ends the import, which goes on the next time`()
    async throws
  {
    let isOpen = Mutex(false)
    let archive = try Archive { path in
      if path.hasPrefix("/cdx") {
        return Self.rows([
          ("20261120100000", Self.page, "200", "-"), ("20261120110000", Self.page, "200", "-"),
          ("20261120120000", Self.page, "200", "-"),
        ])
      }
      if path.hasPrefix("/web/20261120100000") { return Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT") }
      guard isOpen.withLock({ $0 }) else { return Reply.text("later", status: 429).with("Retry-After", "3600") }
      return Self.replay(Self.b, at: "Fri, 20 Nov 2026 \(path.dropFirst(13).prefix(2)):00:00 GMT")
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.report.captures == 1 && outcome.report.failures == 1)
    #expect(outcome.rejected.first?.contains("the archive wants to be left alone until ") == true)
    #expect(archive.paths("/web/").count == 2)
    isOpen.withLock { $0 = true }
    #expect(try await desk.take(try archive.source(desk)).report.captures == 2)
    #expect(archive.paths("/web/20261120100000").count == 1)
  }

  @Test func `times, a limit, the kind of match and collapsing go into the question`() async throws {
    let archive = try Archive { path in
      path.hasPrefix("/cdx")
        ? Self.rows([
          ("20261120095959", "https://post.example/a", "200", "-"),
          ("20261120100000", "https://post.example/a", "200", "-"),
          ("20261120103000", "https://post.example/b", "200", "-"),
          ("20261120104000", "https://post.example/b", "200", "-"),
          ("20261120110000", "https://post.example/b", "200", "-"),
        ])
        : Self.replay(
          Self.a, at: "Fri, 20 Nov 2026 10:\(path.dropFirst(15).prefix(2)):00 GMT")
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(
      try archive.source(desk, url: "https://post.example/") { query in
        query.match = .prefix
        (query.since, query.until) = (Instant("2026-11-20T10:00Z"), Instant("2026-11-20T11:00Z"))
        (query.limit, query.collapse) = (2, "timestamp:8")
      })
    #expect(outcome.report.captures == 2 && outcome.report.newArticles == 2)
    #expect(
      archive.paths("/cdx") == [
        "/cdx/search/cdx?url=https%3A%2F%2Fpost.example%2F&output=json&matchType=prefix&from=20261120100000"
          + "&to=20261120105959&collapse=timestamp%3A8&limit=5000&showResumeKey=true"
      ])
    #expect(archive.paths("/web/").count == 2)
  }

  @Test func `URLs that differ in scheme or www alone are one article`() async throws {
    let archive = try Archive { path in
      path.hasPrefix("/cdx")
        ? Self.rows([
          ("20261120100000", "http://post.example:80/A", "200", "-"),
          ("20261120110000", "https://www.post.example/A", "200", "-"),
        ]) : Self.replay(Self.a, at: "Fri, 20 Nov 2026 \(path.dropFirst(13).prefix(2)):00:00 GMT")
    }
    let (first, second) = (try ImportDesk(), try ImportDesk())
    _ = try await first.take(try archive.source(first, url: "https://post.example/") { $0.match = .prefix })
    #expect(try first.captures("http://post.example/A").count == 2)
    _ = try await second.take(try archive.source(second, url: "https://post.example/A"))
    let more = try await second.take(try archive.source(second, url: "https://post.example/") { $0.match = .prefix })
    #expect(more.report.captures == 0 && more.report.checked == 0)
    #expect(try second.store.articles(of: Scope()).map(\.url) == ["https://post.example/A"])
  }

  @Test func `an archive that answers at the plainer place is found there`() async throws {
    let archive = try Archive { path in
      if path.hasPrefix("/cdx?") { return Self.rows([("20261120100000", Self.page, "200", "-")]) }
      return path.hasPrefix("/web/")
        ? Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT") : .text("nothing here", status: 404)
    }
    let desk = try ImportDesk()
    #expect(try await desk.take(try archive.source(desk)).report.captures == 1)
  }

  @Test(arguments: ["", "[]", "[[\"urlkey\",\"timestamp\",\"original\"]]", " \n"])
  func `an index without captures is no error`(body: String) async throws {
    let archive = try Archive { _ in .text(body) }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.report.checked == 0 && outcome.rejected.isEmpty)
  }

  @Test(arguments: [
    "<html>", "[[\"a\"],[\"b\"]]", "[[\"timestamp\",\"original\"],7]", "{\"timestamp\"", "[[[[", "[", "{\"a\":1}\n{",
  ])
  func `an index that makes no sense is an error that names it`(body: String) async throws {
    let archive = try Archive { _ in .text(body) }
    let desk = try ImportDesk()
    await #expect(throws: ImportError.self) { try await desk.take(try archive.source(desk)) }
  }

  @Test func `an index that fails is an error, one that breaks off keeps what came`() async throws {
    let desk = try ImportDesk()
    let broken = try Archive { _ in .text("no", status: 500) }
    await #expect(
      throws: ImportError.unreadable(path: Self.page, detail: "\(broken.server.url("/cdx")): answers 500")
    ) { try await desk.take(try broken.source(desk)) }
    let halved = try Archive { path in
      if path.contains("resumeKey=") { return .text("no", status: 500) }
      return path.hasPrefix("/cdx")
        ? Self.rows([("20261120100000", Self.page, "200", "-")], resumeKey: "k")
        : Self.replay(Self.a, at: "Fri, 20 Nov 2026 10:00:00 GMT")
    }
    let outcome = try await desk.take(try halved.source(desk))
    #expect(outcome.report.captures == 1)
    #expect(
      outcome.rejected == [
        "\(Self.page): the index breaks off: \(halved.server.url("/cdx/search/cdx")): answers 500"
      ])
  }

  @Test func `a private address is not asked unless that is allowed`() async throws {
    let archive = try Archive { _ in .text("[]") }
    let desk = try ImportDesk()
    await #expect(throws: ImportError.self) {
      try await desk.take(try archive.source(desk, allowsPrivateAddresses: false))
    }
    #expect(archive.server.requests.isEmpty)
  }

  @Test func `after five captures in a row that cannot be had an archive is left alone`() async throws {
    let archive = try Archive { path in
      path.hasPrefix("/cdx")
        ? Self.rows((10...19).map { ("202611\($0)000000", Self.page, "200", "-") })
        : Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Encoding: gzip\r\n\r\nnot gzip!", then: .close)
    }
    let desk = try ImportDesk()
    let outcome = try await desk.take(try archive.source(desk))
    #expect(outcome.report.failures == 5 && archive.paths("/web/").count == 5)
    #expect(outcome.rejected.last?.hasSuffix("; run this again later") == true)
  }
}
