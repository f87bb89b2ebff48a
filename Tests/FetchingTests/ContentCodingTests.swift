import ContentCoding
@testable import Fetching
import LoopbackServer
import Model
import Testing

/// Content codings, sound and broken: a body is whole and checked, or there is a failure, never something between.
@Suite struct ContentCodingTests {
  static let plain = page(bytes: 20_000)

  private func fetchCoded(
    _ body: [UInt8], _ coding: String = "gzip", status: Int = 200, limit: Int = 1 << 20
  ) async throws -> FetchOutcome {
    var limits = Limits()
    limits.maximumBodyBytes = limit
    return try await fetch(limits: limits) { _ in
      Reply(status: status, headers: [("Content-Encoding", coding)], body: body)
    }
  }

  @Test(arguments: ["gzip", "GZIP", "x-gzip", "identity, gzip"])
  func `a gzip body is decoded and its fields stay as sent`(coding: String) async throws {
    let coded = gzip(Self.plain)
    let outcome = try await fetchCoded(coded, coding)
    #expect(outcome.response?.body == Self.plain)
    #expect(outcome.response?.fields["Content-Encoding"] == coding)
    #expect(outcome.bytesReceived == Int64(coded.count))
  }

  @Test func `several gzip members are one body, and zeros may follow`() async throws {
    let halves = gzip(Array(Self.plain[..<7000])) + gzip([]) + gzip(Array(Self.plain[7000...]))
    #expect(try await fetchCoded(halves).response?.body == Self.plain)
    #expect(try await fetchCoded(halves + [0, 0, 0]).response?.body == Self.plain)
  }

  @Test(arguments: [1, 8, 9, 100, 2000])
  func `a gzip body cut short under an honest Content-Length is a failure`(missing: Int) async throws {
    let outcome = try await fetchCoded(Array(gzip(Self.plain).dropLast(missing)))
    #expect(outcome.failure == .damagedCoding("gzip"))
    #expect(outcome.failure?.isTransient == true)
    #expect(outcome.hops.isEmpty)
  }

  @Test func `a second member cut short is a failure, not half a page`() async throws {
    let outcome = try await fetchCoded(gzip(Self.plain) + gzip(Self.plain).dropLast(50))
    #expect(outcome.failure == .damagedCoding("gzip"))
  }

  @Test func `a wrong checksum, or anything after the end, is a failure`() async throws {
    var wrong = gzip(Self.plain)
    wrong[wrong.count - 6] ^= 1
    #expect(try await fetchCoded(wrong).failure == .damagedCoding("gzip"))
    #expect(try await fetchCoded(gzip(Self.plain) + Array("more".utf8)).failure == .damagedCoding("gzip"))
  }

  @Test func `a length in the last bytes that lies changes nothing but the failure`() async throws {
    var wrong = gzip(Self.plain)
    wrong[wrong.count - 1] = 0x7f
    #expect(try await fetchCoded(wrong).failure == .damagedCoding("gzip"))
  }

  @Test func `plain text under the name of gzip is a failure of its own`() async throws {
    let outcome = try await fetchCoded(Array("<p>not packed".utf8))
    #expect(outcome.failure == .codingMismatch("gzip"))
    #expect(outcome.failure?.code == "coding-mismatch")
  }

  @Test func `a bomb is stopped at the limit`() async throws {
    let bomb = gzip([UInt8](repeating: 0, count: 32 << 20))
    #expect(bomb.count < 64_000)
    #expect(try await fetchCoded(bomb).failure == .bodyTooLarge(limitBytes: 1 << 20))
    // Packed twice it is far smaller still.
    #expect(try await fetchCoded(gzip(bomb), "gzip, gzip").failure == .bodyTooLarge(limitBytes: 1 << 20))
    // In members that each are within it.
    let members = Array(repeatElement(gzip([UInt8](repeating: 0, count: 600_000)), count: 3).joined())
    #expect(try await fetchCoded(members).failure == .bodyTooLarge(limitBytes: 1 << 20))
  }

  @Test func `a body exactly as long as the limit is taken`() async throws {
    let body = [UInt8](repeating: 65, count: 4096)
    #expect(try await fetchCoded(gzip(body), limit: 4096).response?.body == body)
    #expect(try await fetchCoded(body, "identity", limit: 4096).response?.body == body)
    #expect(try await fetchCoded(body + [65], "identity", limit: 4096).failure == .bodyTooLarge(limitBytes: 4096))
    #expect(try await fetchCoded(gzip(body + [65]), limit: 4096).failure == .bodyTooLarge(limitBytes: 4096))
  }

  @Test(arguments: ["br", "dcz", "gzip, br", "utf-8"])
  func `a coding that was not asked for is named`(coding: String) async throws {
    let outcome = try await fetchCoded(Self.plain, coding)
    let name = try #require(coding.split(separator: " ").last)
    #expect(outcome.failure == .unknownCoding(String(name)))
  }

  @Test func `more codings than anyone needs are refused`() async throws {
    let outcome = try await fetchCoded(Self.plain, "gzip, gzip, gzip, gzip, gzip")
    #expect(outcome.failure?.code == "unknown-coding")
  }

  @Test func `no bytes at all are no gzip page, but an error without content may name a coding`() async throws {
    #expect(try await fetchCoded([]).failure == .damagedCoding("gzip"))
    #expect(try await fetchCoded([], status: 404).response?.body == [])
  }

  @Test func `deflate is read as zlib and as the raw stream that some send`() async throws {
    // RFC 1951 §3.2.4: one stored block, in zlib (RFC 1950, with its Adler-32) and bare.
    let raw: [UInt8] = [1, 2, 0, 0xfd, 0xff, 104, 105]
    let zlib: [UInt8] = [0x78, 0x01] + raw + [0x01, 0x3b, 0x00, 0xd2]
    #expect(try await fetchCoded(zlib, "deflate").response?.body == [104, 105])
    #expect(try await fetchCoded(raw, "deflate").response?.body == [104, 105])
    #expect(try await fetchCoded(Array(zlib.dropLast()), "deflate").failure == .damagedCoding("deflate"))
    #expect(try await fetchCoded(raw + [0], "deflate").failure == .damagedCoding("deflate"))
  }

  @Test func `a redirect whose body is broken still is a failure and not an empty body`() async throws {
    let outcome = try await fetch { request in
      request.path == "/"
        ? Reply(status: 302, headers: [("Location", "/b"), ("Content-Encoding", "gzip")], body: [1, 2, 3]) : .html("b")
    }
    #expect(outcome.failure == .codingMismatch("gzip"))
    #expect(outcome.hops.isEmpty)
  }

  @Test func `no cut and no flipped bit ever gives another body`() throws {
    let plain = page(bytes: 1500)
    let coded = gzip(plain)
    for length in 0..<coded.count {
      #expect(throws: CodingError.self) { try HTTPCoding.decode(Array(coded[..<length]), [.gzip], limit: 1 << 16) }
    }
    for bit in 0..<(coded.count * 8) {
      var flipped = coded
      flipped[bit / 8] ^= 1 << (bit % 8)
      // A flip in what the header only tells (time, system) changes nothing that counts.
      do throws(CodingError) {
        #expect(try HTTPCoding.decode(flipped, [.gzip], limit: 1 << 16) == plain)
      } catch {
        #expect(
          error == .damaged("gzip") || error == .mismatch("gzip")
            || error == .tooLarge(limitBytes: 1 << 16))
      }
    }
  }
}
