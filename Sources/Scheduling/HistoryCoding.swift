import Model

/// A history as one line of text for one column: a format number and then the fields, comma-separated, `-` for what is absent.
/// Numbers that are not whole are the hexadecimal digits of their 64 bits (IEEE 754), which is quick and loses nothing.
extension ArticleHistory {
  /// The text that `init(coded:)` reads.
  public var coded: String {
    var line = CodedLine()
    for instant in [born, checked, changed, tried] { line.add(instant) }
    for count in [checks, changes, failures, isGone ? 1 : 0] { line.add(count) }
    for values in [belief.evidence, belief.shape, belief.rate] { line.add(values) }
    if let counted { line.add(counted) } else { line.addNone() }
    return line.text
  }

  /// Reads what `coded` wrote. Nil if it is anything else, a value out of range included.
  public init?(coded: String) {
    var fields = CodedFields(coded)
    guard fields.count() == 1, let born = fields.instant(), let born else { return nil }
    self.init(born: born)
    guard let checked = fields.instant(), let changed = fields.instant(), let tried = fields.instant(),
      (checked == nil) == (changed == nil), let checks = fields.count(), let changes = fields.count(),
      let failures = fields.count(), let gone = fields.count(), gone <= 1,
      let evidence = fields.perLaw(), let shape = fields.perLaw(), let rate = fields.perLaw()
    else { return nil }
    (self.checked, self.changed, self.tried) = (checked, changed, tried)
    (self.checks, self.changes, self.failures, isGone) = (checks, changes, failures, gone == 1)
    (belief.evidence, belief.shape, belief.rate) = (evidence, shape, rate)
    if !fields.none() {
      guard let counted = fields.perLaw() else { return nil }
      self.counted = counted
    }
    guard fields.isAtEnd else { return nil }
  }
}

extension HostHabit {
  /// The text that `init(coded:)` reads.
  public var coded: String {
    var line = CodedLine()
    line.add(laws)
    line.add(strayEdits)
    line.add(watchedDays)
    return line.text
  }

  /// Reads what `coded` wrote. Nil if it is anything else, a value out of range included.
  public init?(coded: String) {
    var fields = CodedFields(coded)
    guard fields.count() == 1, let laws = fields.perLaw(), let edits = fields.positive(), let days = fields.positive(),
      fields.isAtEnd
    else { return nil }
    self.init()
    (self.laws, strayEdits, watchedDays) = (laws, edits, days)
  }
}

/// The fields of a text as they are put together: every check writes one.
private struct CodedLine {
  private var octets: [UInt8] = [UInt8(ascii: "1")]

  init() { octets.reserveCapacity(512) }

  var text: String { String(decoding: octets, as: UTF8.self) }

  mutating func add(_ number: Int64) {
    var (rest, digits, bound) = (number.magnitude, 1, UInt64(10))
    while digits < 19, rest >= bound { (bound, digits) = (bound * 10, digits + 1) }
    let count = number < 0 ? digits + 1 : digits
    addField(count) {
      defer { rest /= 10 }
      return UInt8(ascii: "0") + UInt8(rest % 10)
    }
    if number < 0 { octets[octets.count - count] = UInt8(ascii: "-") }
  }

  mutating func add(_ instant: Instant?) { if let instant { add(instant.milliseconds) } else { addNone() } }

  mutating func addNone() { addField(1) { UInt8(ascii: "-") } }

  mutating func add(_ number: Double) {
    var rest = number.bitPattern
    addField(max(1, (67 - rest.leadingZeroBitCount) / 4)) {
      defer { rest >>= 4 }
      let digit = UInt8(rest & 15)
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }

  mutating func add(_ values: PerLaw) {
    add(values.ageing)
    add(values.steady)
    add(values.bursts)
  }

  /// A comma and a field of so many octets, asked for from the last to the first.
  private mutating func addField(_ count: Int, _ octet: () -> UInt8) {
    let start = octets.count
    octets.append(contentsOf: repeatElement(UInt8(ascii: ","), count: count + 1))
    octets.withUnsafeMutableBufferPointer { octets in
      for place in (0..<count).reversed() { octets[start + 1 + place] = octet() }
    }
  }
}

/// A cursor over the fields; each answer is nil when the field is missing or not of that kind.
private struct CodedFields {
  private let octets: [UInt8]
  private var place = 0

  init(_ text: String) { octets = Array(text.utf8) }

  /// Whether nothing is left; a comma at the end leaves an empty field.
  var isAtEnd: Bool { place > octets.count }

  private mutating func next() -> ArraySlice<UInt8>? {
    guard place <= octets.count else { return nil }
    let start = place
    while place < octets.count, octets[place] != UInt8(ascii: ",") { place += 1 }
    defer { place += 1 }
    return octets[start..<place]
  }

  /// Takes the next field if it is the sign of what is absent.
  mutating func none() -> Bool {
    guard place < octets.count, octets[place] == UInt8(ascii: "-"),
      place + 1 == octets.count || octets[place + 1] == UInt8(ascii: ",")
    else { return false }
    place += 2
    return true
  }

  /// The inner nil is an absent instant.
  mutating func instant() -> Instant?? {
    if none() { return .some(nil) }
    // Year 9999 and back: sums of two cannot overflow.
    guard let number = number(), number.magnitude < 1 << 50 else { return nil }
    return Instant(milliseconds: number)
  }

  mutating func count() -> Int64? {
    guard let number = number(), number >= 0 else { return nil }
    return number
  }

  /// A whole number: digits, a minus before them or not.
  private mutating func number() -> Int64? {
    guard let text = next() else { return nil }
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard (1...18).contains(digits.count) else { return nil }
    var number: Int64 = 0
    for octet in digits {
      guard (48...57).contains(octet) else { return nil }
      number = number * 10 + Int64(octet - 48)
    }
    return digits.count < text.count ? -number : number
  }

  mutating func positive() -> Double? {
    guard let text = next(), (1...16).contains(text.count) else { return nil }
    var bits: UInt64 = 0
    for octet in text {
      switch octet {
      case 48...57: bits = bits << 4 | UInt64(octet - 48)
      case 65...70: bits = bits << 4 | UInt64(octet - 55)
      case 97...102: bits = bits << 4 | UInt64(octet - 87)
      default: return nil
      }
    }
    let number = Double(bitPattern: bits)
    return number.isFinite && number > 0 ? number : nil
  }

  mutating func perLaw() -> PerLaw? {
    guard let ageing = positive(), let steady = positive(), let bursts = positive() else { return nil }
    let values = (ageing, steady, bursts)
    return PerLaw { law in
      switch law {
      case .ageing: values.0
      case .steady: values.1
      case .bursts: values.2
      }
    }
  }
}
