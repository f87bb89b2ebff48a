/// Pairs of names and values as a query or a posted form writes them (application/x-www-form-urlencoded, WHATWG URL §5).
public enum FormFields {
  /// No more pairs than so many are read.
  public static let limit = 100

  /// Reads as browsers do: `+` is a space, a stray percent sign stands for itself, what is not UTF-8 becomes U+FFFD. Nil when
  /// there are more pairs than `limit`.
  public static func read(_ octets: some Collection<UInt8>) -> [(name: String, value: String)]? {
    let parts = octets.split(separator: UInt8(ascii: "&"), maxSplits: limit + 1)
    guard parts.count <= limit else { return nil }
    return parts.map { part in
      let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (text(Array(halves[0])), halves.count > 1 ? text(Array(halves[1])) : "")
    }
  }

  private static func text(_ octets: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(octets.count)
    var i = 0
    while i < octets.count {
      if octets[i] == UInt8(ascii: "%"), i + 2 < octets.count, let high = PercentCoding.digit(octets[i + 1]),
        let low = PercentCoding.digit(octets[i + 2])
      {
        out.append(high << 4 | low)
        i += 3
      } else {
        out.append(octets[i] == UInt8(ascii: "+") ? UInt8(ascii: " ") : octets[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Writes pairs so that `read` gives them again: `a=1&b=x%20y`.
  public static func written(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { PercentCoding.encoded($0.name) + "=" + PercentCoding.encoded($0.value) }.joined(separator: "&")
  }
}
