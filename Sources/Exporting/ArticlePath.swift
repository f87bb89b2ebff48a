import Model

/// Where an article's files stand: two names, of its host and of what follows it, that any file system takes.
///
/// Different URLs have different names, also where case does not count. a-z, 0-9, `-`, `.` and `%` stand for themselves, `_`
/// for a slash, `+` and a letter for that letter in upper case; any other octet, and a point at the start, is `=` and its two
/// hexadecimal digits. docs/FORMAT.md has the rest.
public struct ArticlePath: Hashable, Sendable {
  public let host: String
  public let slug: String

  /// The longest name that is not cut; file systems take 255 octets.
  private static let longest = 180

  public init(url: String) {
    let all = Array(url.utf8)
    let (https, rule) = (Array("https://".utf8), Array("://".utf8))
    let hostStart: Int
    if all.starts(with: https) {
      hostStart = https.count
    } else if let found = all.indices.first(where: { all[$0...].starts(with: rule) }) {
      hostStart = found + rule.count
    } else {
      // No authority: the scheme stands for the host, an `=` for its colon, which is no escape either.
      let end = all.firstIndex(of: UInt8(ascii: ":")) ?? 0
      self.init(host: Self.name(all[..<end]) + "=", rest: all[end...].dropFirst(), url: url)
      return
    }
    let hostEnd =
      all[hostStart...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
      ?? all.count
    self.init(
      host: Self.name(all.starts(with: https) ? all[hostStart..<hostEnd] : all[..<hostEnd]), rest: all[hostEnd...],
      url: url)
  }

  private init(host: String, rest: ArraySlice<UInt8>, url: String) {
    self.host = Self.cut(host, url)
    // `=` alone, and `=-` before a path that does not begin with a slash, are no escapes.
    let slug =
      rest.first == UInt8(ascii: "/") ? (rest.count == 1 ? "=" : Self.name(rest.dropFirst())) : "=-" + Self.name(rest)
    self.slug = Self.cut(slug, url)
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "/"): out.append(UInt8(ascii: "_"))
      case UInt8(ascii: ".") where out.isEmpty: out += Array("=2E".utf8)
      case 97...122, 48...57, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "%"): out.append(byte)
      case 65...90: out += [UInt8(ascii: "+"), byte | 32]
      default: out += Array("=".utf8) + Array(CollectionOfOne(byte).hexadecimal.uppercased().utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A long name ends in `==` and 32 digits of the URL's SHA-256.
  private static func cut(_ name: String, _ url: String) -> String {
    guard name.utf8.count > longest else { return name }
    return String(name.prefix(longest - 40)) + "==" + String(Digest(ofUTF8: url).hexadecimal.prefix(32))
  }
}
