import Formats
import HTTPAnswers
import Model

/// The URL whose past is asked for (URI-R, RFC 7089 §1.1), as it stands at the end of an address of the archive.
struct ArchivedURL: Hashable, Sendable {
  /// Absolute; as asked, but for what browsers and proxies do to a URL inside another.
  let text: String
  /// What all spellings of it have in common (`SURT`).
  let key: String

  /// Longer ones are in no archive.
  static let longest = 16_384

  /// Reads what a path and a query hold. Two slashes that became one are put back (`http:/example.org`), a URL encoded as a
  /// whole is decoded, one without a scheme is taken for http. Nil when no URL is left.
  init?(_ asked: some StringProtocol) {
    var bytes = Array(asked.utf8)
    guard !bytes.isEmpty, bytes.count <= Self.longest else { return nil }
    let start = String(decoding: bytes.prefix(8), as: UTF8.self).lowercased()
    if start.hasPrefix("http%3a") || start.hasPrefix("https%3a") {
      guard let decoded = PercentCoding.decoded(bytes) else { return nil }
      bytes = decoded
    }
    guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
    if let colon = Self.schemeEnd(of: bytes) {
      let rest = bytes[(colon + 1)...].drop { $0 == UInt8(ascii: "/") }
      guard !rest.isEmpty else { return nil }
      bytes = bytes[...colon] + Array("//".utf8) + rest
    } else {
      let rest = bytes.drop { $0 == UInt8(ascii: "/") }
      guard let first = rest.first, first != UInt8(ascii: "?") else { return nil }
      bytes = Array("http://".utf8) + rest
    }
    text = String(validating: bytes, as: UTF8.self) ?? Self.escaped(bytes)
    key = SURT.key(of: text)
  }

  /// With all octets beyond ASCII percent-encoded, for they are no UTF-8.
  private static func escaped(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.flatMap { byte in
        byte < 128 ? [byte] : Array("%\(CollectionOfOne(byte).hexadecimal.uppercased())".utf8)
      }, as: UTF8.self)
  }

  /// Where the colon of `scheme:/` stands; nil when no scheme is written. `example.org:80/` has none.
  private static func schemeEnd(of bytes: [UInt8]) -> Int? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < bytes.count,
      bytes[colon + 1] == UInt8(ascii: "/"), (97...122).contains(bytes[0] | 32)
    else { return nil }
    let isScheme = bytes[..<colon].allSatisfy {
      (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 43 || $0 == 45 || $0 == 46
    }
    return isScheme ? colon : nil
  }

  /// The keys under which an archive may have filed articles of this URL. `WebURL.surt`, by which articles are filed, keeps
  /// apart what `key` takes for one: a closing slash is tried both ways, the parts of a query in every order while they are
  /// few.
  var filedKeys: Set<String> {
    var keys: Set<String> = [text]
    // What cannot be read is filed under itself.
    for key in [key, (try? WebURL(text))?.surt].compactMap(\.self) {
      let path = key.prefix { $0 != "?" }
      let isClosed = path.hasSuffix("/") && !path.hasSuffix(")/")
      let paths = [String(path), isClosed ? String(path.dropLast()) : path + "/"]
      guard path.endIndex != key.endIndex else {
        keys.formUnion(paths)
        continue
      }
      let parts = key[path.endIndex...].dropFirst().split(separator: "&", omittingEmptySubsequences: false)
      for query in parts.count <= Self.mostPermuted ? Self.orders(of: parts) : [parts] {
        keys.formUnion(paths.map { $0 + "?" + query.joined(separator: "&") })
      }
    }
    return keys
  }

  /// Four have 24 orders.
  private static let mostPermuted = 4

  private static func orders(of parts: [Substring]) -> [[Substring]] {
    guard parts.count > 1 else { return [parts] }
    return parts.indices.flatMap { i in
      var rest = parts
      let part = rest.remove(at: i)
      return orders(of: rest).map { [part] + $0 }
    }
  }
}

/// URLs as they stand inside the archive's own addresses and in `Link` fields.
enum LinkedURL {
  /// Without its fragment, and with what may stand nowhere in a URL percent-encoded (RFC 3986 §2).
  static func text(_ url: String) -> String { encoded(url.utf8.prefix { $0 != UInt8(ascii: "#") }) }

  /// The same with its fragment: as WARC-Target-URI has it.
  static func whole(_ url: String) -> String { encoded(url.utf8[...]) }

  private static func encoded(_ bytes: Substring.UTF8View) -> String {
    guard bytes.contains(where: mustBeEncoded) else { return String(Substring(bytes)) }
    var out: [UInt8] = []
    for byte in bytes {
      if mustBeEncoded(byte) {
        out.append(UInt8(ascii: "%"))
        out += Array(CollectionOfOne(byte).hexadecimal.uppercased().utf8)
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func mustBeEncoded(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...32, 127...255, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
      UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
