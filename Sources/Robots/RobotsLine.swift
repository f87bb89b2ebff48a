/// One line of a robots.txt taken apart (RFC 9309 §2.2): what it is about, and the value.
enum RobotsLine {
  enum Key { case userAgent, allow, disallow, crawlDelay, sitemap }

  /// Nil for an empty line, a comment, and anything that is not one of the known lines.
  static func parse(_ line: ArraySlice<UInt8>) -> (Key, ArraySlice<UInt8>)? {
    let text = trimmed(line.prefix { $0 != UInt8(ascii: "#") })
    if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      guard let key = key(trimmed(text[..<colon])) else { return nil }
      return (key, trimmed(text[(colon + 1)...]))
    }
    // `Disallow /path`: a colon forgotten is understood when there is just one word after the key.
    guard let space = text.firstIndex(where: isSpace), let key = key(text[..<space]) else { return nil }
    let value = trimmed(text[space...])
    return value.contains(where: isSpace) ? nil : (key, value)
  }

  private static func key(_ name: ArraySlice<UInt8>) -> Key? {
    guard name.count <= 16 else { return nil }
    return switch String(decoding: name, as: UTF8.self).lowercased() {
    case "user-agent", "useragent", "user agent": .userAgent
    case "allow": .allow
    case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw": .disallow
    case "crawl-delay", "crawldelay", "crawl delay": .crawlDelay
    case "sitemap", "site-map": .sitemap
    default: nil
    }
  }

  /// Seconds with or without a fraction, as thousandths; nil for what is no number. Cut at a million seconds.
  static func milliseconds(_ value: ArraySlice<UInt8>) -> Int64? {
    let digit: (UInt8) -> Bool = { (48...57).contains($0) }
    let number = value.prefix { !isSpace($0) }
    let whole = number.prefix(while: digit)
    let fraction = number.dropFirst(whole.count).first == UInt8(ascii: ".") ? number.dropFirst(whole.count + 1) : []
    guard !whole.isEmpty || !fraction.isEmpty, fraction.allSatisfy(digit),
      fraction.isEmpty ? number.dropFirst(whole.count).allSatisfy({ $0 == UInt8(ascii: ".") }) : true
    else { return nil }
    let seconds = whole.reduce(Int64(0)) { min($0 * 10 + Int64($1) - 48, 1_000_000) }
    let thousandths = (Array(fraction.prefix(3)) + [48, 48, 48]).prefix(3).reduce(Int64(0)) { $0 * 10 + Int64($1) - 48 }
    return seconds * 1000 + thousandths
  }

  static func isSpace(_ octet: UInt8) -> Bool { octet == 32 || octet == 9 }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }
}
