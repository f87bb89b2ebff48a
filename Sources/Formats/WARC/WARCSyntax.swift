import Model

/// How a WARC record is written (ISO 28500:2017 §4): its first line, its header section, the length of its block.
/// Functions of octets.
enum WARCSyntax {
  /// The longest first line of a record that is one.
  static let lineBytes = 10

  /// Whether a record's first line stands there: `WARC/`, a digit, a dot, one or two digits, the line's end; or as much of it
  /// as there is.
  static func isRecordLine(_ octets: [UInt8], at: Int, to limit: Int) -> Bool {
    var i = at
    func isNext(_ wanted: (UInt8) -> Bool) -> Bool {
      defer { i += 1 }
      return i >= limit || wanted(octets[i])
    }
    let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
    for letter in "WARC/".utf8 { guard isNext({ $0 == letter }) else { return false } }
    guard isNext(isDigit), isNext({ $0 == UInt8(ascii: ".") }), isNext(isDigit) else { return false }
    if i < limit, isDigit(octets[i]) { i += 1 }
    return isNext { $0 == 13 || $0 == 10 || $0 == 32 }
  }

  /// Where the next such line begins.
  /// - Parameter isAll: whether nothing follows; else a line counts only when all of it would be in sight.
  static func recordLine(in octets: [UInt8], from: Int, to limit: Int, isAll: Bool) -> Int? {
    let last = limit - (isAll ? 9 : lineBytes)
    guard from <= last else { return nil }
    return octets.withUnsafeBufferPointer { raw in
      for i in from...last where raw[i] == UInt8(ascii: "W") && raw[i + 1] == UInt8(ascii: "A") {
        if isRecordLine(octets, at: i, to: limit) { return i }
      }
      return nil
    }
  }

  /// Where the header section's empty line ends.
  static func headerEnd(in octets: [UInt8], from: Int, to limit: Int) -> Int? {
    octets.withUnsafeBufferPointer { raw in
      var i = from
      while i < limit {
        if raw[i] == 10 {
          // An empty line; some writers put more than one CR before an LF.
          var end = i + 1
          while end < limit, raw[end] == 13, end - i < 4 { end += 1 }
          if end < limit, raw[end] == 10 { return end + 1 }
        }
        i += 1
      }
      return nil
    }
  }

  /// The version and the fields of a header section.
  static func header(_ octets: ArraySlice<UInt8>) -> (version: String, fields: HTTPFields) {
    var section = HTTPFields.Section()
    var version = ""
    octets.withUnsafeBytes { raw in
      var (at, isFirst) = (0, true)
      while at < raw.count {
        let end = raw[at...].firstIndex(of: 10) ?? raw.count
        let line = UnsafeRawBufferPointer(rebasing: raw[at..<end])
        if isFirst {
          version = String(decoding: line.dropFirst(5).prefix { $0 != 13 && $0 != 32 }, as: UTF8.self)
        } else if !line.allSatisfy({ $0 == 13 }) {
          section.append(line)
        }
        (at, isFirst) = (end + 1, false)
      }
    }
    return (version, section.fields)
  }

  /// The block's length, in octets; nil when it is missing, no number, or said twice otherwise.
  static func length(_ fields: HTTPFields) -> Int? {
    let values = fields.octets(of: "content-length")
    guard let value = values.first, values.dropFirst().allSatisfy({ $0 == value }), (1...15).contains(value.count),
      value.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return value.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
