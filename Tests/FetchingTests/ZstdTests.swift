import CZstd
import ContentCoding
import Fetching
import LoopbackServer
import Model
import Testing

/// Bodies coded by zstd: whole frames or a failure.
@Suite struct ZstdTests {
  static let plain = page(bytes: 20_000)

  /// One frame; its length is told unless it is made as a stream.
  static func frame(_ bytes: [UInt8], checksum: Bool = false, windowLog: Int32 = 0, stream: Bool = false) -> [UInt8] {
    let compressor = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(compressor) }
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, checksum ? 1 : 0)
    if windowLog > 0 { ZSTD_CCtx_setParameter(compressor, ZSTD_c_windowLog, windowLog) }
    if !stream { ZSTD_CCtx_setPledgedSrcSize(compressor, UInt64(bytes.count)) }
    let room = ZSTD_compressBound(bytes.count) + 64
    return [UInt8](unsafeUninitializedCapacity: room) { target, count in
      bytes.withUnsafeBytes { source in
        var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: room, pos: 0)
        if stream { ZSTD_compressStream2(compressor, &output, &input, ZSTD_e_flush) }
        ZSTD_compressStream2(compressor, &output, &input, ZSTD_e_end)
        count = output.pos
      }
    }
  }

  private func decoded(_ coded: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    try HTTPCoding.decode(coded, [.zstd], limit: limit)
  }

  @Test func `a zstd body is decoded and its fields stay as sent`() async throws {
    let coded = Self.frame(Self.plain)
    let outcome = try await fetch { _ in Reply(headers: [("Content-Encoding", "zstd")], body: coded) }
    #expect(outcome.response?.body == Self.plain)
    #expect(outcome.response?.fields["Content-Encoding"] == "zstd")
    #expect(outcome.bytesReceived == Int64(coded.count))
  }

  @Test func `a body cut short under an honest Content-Length is a failure`() async throws {
    let coded = Array(Self.frame(Self.plain).dropLast(3))
    let outcome = try await fetch { _ in Reply(headers: [("Content-Encoding", "zstd")], body: coded) }
    #expect(outcome.failure == .damagedCoding("zstd"))
    #expect(outcome.hops.isEmpty)
  }

  @Test(arguments: [false, true])
  func `frames with and without a told length are read, several are one body`(stream: Bool) throws {
    let halves = [Array(Self.plain[..<7000]), Array(Self.plain[7000...])].map { Self.frame($0, stream: stream) }
    let skippable: [UInt8] = [0x51, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]
    #expect(try decoded(halves[0] + halves[1]) == Self.plain)
    #expect(try decoded(skippable + halves[0] + skippable + halves[1]) == Self.plain)
    #expect(try decoded(Self.frame([], stream: stream)) == [])
  }

  @Test(arguments: [false, true]) func `no cut ever gives a body`(stream: Bool) {
    let coded = Self.frame(page(bytes: 1500), stream: stream)
    for length in 0..<coded.count {
      #expect(throws: CodingError.self) { try decoded(Array(coded[..<length])) }
    }
    #expect(throws: CodingError.damaged("zstd")) { try decoded(coded + [0]) }
  }

  @Test func `a flipped bit under a checksum never gives another body`() {
    let plain = page(bytes: 800)
    let coded = Self.frame(plain, checksum: true)
    for bit in 0..<(coded.count * 8) {
      var flipped = coded
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect((try? decoded(flipped)).map { $0 == plain } != false)  // a failure is as right as the same body
    }
  }

  @Test(arguments: [false, true]) func `a bomb ends at the limit`(stream: Bool) {
    let bomb = Self.frame([UInt8](repeating: 0, count: 64 << 20), stream: stream)
    #expect(bomb.count < 16_384)
    #expect(throws: CodingError.tooLarge(limitBytes: 1 << 20)) { try decoded(bomb) }
  }

  @Test(arguments: [false, true]) func `a body exactly as long as the limit is taken`(stream: Bool) throws {
    let body = [UInt8](repeating: 65, count: 4096)
    #expect(try decoded(Self.frame(body, stream: stream), limit: 4096) == body)
    #expect(throws: CodingError.tooLarge(limitBytes: 4096)) {
      try decoded(Self.frame(body + [65], stream: stream), limit: 4096)
    }
  }

  @Test func `a window above that of RFC 9659 is refused`() {
    let wide = Self.frame([UInt8](repeating: 7, count: 20 << 20), windowLog: 24, stream: true)
    #expect(throws: CodingError.unknown("zstd with a window of more than 8 MB")) {
      try decoded(wide, limit: 64 << 20)
    }
  }

  @Test func `plain text under the name of zstd is a failure of its own`() {
    #expect(throws: CodingError.mismatch("zstd")) { try decoded(Array("<p>not packed".utf8)) }
    #expect(throws: CodingError.mismatch("zstd")) { try decoded([]) }
  }
}
