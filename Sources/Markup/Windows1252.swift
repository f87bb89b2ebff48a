/// windows-1252, which on the web is also what Latin-1 and ASCII mean (Encoding Standard §9).
enum Windows1252 {
  /// Every byte is a character.
  static func utf8(_ body: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(body.count + body.count / 8)
    for byte in body {
      if byte < 0x80 {
        out.append(byte)
      } else {
        let scalar = byte < 0xA0 ? UInt32(high[Int(byte) - 0x80]) : UInt32(byte)
        if scalar < 0x800 {
          out.append(UInt8(0xC0 | scalar >> 6))
        } else {
          out.append(UInt8(0xE0 | scalar >> 12))
          out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
        }
        out.append(UInt8(0x80 | scalar & 0x3F))
      }
    }
    return out
  }

  /// 0x80-0x9F.
  private static let high: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E,
    0x0178,
  ]
}
