import Model

/// Until when a response is fresh, as its server says (RFC 9111 §4.2).
public enum Freshness {
  /// - Returns: nil when the fields give no lifetime, or say that it has none (`no-store`, `no-cache`, invalid `Expires`).
  public static func end(of fields: HTTPFields, receivedAt now: Instant) -> Instant? {
    let directives = directives(fields.values(of: "cache-control"))
    if directives["no-store"] != nil || directives["no-cache"] != nil { return nil }
    // §5.2.2.10: s-maxage is for shared caches, of which one is likely to stand before a news site; it comes first there (§4.2.1).
    var lifetime: Int64?
    if let stated = directives["s-maxage"] ?? directives["max-age"] {
      lifetime = seconds(stated)
    } else if let expires = fields.values(of: "expires").first.flatMap({ HTTPDate.parse($0, now: now) }) {
      // §4.2.1: Expires minus Date; without a Date, minus the time of arrival (RFC 9110 §6.6.1).
      let date = fields.values(of: "date").first.flatMap { HTTPDate.parse($0, now: now) } ?? now
      lifetime = date.milliseconds(to: expires) / 1_000
    }
    guard let lifetime else { return nil }
    // §5.1: Age is what it has spent in caches already.
    let age = fields.values(of: "age").first.flatMap { seconds($0) } ?? 0
    guard lifetime > age else { return nil }
    return now.advanced(byMilliseconds: (lifetime - age) * 1_000)
  }

  /// Directive names in lower case, with their arguments without quotation marks (§5.2); of repeated ones the first.
  static func directives(_ lines: [String]) -> [String: String] {
    var out: [String: String] = [:]
    for line in lines {
      var quoted = false
      let parts = line.split(omittingEmptySubsequences: true) { character in
        if character == "\"" { quoted.toggle() }
        return character == "," && !quoted
      }
      for part in parts {
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = trimmed(pair[0]).lowercased()
        guard !name.isEmpty, out[name] == nil else { continue }
        var argument = pair.count > 1 ? trimmed(pair[1]) : ""
        if argument.count > 1, argument.hasPrefix("\""), argument.hasSuffix("\"") {
          argument = argument.dropFirst().dropLast()
        }
        out[name] = String(argument)
      }
    }
    return out
  }

  /// Delta-seconds (§1.2.2): digits alone; what is too large counts as 2^31.
  private static func seconds(_ text: some StringProtocol) -> Int64? {
    let digits = trimmed(Substring(text)).utf8
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { min(1 << 31, $0 * 10 + Int64($1 - 48)) }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let rest = text.drop { $0 == " " || $0 == "\t" }
    return rest.prefix(rest.count - rest.reversed().prefix { $0 == " " || $0 == "\t" }.count)
  }
}
