/// Sentences: a table by hand, ICU as the judge on random text, and totality on random bytes.

import CommandRunner
import CICU
import Segmentation
import Testing

private func sentences(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return sentenceRanges(inUTF8: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
}

@Test(arguments: [
  ("", []),
  ("   ", []),
  ("One.", ["One."]),
  ("One. Two! Three?", ["One.", "Two!", "Three?"]),
  ("It rose 1.5 points. It fell.", ["It rose 1.5 points.", "It fell."]),
  ("He said “No.” She left.", ["He said “No.”", "She left."]),
  ("The U.S. economy grew.", ["The U.S. economy grew."]),
  ("No end", ["No end"]),
  ("Il a dit : « Non. » Puis il est parti.", ["Il a dit : « Non. »", "Puis il est parti."]),
  ("»Ja.« »Nein.«", ["»Ja.«", "»Nein.«"]),
  ("Он ушёл. Она осталась.", ["Он ушёл.", "Она осталась."]),
  ("他走了。她留下了。", ["他走了。", "她留下了。"]),
  ("ذهب الرجل. بقيت المرأة؟ نعم.", ["ذهب الرجل.", "بقيت المرأة؟", "نعم."]),
  ("वह गया। वह रुकी।", ["वह गया।", "वह रुकी।"]),
  ("Line one\nLine two", ["Line one", "Line two"]),
  ("See https://post.example/a?b=1 for it. Go!", ["See https://post.example/a?b=1 for it.", "Go!"]),
  ("[![Logo](/x.svg)](/home) Welcome! \"Hi.\"", ["[![Logo](/x.svg)](/home) Welcome!", "\"Hi.\""]),
])
func `a text is cut into the sentences a reader sees`(text: String, expected: [String]) {
  #expect(sentences(text) == expected)
}

/// ICU's own boundaries.
private func icuBoundaries(_ kind: cicu_kind, _ text: [UInt8]) -> [Int] {
  [Int32](unsafeUninitializedCapacity: text.count) { room, count in
    count = Int(cicu_boundaries(kind, text, Int32(text.count), room.baseAddress))
  }.map(Int.init)
}

/// Whether there is nothing but white space.
private func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
  String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
}

/// Our tailoring: `?` or `!` with a letter, digit or mark of a URL right after it ends no sentence.
private func isInsideAddress(_ bytes: [UInt8], _ end: Int) -> Bool {
  guard let mark = bytes[..<end].lastIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "!") }),
    mark + 1 < bytes.count, bytes[(mark + 1)..<end].allSatisfy({ " [\u{22}'()\t{}]".utf8.contains($0) })
  else { return false }
  let next = bytes[mark + 1]
  return (48...57).contains(next) || (97...122).contains(next | 0x20) && next != 0x40 && next != 0x60
    || "[#%/&_".utf8.contains(next)
}

@Test func `sentences end where ICU says on random text of every sentence class`() {
  var random = SplitMix64(seed: 1)
  let alphabet = Array("aZé.!?,:;-()\"'“”«\u{300}\u{200D}\u{AD} \u{A0}\t\n\r\u{85}1٣中あ한я。！۔\u{1F600}x".unicodeScalars)
  for round in 0..<3000 {
    let ascii = round % 3 == 0
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      if ascii {
        text.append(Unicode.Scalar(UInt8.random(in: 9..<127, using: &random)))
      } else if let scalar = alphabet.randomElement(using: &random) {
        text.append(scalar)
      }
    }
    let bytes = Array(String(text).utf8)
    // Our ranges are trimmed: each must lie in one of ICU's, and each of ICU's that is not blank must hold one of ours.
    let ours = sentenceRanges(inUTF8: bytes)
    var expected: [Range<Int>] = []
    var start = 0
    for end in icuBoundaries(CICU_SENTENCES, bytes) {
      if isInsideAddress(bytes, end) { continue }
      if !isBlank(bytes[start..<end]) { expected.append(start..<end) }
      start = end
    }
    #expect(ours.count == expected.count, "\(bytes)")
    for (a, b) in zip(ours, expected) {
      #expect(a.lowerBound >= b.lowerBound && a.upperBound <= b.upperBound, "\(bytes)")
      let cut = bytes[b.lowerBound..<a.lowerBound] + bytes[a.upperBound..<b.upperBound]
      #expect(isBlank(cut))
    }
  }
}

@Test func `any bytes give sentences in order that leave out only white space`() {
  var random = SplitMix64(seed: 2)
  for _ in 0..<3000 {
    let bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random) & (Bool.random(using: &random) ? 0x7F : 0xFF)
    }
    var at = 0
    for range in sentenceRanges(inUTF8: bytes) {
      #expect(range.lowerBound >= at && !range.isEmpty)
      #expect(isBlank(bytes[at..<range.lowerBound]))
      at = range.upperBound
    }
    #expect(isBlank(bytes[at...]))
  }
}

@Test func `a very long row of terminators is cut in linear time`() {
  for unit in [".", ". ", "a.", "\u{300}.", ".\u{300}", "1. a"] {
    let text = Array(String(repeating: unit, count: 100_000).utf8)
    let ranges = sentenceRanges(inUTF8: text)
    #expect(ranges.first?.lowerBound == 0)
  }
}
