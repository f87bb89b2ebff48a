import Model
import Scheduling
import Testing

/// What response fields say of freshness (RFC 9111).
struct FreshnessTests {
  private let now = Instant(milliseconds: 1_795_168_800_000)

  private func lifetime(_ pairs: [(name: String, value: String)]) throws -> Int64? {
    let fields = try #require(HTTPFields(pairs))
    return Freshness.end(of: fields, receivedAt: now).map { now.milliseconds(to: $0) / 1_000 }
  }

  @Test func `lifetimes are read as RFC 9111 has them`() throws {
    let sixth = "Sun, 06 Nov 1994 08:49:37 GMT"
    // §5.2.2.1 max-age
    #expect(try lifetime([("Cache-Control", "max-age=300")]) == 300)
    #expect(try lifetime([("cache-control", "public, Max-Age=\"60\"")]) == 60)
    // §4.2.1: s-maxage before max-age before Expires
    #expect(try lifetime([("Cache-Control", "max-age=300, s-maxage=30")]) == 30)
    #expect(try lifetime([("Cache-Control", "max-age=300"), ("Expires", sixth)]) == 300)
    #expect(try lifetime([("Date", sixth), ("Expires", "Sun, 06 Nov 1994 08:59:37 GMT")]) == 600)
    // §5.1 Age
    #expect(try lifetime([("Cache-Control", "max-age=300"), ("Age", "100")]) == 200)
    #expect(try lifetime([("Cache-Control", "max-age=300"), ("Age", "300")]) == nil)
    // §5.2.2.4, §5.2.2.5
    #expect(try lifetime([("Cache-Control", "no-cache, max-age=300")]) == nil)
    #expect(try lifetime([("Cache-Control", "max-age=300"), ("Cache-Control", "no-store")]) == nil)
    // §5.3: an invalid Expires, 0 above all, is in the past
    #expect(try lifetime([("Expires", "0")]) == nil)
    #expect(try lifetime([("Cache-Control", "private=\"a, max-age=9\"")]) == nil)
    // §1.2.2: too large is 2^31
    #expect(try lifetime([("Cache-Control", "max-age=99999999999999999999")]) == 1 << 31)
    #expect(try lifetime([("Cache-Control", "max-age=-5")]) == nil)
    #expect(try lifetime([("Cache-Control", ",,=,max-age")]) == nil)
    #expect(try lifetime([]) == nil)
  }

  @Test func `change frequencies of sitemaps are intervals`() {
    #expect(ScheduleHints.changeInterval("Daily") == 86_400_000)
    #expect(ScheduleHints.changeInterval("always") == 3_600_000)
    #expect(ScheduleHints.changeInterval("never") == nil)
    #expect(ScheduleHints.changeInterval("often") == nil)
  }
}
