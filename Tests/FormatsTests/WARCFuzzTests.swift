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
          ]) ?? HTTPFields(), block: bad)
        _ = try? WARCCapture.decode(record)  // refusing is right as well
        _ = try? ZIPDirectoryTests.names(in: bad)
        _ = DataPackage(bad)
      }
    }
  }
}
