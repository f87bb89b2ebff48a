import CommandRunner
import Exporting
import Foundation
import Model
import Storage
import Testing

/// Revisions as Markdown files.
struct MarkdownExportTests {
  private func export(_ room: Newsroom, _ scope: Scope = Scope(), to name: String = "out") throws
    -> MarkdownExport.Counts
  {
    try MarkdownExport(store: room.store).run(scope, to: room.folder.file(name)) { _ in }
  }

  private func files(_ room: Newsroom, _ name: String = "out") -> [String] {
    (FileManager.default.enumerator(atPath: room.folder.file(name))?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".md") }.sorted()
  }

  @Test func `each revision is a file that says when it stood and what it said`() async throws {
    let room = try await Newsroom.filled()
    #expect(try export(room) == MarkdownExport.Counts(written: 4, unchanged: 0))
    #expect(
      files(room) == [
        "post.example/2026_11_+bridge=3Fid=3D7/0001-20261120T101500Z.md",
        "post.example/2026_11_ferry/0001-20261120T100000Z.md", "post.example/2026_11_ferry/0002-20261120T102000Z.md",
        "post.example/2026_11_ferry/0003-20261120T103000Z.md",
      ])
    let article = try #require(try room.store.articles(of: Scope()).first { $0.url == Newsroom.ferry })
    let captures = try room.store.captures(article.id)
    let log = try room.store.log(article.id)
    let text = String(
      decoding: try room.folder.bytes(of: "out/post.example/2026_11_ferry/0001-20261120T100000Z.md"), as: UTF8.self)
    #expect(
      text == """
        ---
        url: "https://post.example/2026/11/ferry"
        revision: 1
        after: null
        by: "2026-11-20T10:00:00.000Z"
        first_capture: "\(captures[0].digest)"
        last_capture: "\(captures[1].digest)"
        title: "Council approves ferry contract"
        author: null
        date: null
        modified: null
        language: "en"
        snapshot: "\(log[2].snapshot)"
        extractor: \(log[2].extractor)
        ---

        # Council approves ferry contract

        The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.

        It costs 4 million euros.

        """)
    let second = String(
      decoding: try room.folder.bytes(of: "out/post.example/2026_11_ferry/0002-20261120T102000Z.md"), as: UTF8.self)
    #expect(second.contains("after: \"2026-11-20T10:10:00.000Z\"\nby: \"2026-11-20T10:20:00.000Z\"\n"))
  }

  @Test func `a second export leaves alone what is there and mends what is not`() async throws {
    let room = try await Newsroom.filled()
    _ = try export(room)
    #expect(try export(room) == MarkdownExport.Counts(written: 0, unchanged: 4))
    let path = "out/post.example/2026_11_ferry/0002-20261120T102000Z.md"
    let whole = try room.folder.bytes(of: path)
    try room.folder.write(Array(whole.dropLast(5)), to: path)
    #expect(try export(room) == MarkdownExport.Counts(written: 1, unchanged: 3))
    #expect(try room.folder.bytes(of: path) == whole)
  }

  @Test func `a capture that says the same again changes one file, a new revision adds one`() async throws {
    let room = try await Newsroom.filled()
    _ = try export(room)
    try await room.take(try ImportLine.page(Newsroom.bridgePage, url: Newsroom.bridge, minute: 60))
    #expect(try export(room) == MarkdownExport.Counts(written: 1, unchanged: 3))
    try await room.take(
      try ImportLine.page(.ferry("It costs 5 million euros."), url: Newsroom.ferry, minute: 61))
    #expect(try export(room) == MarkdownExport.Counts(written: 1, unchanged: 4))
  }

  @Test func `articles and times limit what is exported`() async throws {
    let room = try await Newsroom.filled()
    var scope = Scope()
    scope.since = Instant("2026-11-20T10:15Z")
    scope.until = Instant("2026-11-20T10:30Z")
    _ = try export(room, scope, to: "times")
    #expect(
      files(room, "times").map { String($0.suffix(24)) } == ["0001-20261120T101500Z.md", "0002-20261120T102000Z.md"])
    scope = Scope()
    scope.articles = [try #require(try room.store.articles(of: Scope()).first { $0.url == Newsroom.bridge }).id]
    #expect(try export(room, scope, to: "one").written == 1)
    scope.since = Instant("2027-01-01")
    #expect(try export(room, scope, to: "none").written == 0)
  }

  @Test func `a folder that cannot be made is named`() async throws {
    let room = try await Newsroom.filled()
    let file = try room.folder.write("", to: "file")
    #expect(throws: ExportError.unwritable(path: file + "/post.example", detail: "Not a directory")) {
      try export(room, to: "file")
    }
  }
}

/// Names of files.
struct ArticlePathTests {
  @Test(arguments: [
    ("https://post.example/2026/11/ferry", "post.example/2026_11_ferry"), ("https://post.example/", "post.example/="),
    ("https://post.example:8443/a_b?q=1", "post.example=3A8443/a=5Fb=3Fq=3D1"),
    ("http://post.example/a", "http=3A__post.example/a"), ("https://post.example/../.git", "post.example/=2E._.git"),
    ("ota:GitHub/Terms%20of%20Service", "ota=/=-+git+hub_+terms%20of%20+service"),
    ("https://a.example?x", "a.example/=-=3Fx"),
    ("http://[::1]/ä", "http=3A__=5B=3A=3A1=5D/=C3=A4"),
  ])
  func `a URL becomes two names that any file system takes`(url: String, path: String) {
    let made = ArticlePath(url: url)
    #expect("\(made.host)/\(made.slug)" == path)
  }

  @Test func `URLs that differ have names that differ, also without regard to case`() {
    let parts = ["a", "A", "/", "_", "=", "==", "=2F", "%2f", "%2F", "+a", "-", ".", "?", "é", "index", "//", ":"]
    var names: [String: String] = [:]
    for start in ["https://h.example", "http://h.example", "https://h.example:80", "https://http", "http:", "https:"] {
      for a in parts {
        for b in parts {
          for url in [start, start + "/", start + a, start + "/" + a, start + a + b, start + "/" + a + b] {
            let path = ArticlePath(url: url)
            let name = "\(path.host)/\(path.slug)".lowercased()
            #expect(names[name] ?? url == url, "\(url)")
            names[name] = url
            #expect(!path.host.hasPrefix(".") && !path.slug.hasPrefix(".") && !path.slug.isEmpty)
            #expect(!path.host.contains("/") && !path.slug.contains("/"))
          }
        }
      }
    }
  }

  @Test func `long names are cut and stay apart`() {
    let long = "https://post.example/" + String(repeating: "a", count: 500)
    let (one, other) = (ArticlePath(url: long + "1"), ArticlePath(url: long + "2"))
    #expect(one != other && one.slug.utf8.count <= 180 && one.slug.hasPrefix("aaaa") && one.host == "post.example")
  }
}
