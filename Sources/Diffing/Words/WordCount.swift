/// How long a text is in words.

import Segmentation

/// The number of words and numbers in a text: tokens of `wordRanges` that hold a letter or a digit of any script.
public func wordCount(_ text: String) -> Int {
  let bytes = Array(text.utf8)
  return wordRanges(inUTF8: bytes).count { range in
    if bytes[range].contains(where: { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }) { return true }
    guard bytes[range].contains(where: { $0 >= 0x80 }) else { return false }
    return String(decoding: bytes[range], as: UTF8.self).unicodeScalars.contains { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
