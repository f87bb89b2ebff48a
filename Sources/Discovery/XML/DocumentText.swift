import Markup

/// The characters of a feed, sitemap or list, whatever it says of its own encoding.
struct DocumentText {
  /// Well-formed UTF-8 without a byte order mark.
  let utf8: [UInt8]
  let problems: ProblemCounts

  init(decoding octets: [UInt8], contentType: String?) throws(DiscoveryError) {
    do {
      let charset = try Charset(decoding: Self.marked(octets), contentType: contentType)
      utf8 = charset.utf8
      var problems = ProblemCounts()
      if let declared = Self.declared(in: octets) {
        let isUTF8 = declared == "utf-8" || declared == "utf8"
        let isMisnamed = isUTF8 ? charset.name != "utf-8" : charset.name == "utf-8" && octets.contains { $0 >= 0x80 }
        if isMisnamed { problems.note(.otherEncoding) }
      }
      self.problems = problems
    } catch {
      throw .undecodable(error)
    }
    guard utf8.contains(where: { $0 > 32 }) else { throw .empty }
  }

  /// UTF-16 without its mark, known by how `<` and the character after it look there (XML 1.0 appendix F.1), with it.
  private static func marked(_ octets: [UInt8]) -> [UInt8] {
    guard octets.count >= 4 else { return octets }
    if octets[0] == 0x3C, octets[1] == 0, octets[2] != 0, octets[3] == 0 { return [0xFF, 0xFE] + octets }
    if octets[0] == 0, octets[1] == 0x3C, octets[2] == 0, octets[3] != 0 { return [0xFE, 0xFF] + octets }
    return octets
  }

  /// What an XML declaration at the start names, in lower case.
  private static func declared(in octets: [UInt8]) -> String? {
    let head = octets.prefix(256)
    guard let mark = head.firstIndex(of: UInt8(ascii: "<")), head[mark...].starts(with: "<?xml".utf8),
      let end = head[mark...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let text = String(decoding: head[mark..<end], as: UTF8.self).lowercased()
    guard let name = text.firstRange(of: "encoding") else { return nil }
    let parts = text[name.upperBound...].split(whereSeparator: { "=\"' \t\r\n?".contains($0) })
    return parts.first.map(String.init)
  }
}
