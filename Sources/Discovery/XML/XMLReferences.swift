import Markup

/// Character and entity references (XML 1.0 §4.1) in texts and attribute values.
///
/// Known are XML's own five and, as feeds use them undeclared, the names of HTML. What a DTD declares is not looked at, so
/// that nothing expands into more than one or two characters. Anything else that begins with an ampersand stays as it is.
struct XMLReferences {
  private(set) var problems = ProblemCounts()
  private var named: [[UInt8]: [UInt8]] = [:]

  /// HTML knows 2,231 names; a feed uses a dozen. Each costs a call of the HTML parser once.
  private static let mostNames = 256
  /// Of HTML's names, `CounterClockwiseContourIntegral` is the longest.
  private static let longestName = 31

  /// A text without its control characters.
  mutating func plain(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    guard raw.contains(where: Self.isControl) else { return Array(raw) }
    problems.note(.controlCharacter)
    return raw.filter { !Self.isControl($0) }
  }

  mutating func decode(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    guard raw.contains(UInt8(ascii: "&")) else { return plain(raw) }
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var at = raw.startIndex
    while at < raw.endIndex {
      let byte = raw[at]
      if byte != UInt8(ascii: "&") {
        if Self.isControl(byte) { problems.note(.controlCharacter) } else { out.append(byte) }
        at += 1
        continue
      }
      var end = at + 1
      let limit = min(raw.endIndex, at + 2 + Self.longestName)
      while end < limit, Self.isNamePart(raw[end]) { end += 1 }
      if end < raw.endIndex, raw[end] == UInt8(ascii: ";"), let text = character(raw[(at + 1)..<end]) {
        out += text
        at = end + 1
      } else {
        if end == raw.endIndex || raw[end] != UInt8(ascii: ";") { problems.note(.bareAmpersand) }
        out.append(byte)
        at += 1
      }
    }
    return out
  }

  private mutating func character(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    guard let first = name.first else { return nil }
    if first == UInt8(ascii: "#") { return number(name.dropFirst()) }
    switch name.count {
    case 2 where name.elementsEqual("lt".utf8): return [UInt8(ascii: "<")]
    case 2 where name.elementsEqual("gt".utf8): return [UInt8(ascii: ">")]
    case 3 where name.elementsEqual("amp".utf8): return [UInt8(ascii: "&")]
    case 4 where name.elementsEqual("quot".utf8): return [UInt8(ascii: "\"")]
    case 4 where name.elementsEqual("apos".utf8): return [UInt8(ascii: "'")]
    default: break
    }
    problems.note(.undeclaredEntity)
    let name = Array(name)
    if let known = named[name] { return known.isEmpty ? nil : known }
    guard named.count < Self.mostNames else { return nil }
    let reference = [UInt8(ascii: "&")] + name + [UInt8(ascii: ";")]
    // Out of memory is the only way this fails; the reference as it stands is then the best there is.
    let text = (try? MarkupTree(parsing: reference)).map { $0.nodes.isEmpty ? [] : $0.textBytes(of: 0) } ?? []
    let isKnown = text != reference && !text.contains(UInt8(ascii: ";"))
    named[name] = isKnown ? text : []
    return isKnown ? text : nil
  }

  /// §2.2's characters; those of windows-1252 where C1 controls are named, as HTML §13.2.5.80 reads them.
  private mutating func number(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    let isHex = digits.first.map { $0 | 32 == UInt8(ascii: "x") } ?? false
    let digits = isHex ? digits.dropFirst() : digits
    guard !digits.isEmpty, digits.count <= 8,
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10)
    else { return nil }
    guard value >= 32 || value == 9 || value == 10 || value == 13, value != 127 else {
      problems.note(.controlCharacter)
      return []
    }
    if (0x80..<0xA0).contains(value) {
      // Cannot fail: windows-1252 is decoded without the system's help. Nothing is then the character's place.
      return (try? Charset(decoding: [UInt8(value)], contentType: "text/plain;charset=windows-1252"))?.utf8 ?? []
    }
    guard let scalar = Unicode.Scalar(value) else { return [0xEF, 0xBF, 0xBD] }
    return Array(String(Character(scalar)).utf8)
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 32 && byte != 9 && byte != 10 && byte != 13 || byte == 127
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 32) || (48...57).contains(byte) || byte == UInt8(ascii: "#")
  }
}
