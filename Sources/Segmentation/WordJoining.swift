/// Joins words that UAX #29 cuts but a reader does not: numbers with sign and percent, clock times, URLs, mail
/// addresses.
///
/// The rules, where a number is a token that begins (or, on the left, ends) with a digit of any script:
/// - a sign (`-`, `+`, `±`, `−`, fullwidth forms) or a decimal point joins the number right after it, unless a letter,
///   a digit or a closing bracket stands right before it (there it is a hyphen or an operator);
/// - `%`, `‰`, `٪`, `％` join the number right before them;
/// - one `:`, `/` or `-` between two numbers joins them: 10:30, 24/7, 2026-11-20;
/// - a URL or a mail address is one word: `addressRanges` tells which bytes are.

import CICU

/// Takes out of `ends` (the ends of words, in order) what one of these rules joins.
func joinWords(_ ends: inout [Int], inUTF8 text: [UInt8]) {
  guard ends.count > 1 else { return }
  let bytes = text.span
  let addresses = addressRanges(bytes)
  guard !addresses.isEmpty || mayHoldNumber(text) else { return }
  var kept = 0  // so many of `ends` have been read and stand at its start
  var address = 0
  var (beforeStart, lastStart) = (0, 0)  // of the two tokens before `cut`
  for k in 0..<(ends.count - 1) {
    let cut = ends[k]
    while address < addresses.count, addresses[address].upperBound <= cut { address += 1 }
    let isInAddress = address < addresses.count && addresses[address].lowerBound < cut
    let first = bytes[cut]
    // What begins with a letter or a space joins nothing.
    let isPlain = first == 32 || (first | 0x20 >= 97 && first | 0x20 <= 122)
    let next = k + 2 < ends.count ? ends[k + 2] : nil
    if !isInAddress, isPlain || !joins(beforeStart, lastStart, cut, ends[k + 1], next) {
      ends[kept] = cut
      kept += 1
    }
    (beforeStart, lastStart) = (lastStart, cut)
  }
  ends[kept] = ends[ends.count - 1]
  ends.removeSubrange((kept + 1)...)

  /// Whether the token from `cut` to `end` belongs to the one before it.
  func joins(_ beforeStart: Int, _ lastStart: Int, _ cut: Int, _ end: Int, _ endAfter: Int?) -> Bool {
    let bytes = text.span
    let next = TokenShape(bytes, cut, end)
    if next.startsWithDigit {
      return TokenShape(bytes, lastStart, cut)
        .belongsToNumberAfter(TokenShape(bytes, beforeStart, lastStart))
    }
    guard next.symbol == .percent || next.symbol == .joiner || next.symbol == .hyphen,
      TokenShape(bytes, lastStart, cut).endsWithDigit
    else { return false }
    if next.symbol == .percent { return true }
    guard let endAfter else { return false }
    return TokenShape(bytes, end, endAfter).startsWithDigit
  }
}

/// Whether a text has a byte without which there is no number: a digit, or what the UTF-8 of a digit of another script
/// begins with (none is in U+0080 to U+05FF or U+2000 to U+2FFF).
private func mayHoldNumber(_ text: [UInt8]) -> Bool {
  text.contains { byte in (0x30...0x39).contains(byte) || (byte >= 0xD8 && byte != 0xE2) }
}

/// What a token is, as far as joining cares.
private struct TokenShape {
  enum Symbol { case none, sign, hyphen, joiner, percent, point }

  var startsWithDigit = false
  var endsWithDigit = false
  /// Ends with a letter, a digit or a closing bracket: a sign after it is none.
  var endsOperand = false
  var symbol = Symbol.none

  /// - Parameter end: the start when there is no such token.
  init(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    if start == end { return }
    let first = bytes[start]
    if first | 0x20 >= 97, first | 0x20 <= 122, bytes[end - 1] | 0x20 >= 97, bytes[end - 1] | 0x20 <= 122 {
      endsOperand = true
      return
    }
    if first == 32 { return }
    let (scalar, length) = bytes.scalar(at: start)
    if start + length == end {
      switch scalar {
      case 0x2B, 0xB1, 0x2212, 0xFF0B: symbol = .sign
      case 0x2D, 0xFF0D: symbol = .hyphen
      case 0x3A, 0x2F: symbol = .joiner
      case 0x25, 0x2030, 0x66A, 0xFF05: symbol = .percent
      case 0x2E: symbol = .point
      case 0x29, 0x5D: endsOperand = true
      default: break
      }
    }
    startsWithDigit = cicu_word_class(scalar) & WordClass.mask == WordClass.numeric
    let last = cicu_word_class(bytes.scalar(at: bytes.start(ofScalarBefore: end)).value) & WordClass.mask
    endsWithDigit = last == WordClass.numeric
    endsOperand = endsOperand || endsWithDigit || WordClass.isLetter(last) || last == WordClass.extend
  }

  /// Whether this token belongs to the number after it, given the token before.
  func belongsToNumberAfter(_ before: TokenShape) -> Bool {
    switch symbol {
    case .sign, .point: !before.endsOperand
    case .hyphen: before.endsWithDigit || !before.endsOperand
    case .joiner: before.endsWithDigit
    case .none, .percent: false
    }
  }
}

