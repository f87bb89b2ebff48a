import Glibc

/// Cuts XML as found in the wild into tags and texts, never giving up.
///
/// It differs from XML 1.0 where that would stop: what is no tag is text; a `<` ends an attribute value (§3.1 forbids it
/// there); a comment, instruction or section without an end is stepped over, or goes on to the end. It knows no DTD, so
/// nothing is ever expanded or fetched. Linear: the cursor only goes forward, and a search that found nothing is not
/// made again.
struct XMLScanner {
  enum Token {
    case start(Tag)
    /// The name's range.
    case end(Range<Int>)
    case text(Range<Int>, isCDATA: Bool)
  }

  struct Tag {
    let name: Range<Int>
    let attributes: [Attribute]
    let closesItself: Bool
  }

  /// Ranges in the bytes; the value without quotes, references in it as they stand.
  struct Attribute {
    let name: Range<Int>
    let value: Range<Int>
  }

  /// More than any real tag has; the rest is passed over.
  private static let mostAttributes = 256

  let bytes: [UInt8]
  private(set) var at = 0
  private(set) var problems = ProblemCounts()
  private var commentsEnd = true
  private var instructionsEnd = true

  /// Well-formed UTF-8.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nil at the end of the document.
  mutating func next() -> Token? {
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else { return text() }
      guard at + 1 < bytes.count else {
        problems.note(.cutOff)
        at += 1
        return nil
      }
      switch bytes[at + 1] {
      case UInt8(ascii: "!"):
        if holds("<![CDATA[", at: at) { return section() }
        skipDeclaration()
      case UInt8(ascii: "?"): skipInstruction()
      case UInt8(ascii: "/"):
        guard let name = endTag() else { continue }
        return .end(name)
      case let byte where Self.startsName(byte):
        return .start(startTag())
      default: return text()
      }
    }
    return nil
  }

  /// Up to the next thing that is markup; the first byte is taken whatever it is.
  private mutating func text() -> Token {
    let start = at
    at += 1
    while let hit = find(UInt8(ascii: "<"), from: at) {
      at = hit
      guard hit + 1 < bytes.count else { break }
      let byte = bytes[hit + 1]
      if Self.startsName(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") {
        return .text(start..<hit, isCDATA: false)
      }
      problems.note(.badTag)
      at += 1
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "<") { problems.note(.cutOff) }
    at = bytes.count
    return .text(start..<at, isCDATA: false)
  }

  private mutating func section() -> Token {
    let start = at + 9
    var from = start
    while let hit = find(UInt8(ascii: "]"), from: from) {
      if holds("]]>", at: hit) {
        at = hit + 3
        return .text(start..<hit, isCDATA: true)
      }
      from = hit + 1
    }
    problems.note(.cutOff)
    at = bytes.count
    return .text(start..<at, isCDATA: true)
  }

  /// A comment, or a DOCTYPE with its internal subset.
  private mutating func skipDeclaration() {
    let start = at
    if holds("<!--", at: at) {
      var from = at + 4
      while commentsEnd, let hit = find(UInt8(ascii: ">"), from: from) {
        if hit >= start + 6, bytes[hit - 1] == UInt8(ascii: "-"), bytes[hit - 2] == UInt8(ascii: "-") {
          at = hit + 1
          return
        }
        from = hit + 1
      }
      commentsEnd = false
      problems.note(.unclosedElement)
      at = start + 4
      return
    }
    var (index, quote, isSubset) = (at + 2, UInt8(0), false)
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "["): isSubset = true
        case UInt8(ascii: "]"): isSubset = false
        case UInt8(ascii: ">") where !isSubset:
          at = index + 1
          return
        default: break
        }
      }
      // A declaration that runs on is a mistake somewhere in it: real ones are short.
      if index - start > 1 << 16 { break }
      index += 1
    }
    problems.note(.badTag)
    at = (find(UInt8(ascii: ">"), from: start).map { $0 + 1 }) ?? bytes.count
  }

  private mutating func skipInstruction() {
    let start = at
    var from = at + 2
    while instructionsEnd, let hit = find(UInt8(ascii: "?"), from: from) {
      if hit + 1 < bytes.count, bytes[hit + 1] == UInt8(ascii: ">") {
        at = hit + 2
        return
      }
      from = hit + 1
    }
    instructionsEnd = false
    problems.note(.badTag)
    at = start + 2
  }

  /// Nil when it has no name.
  private mutating func endTag() -> Range<Int>? {
    let start = at + 2
    let end = nameEnd(from: start)
    var index = end
    while index < bytes.count, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: ">") {
      at = index + 1
    } else {
      problems.note(index == bytes.count ? .cutOff : .badTag)
      at = index
    }
    guard end > start else {
      problems.note(.badTag)
      return nil
    }
    return start..<end
  }

  private mutating func startTag() -> Tag {
    let nameStart = at + 1
    at = nameEnd(from: nameStart)
    let name = nameStart..<at
    var attributes: [Attribute] = []
    while true {
      skipSpace()
      guard at < bytes.count else {
        problems.note(.cutOff)
        return Tag(name: name, attributes: attributes, closesItself: false)
      }
      switch bytes[at] {
      case UInt8(ascii: ">"):
        at += 1
        return Tag(name: name, attributes: attributes, closesItself: false)
      case UInt8(ascii: "/") where at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: ">"):
        at += 2
        return Tag(name: name, attributes: attributes, closesItself: true)
      case UInt8(ascii: "<"):
        problems.note(.badTag)
        return Tag(name: name, attributes: attributes, closesItself: false)
      default:
        let attribute = attribute()
        if attributes.count < Self.mostAttributes, !attribute.name.isEmpty { attributes.append(attribute) }
      }
    }
  }

  /// At least one byte is taken.
  private mutating func attribute() -> Attribute {
    let start = at
    at = nameEnd(from: start)
    let name = start..<at
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
      problems.note(.badTag)
      if at == start { at += 1 }
      return Attribute(name: name, value: at..<at)
    }
    at += 1
    skipSpace()
    guard at < bytes.count else { return Attribute(name: name, value: at..<at) }
    let quote = bytes[at]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let valueStart = at + 1
      at = valueStart
      while at < bytes.count, bytes[at] != quote, bytes[at] != UInt8(ascii: "<") { at += 1 }
      let value = valueStart..<at
      if at < bytes.count, bytes[at] == quote { at += 1 }
      return Attribute(name: name, value: value)
    }
    problems.note(.badTag)
    let valueStart = at
    while at < bytes.count, bytes[at] > 32, bytes[at] != UInt8(ascii: ">"), bytes[at] != UInt8(ascii: "<") { at += 1 }
    return Attribute(name: name, value: valueStart..<at)
  }

  private mutating func skipSpace() { while at < bytes.count, bytes[at] <= 32 { at += 1 } }

  private func nameEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, Self.isNamePart(bytes[index]) { index += 1 }
    return index
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 32) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case ...32, UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      false
    default: true
    }
  }

  private func holds(_ literal: StaticString, at index: Int) -> Bool {
    let wanted = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    return index + wanted.count <= bytes.count && bytes[index..<index + wanted.count].elementsEqual(wanted)
  }

  private func find(_ byte: UInt8, from: Int) -> Int? {
    guard from < bytes.count else { return nil }
    return bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress, let hit = memchr(base + from, Int32(byte), all.count - from) else { return nil }
      return base.distance(to: UnsafeRawPointer(hit))
    }
  }
}
