import HTTPAnswers
import Memento
import Model
import Testing

struct TimeMapTests {
  private let url = "https://example.org/ferry"

  @Test func `a TimeMap lists every capture with a body, and reads back`() throws {
    let archive = try Archive()
    let first = try archive.keep(url, "2026-11-01T10:00:00.500Z")
    try archive.keep(url, "2026-11-02T10:00:00Z", status: 304, refersTo: first)
    try archive.keep(url, "2026-11-03T10:00:00Z", status: 404, "gone")
    try archive.keep(url, "2026-11-04T10:00:00Z", status: 304, refersTo: Digest(ofUTF8: "not here"))
    let answer = try archive.ask("/web/timemap/link/\(url)")
    #expect(answer.status == 200)
    #expect(answer.field("Content-Type") == "application/link-format")
    let links = Link.parse(answer.text)
    #expect(
      links.map(\.relations) == [
        ["self"], ["timegate"], ["original"], ["first", "memento"], ["memento"], ["last", "memento"],
      ])
    #expect(links[0].attributes["from"] == "Sun, 01 Nov 2026 10:00:00 GMT")
    #expect(links[0].attributes["until"] == "Tue, 03 Nov 2026 10:00:00 GMT")
    #expect(links[0].target == "\(Archive.base)/web/timemap/link/\(url)")
    #expect(links[1].target == "\(Archive.base)/web/\(url)")
    #expect(links[2].target == url)
    for link in links.dropFirst(3) {
      let memento = try archive.ask(String(link.target.dropFirst(Archive.base.count)))
      #expect(memento.field("Memento-Datetime") == link.attributes["datetime"])
    }
  }

  @Test func `a long history is spread over TimeMaps that name each other and lose nothing`() throws {
    let archive = try Archive()
    let instants = (0..<10_050).map { Instant(milliseconds: 1_767_225_600_000 + Int64($0) * 700) }
    try archive.keep(url, at: instants)
    var found: [Link] = []
    let first = Link.parse(try archive.ask("/web/timemap/link/\(url)").text)
    let others = first.filter { $0.relations == ["timemap"] }
    #expect(!others.isEmpty)
    found += first.filter { $0.relations.contains("memento") }
    for other in others {
      let page = Link.parse(try archive.ask(String(other.target.dropFirst(Archive.base.count))).text)
      #expect(page[0].attributes["from"] == other.attributes["from"])
      #expect(page[0].attributes["until"] == other.attributes["until"])
      found += page.filter { $0.relations.contains("memento") }
    }
    let seconds = Set(instants.map { $0.milliseconds / 1000 })
    #expect(found.count == seconds.count)
    #expect(Set(found.compactMap { $0.datetime.map { $0.milliseconds / 1000 } }) == seconds)
  }

  @Test func `a span limits a TimeMap`() throws {
    let archive = try Archive()
    for day in 1...5 { try archive.keep(url, "2026-11-0\(day)T10:00:00Z", "<p>\(day)") }
    let answer = try archive.ask("/web/timemap/link/20261102-20261104/\(url)")
    #expect(Link.parse(answer.text).compactMap(\.datetime).count == 3)
    #expect(try archive.ask("/web/timemap/cdxj/20261102-20261104/\(url)").lines.count == 3)
    #expect(try archive.ask("/web/timemap/link/2027-/\(url)").status == 404)
  }

  @Test func `TimeMaps of index lines are those of the CDX server`() throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    #expect(try archive.ask("/web/timemap/cdxj/\(url)").body == archive.ask("/cdx?url=\(url)").body)
    #expect(try archive.ask("/web/timemap/json/\(url)").body == archive.ask("/cdx?url=\(url)&output=json").body)
  }
}
