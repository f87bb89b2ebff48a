/// How long a text is in words.

import Segmentation

/// The number of words and numbers in a text: tokens of `wordRanges` that hold a letter or a digit of any script.
public func wordCount(_ text: String) -> Int {
  let bytes = Array(text.utf8)
  return wordRanges(inUTF8: bytes).count { range in
    String(decoding: bytes[range], as: UTF8.self).unicodeScalars.contains { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
