import Fetching
import Model
import Testing

/// What a failure is called in rows and in messages.
@Suite struct FetchErrorTests {
  static let all: [FetchError] = [
    .badURL("x"), .unsupportedScheme("ftp"), .hostNotFound("h"),
    .guardedAddress(host: "h", address: .v4(0x7f00_0001)), .connectionFailed(detail: "d"),
    .connectionLost(detail: "d"), .emptyReply, .timedOut(.resolving, after: .seconds(1)),
    .timedOut(.connecting, after: .seconds(1)), .timedOut(.transfer, after: .seconds(1)),
    .tooSlow(bytesPerSecond: 1, over: .seconds(1)), .certificate(detail: "d"), .tls(detail: "d"), .proxy(detail: "d"),
    .protocolError(detail: "d"), .truncated, .bodyTooLarge(limitBytes: 1), .headersTooLarge(limitBytes: 1),
    .unknownCoding("br"), .codingMismatch("gzip"), .damagedCoding("gzip"), .badRedirect("x"),
    .tooManyRedirects(limit: 1), .unaskedNotModified, .unaskedPartialContent,
    .robotsDisallowed("u"), .robotsUnreachable("u", detail: "d"), .hostBackedOff(until: Instant(milliseconds: 0)),
    .cancelled,
    .transferFailed(code: 99, detail: "d"),
  ]

  @Test func `every failure has a code of its own, in lower case and hyphens`() {
    let codes = Self.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(!code.isEmpty && code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    }
  }

  @Test(arguments: [
    (Duration.seconds(30), "30 s"), (.milliseconds(1500), "1.5 s"), (.milliseconds(50), "0.05 s"), (.zero, "0.001 s"),
  ])
  func `times are said in seconds`(time: Duration, text: String) {
    #expect(FetchError.timedOut(.transfer, after: time).message == "timed out after \(text)")
  }
}
