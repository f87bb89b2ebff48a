import Foundation
import HTTPAnswers
import Memento
import Model
import Testing

struct CDXTests {
  private let url = "https://example.org/ferry"

  /// Six captures of one URL and some of others.
  private func archive() throws -> Archive {
    let archive = try Archive()
    let first = try archive.keep(url, "2026-11-01T10:00:00Z", "<p>One")
    try archive.keep(url, "2026-11-01T18:00:00Z", "<p>One")
    try archive.keep(url, "2026-11-02T10:00:00Z", status: 304, type: nil, refersTo: first)
    try archive.keep(url, "2026-11-03T10:00:00Z", "<p>Two")
    try archive.keep(url, "2026-11-04T10:00:00Z", status: 404, type: "text/plain", "gone")
    try archive.keep(url, "2027-01-01T00:00:00Z", "<p>Three")
    try archive.keep("http://www.example.org/Ferry/", "2026-12-01T00:00:00Z", "<p>Other")
    try archive.keep("https://example.org/ferry-b", "2026-11-05T00:00:00Z", type: nil, "<p>b")
    try archive.keep("https://example.org/ferry/c?z=1&a=2", "2026-11-05T00:00:00Z", "<p>c")
    try archive.keep("https://sub.example.org/", "2026-11-05T00:00:00Z", "<p>sub")
    try archive.keep("https://example.orgs/", "2026-11-05T00:00:00Z", "<p>orgs")
    return archive
  }

