import CommandRunner
import Formats
import Model
import Testing

/// Records cut out of octets, whole and damaged.
struct WARCScannerTests {
  /// Everything that comes of octets given in pieces of so many.
  static func events(
    _ octets: [UInt8], by size: Int = .max, isWanted: @escaping @Sendable (HTTPFields) -> Bool = { _ in true }
  ) -> [WARCScanner.Event] {
    var scanner = WARCScanner(isWanted: isWanted)
    var (out, at): ([WARCScanner.Event], Int) = ([], 0)
    while at < octets.count {
      let end = at + min(size, octets.count - at)
      scanner.take(Array(octets[at..<end]), at: .init(offset: Int64(at)))
      while let event = scanner.next() { out.append(event) }
      at = end
    }
    scanner.finish()
    while let event = scanner.next() { out.append(event) }
    return out
  }

  private func record(_ text: String, fields: [(String, String)] = [("WARC-Type", "metadata")]) -> [UInt8] {
    WARCText.record(fields, Array(text.utf8))
  }

  /// The blocks as text, losses in brackets.
  private func told(_ events: [WARCScanner.Event]) -> [String] {
    events.map { event in
      switch event {
      case .record(let record, let place, _): "\(place.offset) \(String(decoding: record.block, as: UTF8.self))"
      case .passed: "passed"
      case .loss(let reason, let place): "[\(place.offset) \(reason)]"
      }
    }
  }

