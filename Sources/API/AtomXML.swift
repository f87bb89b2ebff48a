import Model

/// Pieces of an Atom feed (RFC 4287).
enum AtomXML {
  /// Text with markup's own characters escaped. Characters that XML 1.0 §2.2 forbids become U+FFFD.
  static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += Array("&amp;".utf8)
      case "<": out += Array("&lt;".utf8)
      case ">": out += Array("&gt;".utf8)
      case "\"": out += Array("&quot;".utf8)
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
        out += Array("\u{FFFD}".utf8)
      default: out += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func element(_ name: String, _ text: String, _ attributes: String = "") -> String {
    "<\(name)\(attributes)>\(escaped(text))</\(name)>\n"
  }

  static func link(_ relation: String, _ href: String, type: String? = nil) -> String {
    let type = type.map { " type=\"\($0)\"" } ?? ""
    return "<link rel=\"\(relation)\" href=\"\(escaped(href))\"\(type)/>\n"
  }

  /// A lasting name (RFC 4287 §4.2.6) made of what it stands for: a UUID of version 8 (RFC 9562 §5.8) out of a SHA-256.
  static func name(_ parts: [String]) -> String {
    var octets = Array(Digest(ofUTF8: parts.map { "\($0.utf8.count):\($0)" }.joined()).bytes.prefix(16))
    octets[6] = octets[6] & 0x0F | 0x80
    octets[8] = octets[8] & 0x3F | 0x80
    let hex = Array(octets.hexadecimal)
    return "urn:uuid:" + [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
  }
}

/// One entry of a feed.
struct AtomEntry {
  let id: String
  let title: String
  let updated: Instant
  /// Where it is shown here.
  let link: String
  /// The article.
  let about: String
  let categories: [String]
  /// HTML, safe to show.
  let content: String

  var xml: String {
    var out = "<entry>\n" + AtomXML.element("id", id) + AtomXML.element("title", title)
    out += AtomXML.element("updated", updated.description) + AtomXML.link("alternate", link)
    out += AtomXML.link("related", about)
    for category in categories { out += "<category term=\"\(AtomXML.escaped(category))\"/>\n" }
    return out + AtomXML.element("content", content, " type=\"html\"") + "</entry>\n"
  }
}

/// A feed.
struct AtomFeed {
  let id: String
  let title: String
  /// Its own address.
  let address: String
  /// Who speaks: the archive, by its origin.
  let author: String
  /// Of an archive without entries.
  let begun: Instant
  let entries: [AtomEntry]

  var xml: String {
    var out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    out += AtomXML.element("id", id) + AtomXML.element("title", title)
    out += AtomXML.element("updated", (entries.map(\.updated).max() ?? begun).description)
    out += AtomXML.link("self", address, type: "application/atom+xml")
    out += "<author>" + AtomXML.element("name", author) + "</author>\n"
    return out + entries.map(\.xml).joined() + "</feed>\n"
  }
}
