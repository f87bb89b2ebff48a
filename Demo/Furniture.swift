/// What a page carries beside its article, other on every request: counters, nonces, teasers.
///
/// All of it follows from the request's number, so that a run can be repeated.
struct Furniture: Sendable {
  private var state: UInt64

  /// The furniture of one request.
  init(request: Int) { state = UInt64(truncatingIfNeeded: request) &* 0x2545_F491_4F6C_DD1D &+ 1 }

  /// SplitMix64 (G. Steele et al., OOPSLA 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 2 up to less than a limit, which is above 2.
  private mutating func number(below limit: UInt64) -> String { String(2 + next() % (limit - 2)) }

  /// Sixteen hexadecimal digits or fewer.
  mutating func nonce() -> String { String(next(), radix: 16) }

  /// Some of the texts, `count` of them or as many as there are, in an order of its own.
  mutating func pick(_ count: Int, of texts: [String]) -> [String] {
    var left = texts
    var out: [String] = []
    while out.count < count, !left.isEmpty {
      out.append(left.remove(at: Int(next() % UInt64(left.count))))
    }
    return out
  }

  /// The values every section of a template may ask for; `n1` is the smallest of the numbers, `n4` the largest.
  mutating func values(now: String) -> [String: String] {
    [
      "nonce": nonce(), "key": nonce(), "n1": number(below: 60), "n2": number(below: 400), "n3": number(below: 3_000),
      "n4": number(below: 90_000), "now": now,
    ]
  }
}
