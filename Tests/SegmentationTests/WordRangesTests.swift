/// Words: a table by hand, ICU as the judge on random text, and tiling on random bytes.

import CommandRunner
import CICU
import Testing

@testable import Segmentation

private func words(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return wordRanges(inUTF8: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
}

@Test(arguments: [
  ("", []),
  ("can't stop", ["can't", " ", "stop"]),
  ("rose 1.5 % to 1,500", ["rose", " ", "1.5", " ", "%", " ", "to", " ", "1,500"]),
  ("-3% +4 %", ["-3%", " ", "+4", " ", "%"]),
  ("fell −3,5%.", ["fell", " ", "−3,5%", "."]),
  ("(-3)", ["(", "-3", ")"]),
  ("F-16 and 5-3", ["F", "-", "16", " ", "and", " ", "5-3"]),
  ("at 10:30 on 2026-11-20", ["at", " ", "10:30", " ", "on", " ", "2026-11-20"]),
  ("see https://a.b/c?d=1#e.", ["see", " ", "https://a.b/c?d=1#e", "."]),
  ("(www.a.org/x_(y))", ["(", "www.a.org/x_(y))"]),
  ("https://ru.example/Москва, да", ["https://ru.example/Москва", ",", " ", "да"]),
  ("mail a.b+c@d.example.", ["mail", " ", "a.b+c@d.example", "."]),
  ("no: @you", ["no", ":", " ", "@", "you"]),
  ("٣٫٥٪ و ۱۲", ["٣٫٥٪", " ", "و", " ", "۱۲"]),
  ("१२.५ लाख", ["१२.५", " ", "लाख"]),
  ("１２．５％", ["１２．５％"]),
  ("東京都に住む", ["東京", "都", "に", "住む"]),
  ("สวัสดีชาวโลก", ["สวัสดี", "ชาว", "โลก"]),
  ("🇫🇷🇩🇪 👩‍👩‍👧", ["🇫🇷", "🇩🇪", " ", "👩‍👩‍👧"]),
])
func `a text is cut into words, and numbers and addresses stay whole`(text: String, expected: [String]) {
  #expect(words(text) == expected)
}

// Left out, since ICU's own rules depart from UAX #29 there: `@` (a letter in ICU 72 alone), Hangul next to other
// letters.
@Test func `words end where ICU says on random text without dictionary scripts`() {
  var random = SplitMix64(seed: 3)
  let alphabet = Array(
    "aZé.,:;'\"_-()\u{300}\u{200D}\u{AD} \u{A0}\t\n\r\u{85}12٣٫א״׳я\u{1F600}\u{1F1EB}\u{1F1F7}\u{2764}\u{903}·’５"
      .unicodeScalars)
  for round in 0..<6000 {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<30, using: &random) {
      if round % 3 == 0 {
        let byte = UInt8.random(in: 9..<127, using: &random)
        text.append(Unicode.Scalar(byte == UInt8(ascii: "@") ? 32 : byte))
      } else if let scalar = alphabet.randomElement(using: &random) {
        text.append(scalar)
      }
    }
    let bytes = Array(String(text).utf8)
    let icu = [Int32](unsafeUninitializedCapacity: bytes.count) { room, count in
      count = Int(cicu_boundaries(CICU_WORDS, bytes, Int32(bytes.count), room.baseAddress))
    }
    #expect(
      wordBoundaries(inUTF8: bytes) == icu.map(Int.init),
      "\(String(text).unicodeScalars.map { String($0.value, radix: 16) })")
  }
}

@Test func `words of any text tile it and cut no grapheme`() {
  var random = SplitMix64(seed: 4)
  let blocks: [ClosedRange<UInt32>] = [
    0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x590...0x6FF, 0x900...0xDFF, 0xE00...0xEFF, 0x1000...0x109F,
    0x1100...0x11FF, 0x1780...0x17FF, 0x2000...0x206F, 0x3000...0x30FF, 0x4E00...0x4E80, 0xAC00...0xAC80,
    0xFE00...0xFE0F, 0xFF00...0xFF9F, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F469, 0x110BD...0x110BD,
  ]
  for _ in 0..<6000 {
    var text = String.UnicodeScalarView()
    let chosen = (0..<3).compactMap { _ in blocks.randomElement(using: &random) }
    for _ in 0..<Int.random(in: 0..<30, using: &random) {
      if let block = chosen.randomElement(using: &random),
        let scalar = Unicode.Scalar(UInt32.random(in: block, using: &random))
      {
        text.append(scalar)
      }
    }
    let string = String(text)
    var starts: Set<Int> = [string.utf8.count]
    for index in string.indices { starts.insert(string.utf8.distance(from: string.startIndex, to: index)) }
    var at = 0
    for range in wordRanges(inUTF8: Array(string.utf8)) {
      #expect(range.lowerBound == at && !range.isEmpty)
      at = range.upperBound
      #expect(starts.contains(at), "\(at) in \(text.map { String($0.value, radix: 16) })")
    }
    #expect(at == string.utf8.count)
  }
}

@Test func `words of any bytes tile them`() {
  var random = SplitMix64(seed: 5)
  for _ in 0..<3000 {
    let bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random) & (Bool.random(using: &random) ? 0x7F : 0xFF)
    }
    var at = 0
    for range in wordRanges(inUTF8: bytes) {
      #expect(range.lowerBound == at && !range.isEmpty)
      at = range.upperBound
    }
    #expect(at == bytes.count)
  }
}

@Test func `a very long row of separators is cut in linear time`() {
  for unit in ["://", "a@", "www.", "'", "a:", "\u{300}", "-", "1-", "ก ", "中a"] {
    let text = Array(String(repeating: unit, count: 60_000).utf8)
    #expect(wordRanges(inUTF8: text).last?.upperBound == text.count)
  }
}

@Test func `threads that cut words at the same time do not disturb each other`() async {
  let texts = ["สวัสดีชาวโลก", "東京都に住む", "中国外交部发言人周二表示", "plain words"].map { Array($0.utf8) }
  let expected = texts.map { wordRanges(inUTF8: $0) }
  await withTaskGroup(of: Bool.self) { group in
    for _ in 0..<16 {
      group.addTask {
        (0..<200).allSatisfy { wordRanges(inUTF8: texts[$0 % 4]) == expected[$0 % 4] }
      }
    }
    for await isRight in group { #expect(isRight) }
  }
}
