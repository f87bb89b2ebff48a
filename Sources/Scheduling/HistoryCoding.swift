import Model

/// A history as one line of text for one column: a format number and then the fields, comma-separated, `-` for what is absent.
/// Numbers that are not whole are the hexadecimal digits of their 64 bits (IEEE 754), which is quick and loses nothing.
extension ArticleHistory {
  /// The text that `init(coded:)` reads.
  public var coded: String {
    let instants = [Optional(born), checked, changed, tried].map { $0.map { String($0.milliseconds) } ?? "-" }
    let counts = [checks, changes, failures, isGone ? 1 : 0].map { String($0) }
    let beliefs = [belief.evidence, belief.shape, belief.rate].flatMap(\.coded)
    return (["1"] + instants + counts + beliefs + (counted?.coded ?? ["-"])).joined(separator: ",")
  }

  /// Reads what `coded` wrote. Nil if it is anything else, a value out of range included.
  public init?(coded: String) {
    var fields = CodedFields(coded)
    guard fields.next() == "1", let born = fields.instant(), let born else { return nil }
    self.init(born: born)
    guard let checked = fields.instant(), let changed = fields.instant(), let tried = fields.instant(),
      (checked == nil) == (changed == nil), let checks = fields.count(), let changes = fields.count(),
      let failures = fields.count(), let gone = fields.count(), gone <= 1,
      let evidence = fields.perLaw(), let shape = fields.perLaw(), let rate = fields.perLaw()
    else { return nil }
    (self.checked, self.changed, self.tried) = (checked, changed, tried)
    (self.checks, self.changes, self.failures, isGone) = (checks, changes, failures, gone == 1)
    (belief.evidence, belief.shape, belief.rate) = (evidence, shape, rate)
    if fields.left == 1 {
      guard fields.next() == "-" else { return nil }
    } else {
      guard let counted = fields.perLaw() else { return nil }
      self.counted = counted
    }
    guard fields.left == 0 else { return nil }
  }
}

extension HostHabit {
  /// The text that `init(coded:)` reads.
  public var coded: String { (["1"] + laws.coded + [strayEdits.bits, watchedDays.bits]).joined(separator: ",") }

  /// Reads what `coded` wrote. Nil if it is anything else, a value out of range included.
  public init?(coded: String) {
    var fields = CodedFields(coded)
    guard fields.next() == "1", let laws = fields.perLaw(), let edits = fields.positive(), let days = fields.positive(),
      fields.left == 0
    else { return nil }
    self.init()
    (self.laws, strayEdits, watchedDays) = (laws, edits, days)
  }
}

extension PerLaw {
  fileprivate var coded: [String] { EditLaw.allCases.map { self[$0].bits } }
}

extension Double {
  fileprivate var bits: String { String(bitPattern, radix: 16) }
}

/// A cursor over the fields; each answer is nil when the field is missing or not of that kind.
private struct CodedFields {
  private var fields: ArraySlice<Substring>

  init(_ text: String) { fields = text.split(separator: ",", omittingEmptySubsequences: false)[...] }

  var left: Int { fields.count }

  mutating func next() -> Substring? { fields.popFirst() }

  /// The inner nil is an absent instant.
  mutating func instant() -> Instant?? {
    guard let text = next() else { return nil }
    if text == "-" { return .some(nil) }
    // Year 9999 and back: sums of two cannot overflow.
    guard let number = Int64(text), number.magnitude < 1 << 50 else { return nil }
    return Instant(milliseconds: number)
  }

  mutating func count() -> Int64? {
    guard let text = next(), let number = Int64(text), number >= 0 else { return nil }
    return number
  }

  mutating func positive() -> Double? {
    guard let bits = next().flatMap({ UInt64($0, radix: 16) }) else { return nil }
    let number = Double(bitPattern: bits)
    return number.isFinite && number > 0 ? number : nil
  }

  mutating func perLaw() -> PerLaw? {
    guard let ageing = positive(), let steady = positive(), let bursts = positive() else { return nil }
    let values = [ageing, steady, bursts]
    return PerLaw { values[$0.rawValue] }
  }
}
