/// UTF-16 to UTF-8, malformed units as U+FFFD.
enum UTF16Decoding {
  static func utf8(_ body: ArraySlice<UInt8>, bigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(body.count / 2 + 1)
    var at = body.startIndex
    while at + 1 < body.endIndex {
      let (first, second) = (UInt16(body[at]), UInt16(body[at + 1]))
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
      at += 2
    }
    if at < body.endIndex { units.append(0xFFFD) }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
