import CommandRunner
import Formats
import Model
import Testing

/// Files with random damage: reading ends, and what is whole is still found.
struct WARCFuzzTests {
  private static let pages = (0..<6).map { "Ferry number \($0) sails at noon, the harbour master said." }

  private static func file(digests: Bool) -> [UInt8] {
    var out: [UInt8] = []
    for (i, sentence) in pages.enumerated() {
      let block = WARCText.http(ArticlePage.ferry(sentence).bytes)
      let more = digests ? [("WARC-Block-Digest", Digest(of: block).description)] : []
      out += WARCText.ferry(sentence, minute: i, more: more)
      out += WARCText.record(
        [("WARC-Type", "request"), ("WARC-Target-URI", "https://post.example/")], Array("GET /\r\n\r\n".utf8))
    }
    return out
  }

  /// Flips, cuts, repeats and inserts.
  private static func damaged(_ octets: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var out = octets
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0..<out.count, using: &random)
      let end = min(out.count, at + Int.random(in: 1...300, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: out[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: out.removeSubrange(at..<end)
      case 2: out.insert(contentsOf: out[at..<end], at: at)
      case 3: out.insert(contentsOf: (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }, at: at)
      default: out.removeSubrange(end...)
      }
      if out.isEmpty { return octets }
    }
    return out
  }

  @Test(arguments: 0..<16) func `damage never makes another page of one that has a digest`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let file = Self.file(digests: true)
    let right = Set(Self.pages.map { ArticlePage.ferry($0).bytes })
    for _ in 0..<40 {
      let octets = Self.damaged(file, &random)
      let events = WARCScannerTests.events(octets, by: Int.random(in: 1...5000, using: &random))
      #expect(events.count <= octets.count)
      for case .record(let record, _, let isCertain) in events where record.kind == .response {
        guard let capture = try? WARCCapture.decode(record, isCertain: isCertain) else { continue }
        let isSealed = record.value("warc-block-digest").flatMap(LabelledDigest.init) != nil
        #expect(!isSealed || right.contains(capture.response.body))
      }
    }
  }

  /// What comes of parts of a file (octets, whether a member begins, whether they are certain; or a gap), each given in pieces.
  private static func events(
    _ parts: [(octets: [UInt8]?, startsMember: Bool, isCertain: Bool)], by size: () -> Int, isHasty: Bool
  ) -> [WARCScanner.Event] {
    var scanner = WARCScanner { WARCRecord.kind(of: $0) != .request }
    var (out, place): ([WARCScanner.Event], Int64) = ([], 0)
    func drain() { while let event = scanner.next() { out.append(event) } }
    for part in parts {
      guard let octets = part.octets else {
        scanner.gap("a gap", at: .init(offset: place))
        if isHasty { drain() }
        continue
      }
      var at = 0
      while at < octets.count {
        let end = min(octets.count, at + max(1, size()))
        let spot = part.startsMember ? WARCScanner.Place(offset: place, inner: at) : .init(offset: place + Int64(at))
        scanner.take(
          Array(octets[at..<end]), at: spot, startsMember: part.startsMember && at == 0, isCertain: part.isCertain)
        if isHasty { drain() }
        at = end
      }
      place += Int64(octets.count)
    }
    scanner.finish()
    drain()
    return out
  }

  @Test(arguments: 0..<24) func `the pieces that damaged octets come in change nothing`(seed: UInt64) {
    var random = SplitMix64(seed: 3000 + seed)
    let arc =
      Array("filedesc://old.arc 127.0.0.1 19990101000000 text/plain 10\n1 0 Crawl\n\n".utf8)
      + (0..<6).flatMap { i in
        let page = WARCText.http(Array("<p>Old \(i)".utf8))
        return Array("http://post.example/\(i) 192.0.2.1 19990102030405 text/html \(page.count)\n".utf8) + page + [10]
      }
    let file = seed % 3 == 0 ? arc : Self.file(digests: seed % 2 == 0)
    for round in 0..<8 {
      let octets = Self.damaged(file, &random)
      var (parts, at): ([(octets: [UInt8]?, startsMember: Bool, isCertain: Bool)], Int) = ([], 0)
      let hasMembers = Bool.random(using: &random)
      while at < octets.count {
        let end = min(octets.count, at + Int.random(in: 1...3000, using: &random))
        parts.append((Array(octets[at..<end]), hasMembers, Int.random(in: 0..<6, using: &random) > 0))
        if Int.random(in: 0..<8, using: &random) == 0 { parts.append((nil, false, true)) }
        at = end
      }
      let whole = Self.events(parts, by: { .max }, isHasty: false)
      let most = Int.random(in: 20...1000, using: &random)
      for isHasty in [false, true] {
        #expect(Self.events(parts, by: { Int.random(in: 1...most, using: &random) }, isHasty: isHasty) == whole)
      }
      if round == 0 { #expect(Self.events(parts, by: { 1 }, isHasty: true) == whole) }
    }
  }

  @Test(arguments: 0..<16) func `one damaged place costs no record that is not beside it`(seed: UInt64) {
    var random = SplitMix64(seed: 1000 + seed)
    let file = Self.file(digests: false)
    for _ in 0..<20 {
      var octets = file
      let at = Int.random(in: 0..<octets.count, using: &random)
      octets.replaceSubrange(at..<min(octets.count, at + 30), with: [UInt8](repeating: 0, count: 30))
      var found = 0
      for case .record(let record, _, _) in WARCScannerTests.events(octets) where record.kind == .response {
        found += 1
      }
      #expect(found >= Self.pages.count - 2)
    }
  }

  @Test(arguments: 0..<8) func `messages, chunks and directories of random octets are read or refused`(seed: UInt64) {
    var random = SplitMix64(seed: 2000 + seed)
    let seeds: [[UInt8]] = [
      WARCText.http(Array("4\r\nWiki\r\n0\r\n\r\n".utf8), fields: [("Transfer-Encoding", "chunked"), ("A", "b")]),
      ZIPDirectoryTests.file([("archive/a.warc", Array("hello".utf8))], zip64: seed % 2 == 0),
    ]
    for _ in 0..<300 {
      for octets in seeds {
        let bad = Self.damaged(octets, &random)
        let record = WARCRecord(
          fields: HTTPFields([
            ("WARC-Type", "response"), ("WARC-Target-URI", "https://a.example/"), ("WARC-Date", "2026-11-20"),
          ]) ?? HTTPFields(), block: bad[...])
        _ = try? WARCCapture.decode(record)  // refusing is right as well
        _ = try? ZIPDirectoryTests.names(in: bad)
        _ = DataPackage(bad)
      }
    }
  }
}
