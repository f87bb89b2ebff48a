import ContentCoding
import Testing

/// Codings as archives hold them: chunks that may be gone already, Brotli, streams that break off.
struct ArchivedCodingTests {
  private func chunked(_ text: String) -> ChunkedCoding { ChunkedCoding(decoding: Array(text.utf8)[...]) }

  @Test func `chunks are joined, their extensions and what follows the last one passed over`() {
    #expect(chunked("4\r\nWiki\r\n6;a=b\r\npedia \r\n0\r\nTrailer: x\r\n\r\n") == .whole(Array("Wikipedia ".utf8)))
    #expect(chunked("A \n0123456789\n00\n\n") == .whole(Array("0123456789".utf8)))
    #expect(chunked("0\r\n\r\n") == .whole([]))
  }

  @Test func `a payload that was stored without chunks is told from one whose chunks break off`() {
    #expect(chunked("<!doctype html><p>Not chunked") == .absent)
    #expect(chunked("") == .absent)
    #expect(chunked("10\r\nkilometres of coast, the council said, and more") == .absent)
    #expect(chunked("4\r\nWiki\r\n6\r\npedi") == .broken)
    #expect(chunked("4\r\nWiki\r\n") == .broken)
    #expect(chunked("4\r\nWiki\r\nnothing") == .broken)
    #expect(chunked("FFFFFFFFFFFFFF\r\nabc") == .broken)
    #expect(chunked("FFFFFFFFFFFFFFFFFFFF\r\nabc") == .absent)
  }

  /// "The ferry sails at noon. " twenty times.
  private static let brotli: [UInt8] = [
    27, 243, 1, 248, 141, 148, 171, 237, 104, 65, 5, 113, 182, 84, 47, 36, 177, 11, 140, 205, 216, 248, 242, 65, 97,
    160, 240, 202, 48, 220, 118, 63, 167, 89, 135, 62, 122, 166, 5,
  ]
  private static let plain = Array(String(repeating: "The ferry sails at noon. ", count: 20).utf8)

  @Test func `Brotli is undone to its end, or not at all`() throws {
    #expect(try HTTPCoding.decode(Self.brotli, [.brotli], limit: 500) == Self.plain)
    #expect(throws: CodingError.tooLarge(limitBytes: 499)) { try HTTPCoding.decode(Self.brotli, [.brotli], limit: 499) }
    for length in 0..<Self.brotli.count {
      #expect(throws: CodingError.damaged("br")) {
        try HTTPCoding.decode(Array(Self.brotli[..<length]), [.brotli], limit: 500)
      }
    }
    #expect(throws: CodingError.damaged("br")) { try HTTPCoding.decode(Self.brotli + [0], [.brotli], limit: 500) }
  }

  /// A gzip member of "stored", uncompressed (RFC 1951 §3.2.4), with its CRC.
  private static let member: [UInt8] =
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, 6, 0, 0xF9, 0xFF] + Array("stored".utf8) + [
      0x0B, 0xF9, 0x43, 0x56, 6, 0, 0, 0,
    ]

  @Test func `a stream gives what it can and says where it ends`() throws {
    let stream = try InflateStream(.gzip)
    let two = Self.member + Self.member
    var out: [UInt8] = []
    let first = try stream.decode(two[...], into: &out, room: 100)
    #expect(first == (Self.member.count, true) && out == Array("stored".utf8))
    // One octet at a time, and one of room.
    var at = first.used
    out = []
    while at < two.count {
      let step = try stream.decode(two[at..<(at + 1)], into: &out, room: 1)
      at += step.used
      #expect(step.ended == (at == two.count))
    }
    #expect(out == Array("stored".utf8))
  }

  @Test func `a stream that goes wrong has given what came before`() throws {
    var damaged = Self.member
    damaged[damaged.count - 5] ^= 1
    var out: [UInt8] = []
    #expect(throws: CodingError.damaged("gzip")) {
      _ = try InflateStream(.gzip).decode(damaged[...], into: &out, room: 100)
    }
    #expect(out == Array("stored".utf8))
    let decoder = try DeflateDecoder()
    #expect(Self.member.withUnsafeBytes { decoder.member($0, size: 6) } == Array("stored".utf8))
    #expect(Self.member.withUnsafeBytes { decoder.member($0, size: 5) } == nil)
    #expect(damaged.withUnsafeBytes { decoder.member($0, size: 6) } == nil)
    #expect((Self.member + [0]).withUnsafeBytes { decoder.member($0, size: 6) } == nil)
  }
}
