/// Lower case without String: as much of it as words are compared by.

/// Lower-cases the letters of ASCII, of Latin-1, of Greek and of Cyrillic whose two cases take as many bytes.
func foldCase(_ bytes: inout [UInt8]) { bytes.withUnsafeMutableBytes(foldCase) }

private func foldCase(_ bytes: UnsafeMutableRawBufferPointer) {
  var i = 0
  while i < bytes.count {
    if i + 8 <= bytes.count {
      let eight = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      if eight & 0x8080_8080_8080_8080 == 0 {
        // The high bit of each byte from A on, and of each after Z.
        let (fromA, afterZ) = (eight &+ 0x3F3F_3F3F_3F3F_3F3F, eight &+ 0x2525_2525_2525_2525)
        let capitals = (fromA ^ afterZ) & 0x8080_8080_8080_8080
        bytes.storeBytes(of: eight | capitals >> 2, toByteOffset: i, as: UInt64.self)
        i += 8
        continue
      }
    }
    let byte = bytes[i]
    if byte < 0x80 {
      if byte >= 65, byte <= 90 { bytes[i] = byte + 32 }
      i += 1
      continue
    }
    guard (0xC3...0xD4).contains(byte), i + 1 < bytes.count else {
      i += 1
      continue
    }
    let value = UInt32(byte & 0x1F) << 6 | UInt32(bytes[i + 1] & 0x3F)
    let folded: UInt32 =
      switch value {
      case 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A1, 0x3A3...0x3AB, 0x410...0x42F: value + 32
      case 0x400...0x40F: value + 80
      case 0x100...0x137, 0x14A...0x177, 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: value | 1
      default: value
      }
    bytes[i] = UInt8(0xC0 | folded >> 6)
    bytes[i + 1] = UInt8(0x80 | folded & 0x3F)
    i += 2
  }
}

/// The first bytes of a text, lower case, `’` made straight, what is no letter or digit at its head left out.
func foldedHead(_ text: String, most: Int) -> [UInt8] {
  var text = text
  var out = text.withUTF8 { bytes in
    var start = 0
    while start < bytes.count, bytes[start] < 0x80, !isASCIIWordByte(bytes[start]) { start += 1 }
    var end = min(bytes.count, start + most)
    while end < bytes.count, end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[start..<end])
  }
  foldCase(&out)
  straightenApostrophes(&out)
  return out
}

/// Makes `’` (U+2019) the ASCII apostrophe.
func straightenApostrophes(_ bytes: inout [UInt8]) {
  guard bytes.contains(0xE2) else { return }
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count)
  var i = 0
  while i < bytes.count {
    if bytes[i] == 0xE2, i + 2 < bytes.count, bytes[i + 1] == 0x80, bytes[i + 2] == 0x99 {
      out.append(UInt8(ascii: "'"))
      i += 3
    } else {
      out.append(bytes[i])
      i += 1
    }
  }
  bytes = out
}

func isASCIIWordByte(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte | 0x20) }