/// Whether a text holds a URL or a mail address, as `wordRanges` keeps them whole.
public func holdsAddress(inUTF8 text: [UInt8]) -> Bool {
  text.count > 4 && !addressRanges(text.span).isEmpty
}

/// The bytes that are URLs or mail addresses, in order, apart from each other.
///
/// A URL starts at the letters of `scheme://` (at most 32 bytes of RFC 3986 §3.1) or at `www.`, and goes on over RFC
/// 3986's characters and the letters, marks and digits of scripts that put spaces between words (RFC 3987); closing
/// punctuation at its end is left out, and `)` too unless a `(` is inside. A mail address is up to 64 bytes of
/// letters, digits and `._%+-`, `@`, and at least two labels with dots between.
func addressRanges(_ bytes: borrowing Span<UInt8>) -> [Range<Int>] {
  var out: [Range<Int>] = []
  var free = 0  // where the last one ended
  var i = 0
  while i < bytes.count {
    while i + 8 <= bytes.count {
      let eight = Octets(bytes, at: i)
      let found = eight.bits(of: 0x3A) | eight.bits(of: 0x40) | eight.bits(ofLetter: 0x77)
      i += found == 0 ? 8 : found.trailingZeroBitCount >> 3
      if found != 0 { break }
    }
    guard i < bytes.count else { break }
    let byte = bytes[i]
    guard byte == 0x3A || byte == 0x40 || byte | 0x20 == 0x77 else {
      i += 1
      continue
    }
    var start: Int?
    if byte == 0x3A, i + 2 < bytes.count, bytes[i + 1] == 0x2F, bytes[i + 2] == 0x2F {
      start = schemeStart(bytes, before: i, notBefore: free)
    } else if byte | 0x20 == 0x77, i + 3 < bytes.count, bytes[i + 1] | 0x20 == 0x77, bytes[i + 2] | 0x20 == 0x77,
      bytes[i + 3] == 0x2E, i == 0 || !isWordByte(bytes[i - 1])
    {
      start = i
    } else if byte == 0x40, let range = mailAddress(bytes, at: i, notBefore: free) {
      out.append(range)
      free = range.upperBound
      i = free
      continue
    }
    if let start {
      let end = urlEnd(bytes, from: byte == 0x3A ? i + 3 : i + 4)
      if end > i + 3 {
        out.append(start..<end)
        free = end
        i = end
        continue
      }
    }
    i += 1
  }
  return out
}

/// A letter or digit of ASCII, or part of any other scalar.
private func isWordByte(_ byte: UInt8) -> Bool {
  (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122) || byte >= 0x80
}

private func isASCIILetterOrDigit(_ byte: UInt8) -> Bool { byte < 0x80 && isWordByte(byte) }

private func schemeStart(_ bytes: borrowing Span<UInt8>, before colon: Int, notBefore limit: Int) -> Int? {
  var (i, start): (Int, Int?) = (colon, nil)
  while i > max(limit, colon - 32) {
    let byte = bytes[i - 1]
    guard isASCIILetterOrDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E else { break }
    i -= 1
    if byte > 64 { start = i }
  }
  return start
}

private func urlEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
  var i = start
  var hasBracket = false
  loop: while i < bytes.count {
    let byte = bytes[i]
    switch byte {
    // Not in RFC 3986: space and controls, " < > \ ^ ` { | }
    case 0...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F: break loop
    case 0x80...:
      let (scalar, length) = bytes.scalar(at: i)
      let all = cicu_word_class(scalar)
      let c = all & WordClass.mask
      guard all & WordClass.dictionary == 0,
        WordClass.isLetter(c) || c == WordClass.numeric || c == WordClass.extend
      else { break loop }
      i += length
    default:
      if byte == 0x28 { hasBracket = true }
      i += 1
    }
  }
  // . , ; : ! ? ' * ~ _ ] )
  while i > start {
    switch bytes[i - 1] {
    case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x27, 0x2A, 0x7E, 0x5F, 0x5D: i -= 1
    case 0x29 where !hasBracket: i -= 1
    default: return i
    }
  }
  return i
}

private func mailAddress(_ bytes: borrowing Span<UInt8>, at sign: Int, notBefore limit: Int) -> Range<Int>? {
  var start = sign
  while start > max(limit, sign - 64) {
    let byte = bytes[start - 1]
    guard isASCIILetterOrDigit(byte) || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(byte) else { break }
    start -= 1
  }
  var end = sign + 1
  var (lastDot, dots): (Int, Int) = (sign, 0)
  while end < min(bytes.count, sign + 256) {
    let byte = bytes[end]
    if byte == 0x2E {
      guard end > lastDot + 1, end + 1 < bytes.count, isASCIILetterOrDigit(bytes[end + 1]) else { break }
      (lastDot, dots) = (end, dots + 1)
    } else if !isASCIILetterOrDigit(byte), byte != 0x2D {
      break
    }
    end += 1
  }
  return start < sign && dots > 0 ? start..<end : nil
}