  @Test(arguments: [1, 2, 7, 64, Int.max])
  func `records are found whatever the pieces they come in`(size: Int) {
    let file = record("one") + record("") + record("three\r\nlines\r\n") + record("WARC/1.0 is not a record\r\n\r\n")
    let events = Self.events(file, by: size)
    #expect(
      events.map { if case .record(let record, _, true) = $0 { record.block.count } else { -1 } } == [3, 0, 14, 28])
    guard case .record(let first, let place, _) = events.first else { return }
    #expect(first.version == "1.1" && first.kind == .metadata && first.value("content-length") == "3")
    #expect(place == .init(offset: 0))
  }

  @Test func `old drafts, bare line feeds, doubled CRs, folded and repeated fields are read`() {
    let odd =
      Array("WARC/0.18\nwarc-type: response\nX: a\n b\nContent-Length: 2\n\nab\n\n".utf8)
      + Array("WARC/1.0\r\r\nWARC-Type: response\r\r\nContent-Length: 2\r\r\n\r\r\ncd\r\r\n".utf8)
    let events = Self.events(odd)
    #expect(told(events) == ["0 ab", "61 cd"])
    guard case .record(let first, _, _) = events[0] else { return }
    #expect(first.version == "0.18" && first.kind == .response && first.value("x") == "a b")
  }

  @Test(arguments: [1, 5, Int.max])
  func `what stands between records is named by its place and its length`(size: Int) {
    let file = Array("rubbish".utf8) + record("one") + Array("more\r\n".utf8) + record("two") + Array("end".utf8)
    let length = record("one").count
    #expect(
      told(Self.events(file, by: size)) == [
        "[0 7 octets that belong to no record]", "7 one",
        "[\(7 + length) 6 octets that belong to no record]", "\(13 + length) two",
        "[\(13 + 2 * length) 3 octets that belong to no record]",
      ])
  }

  @Test(arguments: [1, 9, Int.max], ["2", "9", "40", "9000"])
  func `a wrong length costs its own record only`(size: Int, length: String) {
    let bad = record("a wrong one", fields: [("WARC-Type", "metadata"), ("Content-Length", length)])
    let events = told(Self.events(record("one") + bad + record("two") + record("three"), by: size))
    #expect(events.count == 4)
    #expect(events.first == "0 one" && events[2].hasSuffix(" two") && events[3].hasSuffix(" three"))
    #expect(events[1].hasPrefix("[\(record("one").count) the record does not end where"))
  }

  @Test func `a record without a length, or with two, is named`() {
    for lengths in [[], ["-1"], ["x"], ["3", "4"], ["99999999999999999999"]] as [[String]] {
      let head = lengths.map { "Content-Length: \($0)\r\n" }.joined()
      let events = told(Self.events(Array("WARC/1.0\r\nA: b\r\n\(head)\r\nabc\r\n\r\n".utf8) + record("two")))
      #expect(events.count == 2 && events[0].hasPrefix("[0 the record does not say how long it is"))
      #expect(events.last?.hasSuffix(" two") == true)
    }
  }

  @Test func `a file that is cut short loses its last record, which is named`() {
    let file = record("one") + record("two")
    let first = record("one").count
    for length in (first + 1)..<(file.count - 4) {
      let events = told(Self.events(Array(file[..<length])))
      #expect(events.first == "0 one")
      #expect(events.count == (length <= first ? 1 : 2), "\(length)")
      #expect(events.dropFirst().allSatisfy { $0.hasPrefix("[\(first) ") })
    }
    #expect(told(Self.events(Array(file.dropLast(4)))) == ["0 one", "\(first) two"])
  }

  @Test func `what nobody wants is passed over unseen, however long`() {
    let isWanted: @Sendable (HTTPFields) -> Bool = { WARCRecord.kind(of: $0) == .response }
    let long = WARCText.record([("WARC-Type", "request")], [UInt8](repeating: 65, count: 3 << 20))
    let file = long + record("two", fields: [("WARC-Type", "response")]) + record("three")
    #expect(told(Self.events(file, by: 70_000, isWanted: isWanted)) == ["passed", "\(long.count) two", "passed"])
    #expect(told(Self.events(long, isWanted: isWanted)) == ["passed"])
    // A wrong length of what nobody wants is nobody's loss.
    let bad = record("a wrong one", fields: [("WARC-Type", "request"), ("Content-Length", "5")])
    #expect(
      told(Self.events(bad + record("two", fields: [("WARC-Type", "response")]), isWanted: isWanted))
        == ["passed", "\(bad.count) two"])
  }

  @Test func `a block over the limit is named, and reading goes on after it`() {
    var scanner = WARCScanner()
    let size = WARCScanner.maximumBlockBytes + 1
    scanner.take(Array("WARC/1.0\r\nContent-Length: \(size)\r\n\r\n".utf8), at: .init(offset: 0))
    #expect(scanner.next() == nil)
    let piece = [UInt8](repeating: 66, count: 16 << 20)
    var left = size
    while left > 0 {
      let part = piece.prefix(left)
      scanner.take(Array(part), at: .init(offset: 1))
      left -= part.count
      guard left > 0 else { break }
      #expect(scanner.next() == nil)
    }
    let event = scanner.next()
    if case .loss(let reason, let place) = event {
      #expect(reason.contains("256 MiB") && place == .init(offset: 0))
    } else {
      Issue.record("no loss: \(String(describing: event))")
    }
    scanner.take(Array("\r\n\r\n".utf8) + record("two"), at: .init(offset: 2))
    #expect(told([scanner.next()].compactMap(\.self)) == ["6 two"])
  }

  @Test func `a member that begins with a record ends the one before, whatever its length says`() {
    var scanner = WARCScanner()
    let bad = record("cut", fields: [("WARC-Type", "metadata"), ("Content-Length", "5000")])
    scanner.take(bad, at: .init(offset: 100), startsMember: true)
    #expect(scanner.next() == nil)
    scanner.take(record("two"), at: .init(offset: 300), startsMember: true)
    #expect(scanner.next() == .loss("the record is shorter than its Content-Length says", at: .init(offset: 100)))
    #expect(told([scanner.next()].compactMap(\.self)) == ["300 two"])
  }

  @Test func `a gap costs the record it falls into, and octets from damaged data are marked`() {
    var scanner = WARCScanner()
    scanner.take(
      record("one") + Array(record("two").dropLast(6)), at: .init(offset: 10), startsMember: true, isCertain: false)
    scanner.gap("data is damaged", at: .init(offset: 400))
    scanner.take(record("three"), at: .init(offset: 500), startsMember: true)
    scanner.finish()
    guard case .record(let one, _, false) = scanner.next() else {
      Issue.record("the first record is certain")
      return
    }
    #expect(one.block == Array("one".utf8)[...])
    #expect(scanner.next() == .loss("data is damaged", at: .init(offset: 10, inner: record("one").count)))
    guard case .record(let three, _, _) = scanner.next() else {
      Issue.record("the third record is missing")
      return
    }
    #expect(three.block == Array("three".utf8)[...])
    #expect(scanner.next() == nil)
  }

  @Test func `an ARC file gives responses`() {
    let http = String(decoding: WARCText.http(Array("<p>Old".utf8)), as: UTF8.self)
    let file = """
      filedesc://old.arc 127.0.0.1 19990101000000 text/plain 10
      1 0 Crawl

      http://post.example/a b 192.0.2.1 19990102030405 text/html \(http.utf8.count)
      \(http)
      http://post.example/bad 192.0.2.1 19990102030405 text/html -1

      http://post.example/c 192.0.2.1 19990102030406 text/html 2
      hi

      """
    let events = Self.events(Array(file.utf8))
    let records = events.compactMap { if case .record(let record, _, _) = $0 { record } else { nil } }
    #expect(records.map(\.target) == ["filedesc://old.arc", "http://post.example/a b", "http://post.example/c"])
    #expect(records[1].date?.description == "1999-01-02T03:04:05.000Z")
    #expect(HTTPMessage(records[1].block)?.status == 200)
    #expect(events.count == 4 && told(events)[2].contains("belong to no record"))
  }
}