  private func timestamps(_ archive: Archive, _ query: String) throws -> [String] {
    let answer = try archive.ask("/cdx?url=\(url)&output=text&fl=timestamp&\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.lines
  }

  @Test func `captures are listed as pywb lists them`() throws {
    let archive = try archive()
    let digest = Digest(ofUTF8: "<p>One")
    let lines = try archive.ask("/cdx?url=\(url)").lines
    #expect(lines.count == 7)
    let key = "org,example)/ferry"
    #expect(
      lines[0] == "\(key) 20261101100000 {\"url\": \"\(url)\", \"mime\": \"text/html\", \"status\": \"200\", "
        + "\"digest\": \"\(digest)\", \"length\": \"6\"}")
    #expect(
      lines[2] == "\(key) 20261102100000 {\"url\": \"\(url)\", \"mime\": \"warc/revisit\", \"status\": \"304\", "
        + "\"digest\": \"\(digest)\", \"length\": \"6\"}")
    #expect(
      try archive.ask("/web/cdx?url=\(url)&output=text&limit=1").text
        == "\(key) 20261101100000 \(url) text/html 200 \(digest) 6\n")
    #expect(
      try archive.ask("/cdx?url=\(url)&output=json&limit=1&fl=timestamp,statuscode").text
        == "{\"timestamp\": \"20261101100000\", \"status\": \"200\"}\n")
    #expect(
      try archive.ask("/cdx?url=\(url)&resolveRevisits=true&fl=mime,status&output=text").lines[2] == "text/html 200")
    #expect(try archive.ask("/cdx?url=https://example.org/nothing").body.isEmpty)
  }

  @Test func `the Wayback Machine's dialect has its own columns and JSON`() throws {
    let archive = try archive()
    let text = try archive.ask("/cdx/search/cdx?url=\(url)&output=json&limit=1&fl=timestamp,original,statuscode").text
    #expect(text == "[[\"timestamp\", \"original\", \"statuscode\"],\n [\"20261101100000\", \"\(url)\", \"200\"]]\n")
    #expect(try archive.ask("/cdx/search/cdx?url=\(url)&filter=statuscode:[23]..&fl=timestamp").lines.count == 6)
    #expect(try archive.ask("/cdx/search/cdx?url=\(url)&filter=!statuscode:200&fl=statuscode").lines == ["304", "404"])
    // A pattern is for the whole field.
    #expect(try archive.ask("/cdx/search/cdx?url=\(url)&filter=statuscode:20").body.isEmpty)
    #expect(try archive.ask("/cdx/search/cdx?url=https://example.org/nothing&output=json").text == "[]\n")
  }

  @Test(arguments: [
    ("url=\("https://example.org/ferry")", 7), ("url=example.org/ferry&matchType=prefix", 9),
    ("url=example.org/ferry*", 9), ("url=example.org/ferry/*", 1), ("url=example.org&matchType=host", 9),
    ("url=example.org&matchType=domain", 10), ("url=*.example.org", 10), ("url=org&matchType=domain", 10),
    ("url=sub.example.org", 1), ("url=example.org/ferry/c?a=2%26z=1", 1),
    ("url=example.org/ferry/c?&matchType=prefix", 1),
  ])
  func `a URL stands for itself, or for all that begin like it`(_ query: String, _ count: Int) throws {
    let archive = try archive()
    let lines = try archive.ask("/cdx?\(query)").lines
    #expect(lines.count == count, "\(lines)")
    let keys = lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    #expect(keys == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func `spans, limits and orders`() throws {
    let archive = try archive()
    #expect(
      try timestamps(archive, "from=20261102&to=20261103").map { String($0.prefix(8)) } == ["20261102", "20261103"])
    #expect(try timestamps(archive, "from=2027").count == 1)
    #expect(try timestamps(archive, "to=202611").count == 5)
    #expect(try timestamps(archive, "limit=2&offset=1") == ["20261101180000", "20261102100000"])
    #expect(try timestamps(archive, "limit=-2") == ["20261201000000", "20270101000000"])
    #expect(try timestamps(archive, "sort=reverse&limit=2") == ["20270101000000", "20261201000000"])
    #expect(try timestamps(archive, "limit=0").isEmpty)
    #expect(
      try timestamps(archive, "closest=20261102120000&limit=3") == [
        "20261102100000", "20261101180000", "20261103100000",
      ])
    // Of two as near the earlier comes first.
    #expect(
      try timestamps(archive, "closest=20261102220000&limit=2&from=20261102&sort=closest") == [
        "20261102100000", "20261103100000",
      ])
  }

  @Test func `lines next to each other collapse`() throws {
    let archive = try archive()
    #expect(try timestamps(archive, "collapse=timestamp:8").count == 6)
    #expect(try timestamps(archive, "collapse=timestamp:4") == ["20261101100000", "20270101000000"])
    #expect(try timestamps(archive, "collapse=digest").count == 5)
    #expect(try timestamps(archive, "collapse=urlkey").count == 1)
    #expect(try timestamps(archive, "collapseTime=4").count == 6)
    #expect(try timestamps(archive, "collapse=timestamp:4&sort=reverse") == ["20270101000000", "20261101100000"])
  }

  @Test func `filters compare, search and match`() throws {
    let archive = try archive()
    #expect(try timestamps(archive, "filter==status:404") == ["20261104100000"])
    #expect(try timestamps(archive, "filter=!=status:200").count == 2)
    #expect(try timestamps(archive, "filter=mime:revisit").count == 2)
    #expect(try timestamps(archive, "filter=!mime:revisit&filter=status:20").count == 4)
    #expect(try timestamps(archive, "filter=~timestamp:2026(11|12)0[13]").count == 4)
    #expect(try timestamps(archive, "filter=~url:.*www%5C.").count == 1)
    #expect(try timestamps(archive, "filter=warc/revisit").count == 2)
    // The Wayback Machine's way, as far as it is clear.
    #expect(try timestamps(archive, "filter=statuscode:[23]..").count == 6)
  }

  @Test func `a list is read on from a key, and every line comes once`() throws {
    let archive = try archive()
    for second in 0..<3 { try archive.keep(url, "2026-11-20T10:00:00.\(second)00Z", "<p>same second \(second)") }
    let all = try archive.ask("/cdx?url=*.example.org").lines
    var (found, resume): ([String], String?) = ([], nil)
    repeat {
      let more = resume.map { "&resumeKey=\($0)" } ?? ""
      let text = try archive.ask("/cdx?url=*.example.org&limit=2&showResumeKey=true\(more)").text
      let parts = text.components(separatedBy: "\n\n")
      found += parts[0].split(separator: "\n").map(String.init)
      resume = parts.count > 1 ? parts[1].trimmingCharacters(in: .newlines) : nil
      try #require(found.count <= all.count)
    } while resume != nil
    #expect(found == all)
  }

  @Test func `lines read as they are needed are those of the whole list`() throws {
    let archive = try archive()
    // Two articles of one key, interleaved, with bodies that come again, a 304 and redirects between.
    for (i, spelling) in [url, "http://www.example.org/ferry/"].enumerated() {
      try archive.keep(
        spelling, at: (0..<300).map { Instant(milliseconds: 1_767_225_600_000 + Int64(2 * $0 + i) * 60_000) })
      try archive.keep(spelling, "2026-01-01T03:00:30.\(i)00Z", "<p>1")
      let first = try archive.keep(spelling, "2026-01-01T03:10:30Z", "<p>still \(i)")
      try archive.keep(spelling, "2026-01-01T04:00:30Z", status: 304, type: nil, refersTo: first)
      try archive.keep(spelling, "2026-01-01T05:00:30Z", status: 302, "<p>1", fields: [("Location", url)])
    }
    let whole = try archive.ask("/cdx?url=\(url)&page=0").lines
    #expect(whole.count > 600 && whole.contains { $0.contains("warc/revisit") })
    #expect(try archive.ask("/cdx?url=\(url)").lines == whole)
    #expect(try archive.ask("/cdx?url=\(url)&limit=7&offset=130").lines == Array(whole[130..<137]))
    #expect(try archive.ask("/cdx?url=\(url)&limit=-200").lines == whole.suffix(200))
    #expect(
      try archive.ask("/cdx?url=\(url)&sort=reverse&limit=5&offset=3").lines == whole.dropLast(3).suffix(5).reversed())
    let span = "from=20260101030000&to=20260101040000"
    #expect(try archive.ask("/cdx?url=\(url)&\(span)").lines == archive.ask("/cdx?url=\(url)&\(span)&page=0").lines)
    #expect(try archive.ask("/cdx?url=*.example.org").lines == archive.ask("/cdx?url=*.example.org&page=0").lines)
  }

  @Test func `pages cut the list where its length says`() throws {
    let archive = try Archive()
    try archive.keep(url, at: (0..<3500).map { Instant(milliseconds: 1_767_225_600_000 + Int64($0) * 60_000) })
    #expect(try archive.ask("/cdx?url=\(url)&showNumPages=true").text == "2\n")
    #expect(
      try archive.ask("/cdx?url=\(url)&showNumPages=true&output=json").text
        == "{\"pages\": 2, \"pageSize\": 1, \"blocks\": 2}\n")
    let pages = try (0...2).map { try archive.ask("/cdx?url=\(url)&page=\($0)").lines }
    #expect(pages.map(\.count) == [3000, 500, 0])
    #expect(pages[0] + pages[1] == (try archive.ask("/cdx?url=\(url)").lines))
    #expect(try archive.ask("/cdx?url=\(url)&page=9223372036854775807").lines.isEmpty)
  }

  @Test(arguments: [
    "", "url=", "url=example.org&matchType=other", "url=example.org&output=xml", "url=example.org&limit=many",
    "url=example.org&from=abc", "url=example.org&to=1", "url=example.org&closest=soon", "url=example.org&sort=up",
    "url=example.org&sort=closest", "url=example.org&filter=~status:(", "url=example.org&filter=nothing:1",
    "url=example.org&collapse=nothing", "url=example.org&collapse=timestamp:x", "url=example.org&fl=nothing",
    "url=example.org&resumeKey=abc", "url=example.org&page=x", "url=example.org&showResumeKey=true&sort=reverse",
    "url=example.org&limit=99999999999999999999", "url=example.org&collapseTime=0",
  ])
  func `a question that is ill-formed is answered with 400 and what is wrong`(_ query: String) throws {
    let answer = try archive().ask("/cdx?\(query)")
    #expect(answer.status == 400)
    #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
    #expect(answer.text.count > 5)
  }
}
