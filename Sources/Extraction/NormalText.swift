import Foundation
import Model
import Segmentation

/// Normalised text: NFC, runs of white space one U+0020, none at the ends; no controls, soft hyphens, zero-width spaces.
///
/// Zero-width joiners stay (Persian, Indic scripts and emoji need them), as do direction marks.
enum NormalText {
  /// A string normalised; empty when nothing is left.
  static func of(_ text: String) -> String { String(decoding: bytes(Array(text.utf8)[...]), as: UTF8.self) }

  /// Well-formed UTF-8 normalised. Linear.
  static func bytes(_ source: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    var collector = Collector()
    collector.append(source, to: &out)
    if out.last == 32 { out.removeLast() }
    return composed(out)
  }

  /// Appends text piece by piece, white space collapsed across pieces.
  struct Collector {
    /// Set at the start, so that no white space comes first.
    var afterSpace = true

    mutating func append(_ source: ArraySlice<UInt8>, to out: inout [UInt8]) {
      source.withUnsafeBufferPointer { bytes in
        var at = 0
        while at < bytes.count {
          let byte = bytes[at]
          if byte > 32, byte < 0x7F {
            let start = at
            repeat { at += 1 } while at < bytes.count && bytes[at] > 32 && bytes[at] < 0x7F
            out.append(contentsOf: bytes[start..<at])
            afterSpace = false
          } else if byte < 0x80 {
            at += 1
            if byte == 32 || (9...13).contains(byte) { space(to: &out) }
          } else {
            at += multiByte(bytes, at: at, to: &out)
          }
        }
      }
    }

    mutating func space(to out: inout [UInt8]) {
      if !afterSpace {
        out.append(32)
        afterSpace = true
      }
    }

    /// Takes one character beyond ASCII and gives its length.
    private mutating func multiByte(_ bytes: UnsafeBufferPointer<UInt8>, at: Int, to out: inout [UInt8]) -> Int {
      let lead = bytes[at]
      let length = min(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, bytes.count - at)
      if length == 2, lead == 0xC2, bytes[at + 1] <= 0xAD {
        switch bytes[at + 1] {
        case 0x85, 0xA0:  // next line, no-break space
          space(to: &out)
          return 2
        case ..<0xA0, 0xAD: return 2  // controls, soft hyphen
        default: break
        }
      } else if length == 3, lead <= 0xEF {
        let (second, third) = (bytes[at + 1], bytes[at + 2])
        switch (lead, second, third) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
          (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
          space(to: &out)
          return 3
        case (0xE2, 0x80, 0x8B), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF), (0xEF, 0xBF, 0xBC), (0xE1, 0xA0, 0x8E):
          return 3  // zero-width space, word joiner, byte order mark, object replacement, Mongolian vowel separator
        default: break
        }
      }
      out.append(contentsOf: bytes[at..<at + length])
      afterSpace = false
      return length
    }
  }

  /// NFC (UAX #15). The check is fast and nearly always enough; Foundation's normalisation, which is superlinear on
  /// decomposed text, sees one word at a time.
  static func composed(_ text: [UInt8]) -> [UInt8] {
    if text.allSatisfy({ $0 < 0x80 }) || isNFC(text) { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for (index, word) in text.split(separator: 32, omittingEmptySubsequences: false).enumerated() {
      if index > 0 { out.append(32) }
      for piece in pieces(word) {
        out +=
          isNFC(Array(piece))
          ? Array(piece) : Array(String(decoding: piece, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
      }
    }
    return out
  }

  /// The quick check says yes to nearly all text that is NFC; the full one, three times slower, decides the rest.
  private static func isNFC(_ text: [UInt8]) -> Bool {
    guard var span = try? UTF8Span(validating: text.span) else { return true }  // callers give well-formed text
    return span.checkForNFC(quickCheck: true) || span.checkForNFC(quickCheck: false)
  }

  /// A word of absurd length in pieces of about 4 KiB, cut where a character starts that combines with nothing before it.
  private static func pieces(_ word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard word.count > 8192 else { return [word] }
    var (out, start): ([ArraySlice<UInt8>], Int) = ([], word.startIndex)
    while word.endIndex - start > 8192 {
      var cut = start + 4096
      while cut < word.endIndex, word[cut] & 0xC0 == 0x80 || !startsAnew(word[cut...]), cut - start < 8192 { cut += 1 }
      while cut < word.endIndex, word[cut] & 0xC0 == 0x80 { cut += 1 }
      out.append(word[start..<cut])
      start = cut
    }
    return out + [word[start...]]
  }

  private static func startsAnew(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let scalar = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first else { return true }
    return scalar.properties.canonicalCombiningClass == .notReordered
      && scalar.properties.generalCategory != .spacingMark
  }
}

extension Block {
  /// Of normalised UTF-8; nil when it is empty.
  init?(kind: Kind, normalised text: [UInt8]) {
    var (sentences, end): ([Sentence], Int) = ([], 0)
    for range in sentenceRanges(inUTF8: text) where !range.isEmpty {
      sentences.append(
        Sentence(String(decoding: text[range], as: UTF8.self), follows: !sentences.isEmpty && range.lowerBound > end))
      end = range.upperBound
    }
    guard !sentences.isEmpty else { return nil }
    self.init(kind: kind, sentences: sentences)
  }
}
