/// What a pattern is made of.
indirect enum PatternNode {
  case octet(OctetSet)
  case start, end
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// At least and at most so often; nil: any number of times.
  case repeated(PatternNode, Int, Int?)
}

/// Some of the 256 octets.
struct OctetSet: Sendable {
  private var low: (UInt64, UInt64) = (0, 0)
  private var high: (UInt64, UInt64) = (0, 0)

  init() {}

  init(_ octets: some Sequence<UInt8>) { for octet in octets { insert(octet) } }

  static let any = OctetSet(UInt8.min...UInt8.max)
  static let digit = OctetSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let space = OctetSet([9, 10, 11, 12, 13, 32])
  static let word = digit.union(OctetSet(97...122)).union(OctetSet(65...90)).union(OctetSet([UInt8(ascii: "_")]))

  func contains(_ octet: UInt8) -> Bool {
    let bit = UInt64(1) << UInt64(octet & 63)
    return switch octet >> 6 {
    case 0: low.0 & bit != 0
    case 1: low.1 & bit != 0
    case 2: high.0 & bit != 0
    default: high.1 & bit != 0
    }
  }

  mutating func insert(_ octet: UInt8) {
    let bit = UInt64(1) << UInt64(octet & 63)
    switch octet >> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  func union(_ other: OctetSet) -> OctetSet {
    var out = self
    out.low = (low.0 | other.low.0, low.1 | other.low.1)
    out.high = (high.0 | other.high.0, high.1 | other.high.1)
    return out
  }

  var inverted: OctetSet {
    var out = self
    (out.low, out.high) = ((~low.0, ~low.1), (~high.0, ~high.1))
    return out
  }
}

/// Reads the syntax that `TextPattern` knows.
struct PatternReader {
  private typealias Invalid = TextPattern.Invalid
  /// How deep groups may nest.
  private static let deepest = 50
  /// How often `{m,n}` may repeat.
  private static let mostRepeats = 255

  private let octets: [UInt8]
  private var at = 0

  init(_ octets: [UInt8]) { self.octets = octets }

  var isAtEnd: Bool { at == octets.count }

  private var next: UInt8? { at < octets.count ? octets[at] : nil }

  private mutating func take(_ character: UnicodeScalar) -> Bool {
    guard let next, next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func alternatives(depth: Int) throws(TextPattern.Invalid) -> PatternNode {
    guard depth <= Self.deepest else { throw Invalid(reason: "groups nest deeper than \(Self.deepest)") }
    var all: [PatternNode] = []
    repeat { all.append(try sequence(depth)) } while take("|")
    return all.count == 1 ? all[0] : .alternatives(all)
  }

  private mutating func sequence(_ depth: Int) throws(TextPattern.Invalid) -> PatternNode {
    var nodes: [PatternNode] = []
    while let next, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") {
      var node = try atom(depth)
      while let (least, most) = try quantifier() { node = .repeated(node, least, most) }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func atom(_ depth: Int) throws(TextPattern.Invalid) -> PatternNode {
    let octet = octets[at]
    at += 1
    switch octet {
    case UInt8(ascii: "("):
      if take("?"), !take(":") { throw Invalid(reason: "look-around, names and flags of groups are not known") }
      let inner = try alternatives(depth: depth + 1)
      guard take(")") else { throw Invalid(reason: "an opening bracket without a closing one") }
      return inner
    case UInt8(ascii: "["): return .octet(try characterClass())
    case UInt8(ascii: "."): return .octet(.any)
    case UInt8(ascii: "^"): return .start
    case UInt8(ascii: "$"): return .end
    case UInt8(ascii: "\\"): return .octet(try escape())
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): throw Invalid(reason: "nothing to repeat")
    default: return .octet(OctetSet([octet]))
    }
  }

  /// How often; nil when the atom stands once. A question mark behind it (as few as possible) changes nothing of whether there
  /// is a match.
  private mutating func quantifier() throws(TextPattern.Invalid) -> (Int, Int?)? {
    let found: (Int, Int?)
    if take("*") {
      found = (0, nil)
    } else if take("+") {
      found = (1, nil)
    } else if take("?") {
      found = (0, 1)
    } else if next == UInt8(ascii: "{"), let counts = try counts() {
      found = counts
    } else {
      return nil
    }
    _ = take("?")
    return found
  }

  /// `{2}`, `{2,}`, `{2,5}`; nil when the brace stands for itself.
  private mutating func counts() throws(TextPattern.Invalid) -> (Int, Int?)? {
    guard let end = octets[at...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let parts = octets[(at + 1)..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let least = Int(String(decoding: parts[0], as: UTF8.self)) else { return nil }
    var most: Int? = least
    if parts.count == 2 {
      most = parts[1].isEmpty ? nil : Int(String(decoding: parts[1], as: UTF8.self))
      guard parts[1].isEmpty || most != nil else { return nil }
    }
    guard (0...Self.mostRepeats).contains(least), (least...max(least, Self.mostRepeats)).contains(most ?? least) else {
      throw Invalid(reason: "repeats more than \(Self.mostRepeats) times, or backwards")
    }
    at = end + 1
    return (least, most)
  }

  private mutating func escape() throws(TextPattern.Invalid) -> OctetSet {
    guard let octet = next else { throw Invalid(reason: "ends in a backslash") }
    at += 1
    switch octet {
    case UInt8(ascii: "d"): return .digit
    case UInt8(ascii: "D"): return OctetSet.digit.inverted
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "W"): return OctetSet.word.inverted
    case UInt8(ascii: "s"): return .space
    case UInt8(ascii: "S"): return OctetSet.space.inverted
    case UInt8(ascii: "t"): return OctetSet([9])
    case UInt8(ascii: "n"): return OctetSet([10])
    case 48...57, 65...90, 97...122:
      throw Invalid(reason: "\\\(UnicodeScalar(octet)) is not known")
    default: return OctetSet([octet])
    }
  }

  private mutating func characterClass() throws(TextPattern.Invalid) -> OctetSet {
    let isInverted = take("^")
    var (set, isFirst) = (OctetSet(), true)
    while isFirst || next != UInt8(ascii: "]") {
      guard let octet = next else { throw Invalid(reason: "a class without its closing bracket") }
      guard octet < 128 else { throw Invalid(reason: "classes hold ASCII only") }
      isFirst = false
      at += 1
      if octet == UInt8(ascii: "\\") {
        set = set.union(try escape())
      } else if next == UInt8(ascii: "-"), at + 1 < octets.count, octets[at + 1] != UInt8(ascii: "]") {
        let last = octets[at + 1]
        guard last >= octet, last < 128, last != UInt8(ascii: "\\") else { throw Invalid(reason: "a range backwards") }
        set = set.union(OctetSet(octet...last))
        at += 2
      } else {
        set.insert(octet)
      }
    }
    at += 1
    return isInverted ? set.inverted : set
  }
}
