/// A text in which many signs are looked for, octet by octet: `String.contains` compares characters, which took two thirds of
/// the time that a short page takes to read. Signs are NFC, as all our literals are, and the text is made so.
struct SignSearch {
  private let text: [UInt8]

  init(_ text: String) { self.text = NormalText.composed(Array(text.utf8)) }

  /// Whether the sign, which is not empty, stands in the text.
  func holds(_ sign: String) -> Bool {
    var sign = sign
    return sign.withUTF8 { wanted in
      guard let first = wanted.first, wanted.count <= text.count else { return false }
      return text.withUnsafeBufferPointer { bytes in
        (0...(bytes.count - wanted.count)).contains { at in
          bytes[at] == first && bytes[at..<at + wanted.count].elementsEqual(wanted)
        }
      }
    }
  }
}
