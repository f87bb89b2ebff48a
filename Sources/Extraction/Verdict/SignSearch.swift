/// A text in which many signs are looked for.
///
/// `String.contains` compares characters, which took two thirds of the time that a short page takes to read. In ASCII a
/// character is an octet, so there octets are compared; any other text is left to String, which knows what is equivalent.
struct SignSearch {
  private let text: String
  /// Nil unless all of the text is ASCII.
  private let ascii: [UInt8]?

  init(_ text: String) {
    let bytes = Array(text.utf8)
    (self.text, ascii) = (text, bytes.allSatisfy { $0 < 0x80 } ? bytes : nil)
  }

  /// Whether the sign, which is not empty and holds no line break, stands in the text.
  func holds(_ sign: String) -> Bool {
    guard let ascii else { return text.contains(sign) }
    let wanted = Array(sign.utf8)
    guard let first = wanted.first, wanted.count <= ascii.count else { return false }
    return ascii.withUnsafeBufferPointer { bytes in
      (0...(bytes.count - wanted.count)).contains { at in
        bytes[at] == first && bytes[at..<at + wanted.count].elementsEqual(wanted)
      }
    }
  }
}
