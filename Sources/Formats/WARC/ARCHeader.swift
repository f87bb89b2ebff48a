import Model

/// The line before each record of an ARC file, WARC's forerunner (Internet Archive, "Arc File Format", 1996): URL, IP address,
/// date, media type, length; version 2 has five words more before the length. The first record describes the file.
enum ARCHeader {
  /// As much of an ARC file as every one begins with.
  static let beginning = Array("filedesc:".utf8)
  /// A longer line is none.
  static let maximumBytes = 16 << 10

  /// The fields that a WARC record would have in its place, and where the line ends; nil when no such line stands there.
  static func parse(_ octets: [UInt8], at: Int, to limit: Int) -> (fields: HTTPFields, end: Int)? {
    guard let end = octets[at..<min(limit, at + maximumBytes)].firstIndex(of: 10) else { return nil }
    let line = octets[at..<end].last == 13 ? octets[at..<(end - 1)] : octets[at..<end]
    let words = line.split(separator: 32, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    // The URL may hold spaces, so words are counted from the end.
    guard let length = words.last, !length.isEmpty, length.utf8.allSatisfy({ (48...57).contains($0) }),
      let date = [3, 8].first(where: { words.count > $0 + 1 && WARCRecord.isDigits(words[words.count - $0], 14) }),
      words[0].utf8.contains(UInt8(ascii: ":"))
    else { return nil }
    let url = words[..<(words.count - date - 1)].joined(separator: " ")
    let fields = HTTPFields([
      ("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", words[words.count - date]),
      ("WARC-Identified-Payload-Type", words[words.count - date + 1]), ("Content-Length", length),
    ])
    return fields.map { ($0, end + 1) }
  }
}
