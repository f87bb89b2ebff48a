import API
import Foundation
import FoundationXML
import HTTPAnswers
import Model
import SampleArchive
import Storage
import Testing

/// Atom feeds, read with an XML parser.
struct FeedTests {
  let archive: SampleArchive
  let store: Store

  init() async throws {
    archive = try await SampleArchive.filled()
    store = try archive.open()
  }

  private func answer(_ target: String) throws -> Answer {
    let question = try Question(target: target, now: SampleArchive.now, base: "http://127.0.0.1:8040")
    return try #require(Feeds(page: { "/article/\($0)/\($1)" }).answer(question, from: store))
  }

  private func feed(_ target: String) throws -> XMLElement {
    let answer = try answer(target)
    #expect(answer.status == 200)
    #expect(answer.field("Content-Type") == "application/atom+xml; charset=utf-8")
    let root = try #require(try XMLDocument(data: Data(answer.body)).rootElement())
    // RFC 4287 §4.1.1: exactly one id, title and updated; an author for the entries.
    for name in ["id", "title", "updated", "author"] { #expect(root.elements(forName: name).count == 1) }
    for entry in root.elements(forName: "entry") {
      for name in ["id", "title", "updated", "content"] { #expect(entry.elements(forName: name).count == 1) }
    }
    return root
  }

  private func texts(_ root: XMLElement, _ name: String) -> [String] {
    root.elements(forName: "entry").compactMap { $0.elements(forName: name).first?.stringValue }
  }

  @Test func `all edits: one entry a revision, the newest first`() throws {
    let root = try feed("/feeds/edits.atom")
    #expect(
      texts(root, "updated") == ["2026-11-20T11:30:00.000Z", "2026-11-20T11:15:00.000Z", "2026-11-20T10:30:00.000Z"])
    #expect(root.elements(forName: "updated").first?.stringValue == "2026-11-20T11:30:00.000Z")
    #expect(Set(texts(root, "id")).count == 3)
    #expect(texts(root, "id").allSatisfy { $0.hasPrefix("urn:uuid:") })
    #expect(root.xmlString.contains(#"<link rel="alternate" href="http://127.0.0.1:8040/article/1/4""#))
  }

  @Test func `ids stay when the archive is rebuilt`() throws {
    let before = texts(try feed("/feeds/edits.atom"), "id")
    let other = try Store.open(archive.path, .read)
    let question = try Question(target: "/feeds/edits.atom", now: SampleArchive.now, base: "https://elsewhere.example")
    let again = try #require(Feeds().answer(question, from: other))
    let root = try #require(try XMLDocument(data: Data(again.body)).rootElement())
    #expect(texts(root, "id") == before)
  }

  @Test func `what an article says is text in a feed, never markup`() throws {
    let root = try feed("/feeds/edits.atom?class=headline")
    let title = try #require(texts(root, "title").last)
    #expect(title == "Council approves ferry contract after <long> & \"hard\" debate")
    // Unescaped once by the parser it is HTML, in which the headline is escaped again.
    let content = try #require(texts(root, "content").last)
    #expect(content.contains("&lt;long&gt;") && !content.contains("<long>"))
    #expect(content.contains("<ins>"))
  }

  @Test func `feeds of an article, of a class, and of nothing`() throws {
    #expect(
      try feed("/feeds/edits.atom?article=1").elements(forName: "title").first?.stringValue?.contains("ferry") == true)
    #expect(texts(try feed("/feeds/edits.atom?class=number"), "id").count == 2)
    let none = try feed("/feeds/edits.atom?article=2")
    #expect(texts(none, "id").isEmpty)
    #expect(none.elements(forName: "updated").first?.stringValue == SampleArchive.now.description)
  }

  @Test func `a phrase's feed tells when it came and when it went`() throws {
    let root = try feed("/feeds/when.atom?q=%22first+boat%22+leaves")
    #expect(texts(root, "updated") == ["2026-11-20T11:30:00.000Z", "2026-11-20T11:15:00.000Z"])
    #expect(texts(root, "title").first?.hasSuffix("went") == true)
  }

  @Test(arguments: [
    ("/feeds/edits.atom?article=99", 404), ("/feeds/edits.atom?limit=5", 400), ("/feeds/when.atom", 400),
    ("/feeds/when.atom?q=-", 404), ("/feeds/other.atom", 404), ("/feeds", 404),
  ])
  func `what cannot be had is refused`(target: String, status: Int) throws {
    #expect(try answer(target).status == status)
  }
}
