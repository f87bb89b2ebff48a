import Model

/// Cuts octets that come in piece by piece into WARC records (ISO 28500:2017 §4, and the drafts 0.16 to 0.18 that look the same),
/// and goes on after whatever is damaged. The records of ARC files come out as WARC records too.
///
/// A record is taken when its header section is whole, its block has the length that it says, and a line end, another record or
/// the end follows. Where that fails, reading goes on where the next `WARC/` with a number and a line end stands. What it finds
/// does not depend on the pieces in which octets come: each decision waits for the octets that it rests on, or for the end.
public struct WARCScanner: Sendable {
  /// Where something stands in a file.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// Offset in the file, in octets: of the octet itself, or of the compressed member that holds it.
    public let offset: Int64
    /// Octets into the member, after decompression; 0 in a plain file.
    public let inner: Int

    public init(offset: Int64, inner: Int = 0) { (self.offset, self.inner) = (offset, inner) }

    public var description: String { inner == 0 ? "offset \(offset)" : "offset \(offset)+\(inner)" }
  }

  public enum Event: Hashable, Sendable {
    /// - Parameter isCertain: whether its octets came from where nothing was damaged.
    case record(WARCRecord, at: Place, isCertain: Bool)
    /// A record that nobody wanted.
    case passed
    /// Something that should be a record and cannot be read.
    case loss(String, at: Place)
  }

  /// The longest block that is read.
  public static let maximumBlockBytes = 256 << 20
  /// The longest header section that is read.
  static let maximumHeaderBytes = 1 << 20
  /// Blocks of records that nobody wants are skipped unseen beyond this; below, a wrong length is noticed.
  private static let unseenBytes = 1 << 20

  /// Whether a record with such fields is to be handed out.
  private let isWanted: @Sendable (HTTPFields) -> Bool
  private var window = OctetWindow()
  /// The position of the next octet to look at.
  private var start = 0
  private var state = State.between
  /// Whether it is an ARC file: its records have a line in place of a header section.
  private var isARC = false
  /// Where the octets came from, by their positions.
  private var origins: [(position: Int, place: Place, isMember: Bool)] = []
  /// Octets from damaged data.
  private var uncertain: [Range<Int>] = []
  /// Gaps and the end, as they came: they are told once all before them has been.
  private var breaks: [(position: Int, gap: Gap?)] = []

  private struct Gap: Sendable {
    let reason: String
    let place: Place
  }

  private enum State: Sendable {
    /// Between two records.
    case between
    /// In what is no record.
    case lost(Lost)
    /// In a block nobody needs, so many octets before its end.
    case skipping(left: Int, event: Event)
  }

  private struct Lost: Sendable {
    let place: Place
    /// Told once its end is found; nil: so many octets that were passed.
    let event: Event?
    var passed = 0
    /// In an ARC file: whether the next octet is in the middle of a line.
    var isInLine = false

    func told(_ more: Int) -> Event { event ?? .loss(WARCScanner.noRecord(passed + more), at: place) }
  }

  public init(isWanted: @escaping @Sendable (HTTPFields) -> Bool = { _ in true }) { self.isWanted = isWanted }

  // MARK: what comes in

  /// Takes the next octets.
  /// - Parameters:
  ///   - place: where they stand.
  ///   - startsMember: whether a compressed member begins with them.
  ///   - isCertain: false when they came from a member that turned out to be damaged.
  public mutating func take(_ octets: [UInt8], at place: Place, startsMember: Bool = false, isCertain: Bool = true) {
    while origins.count > 1, origins[1].position <= start { origins.removeFirst() }
    uncertain.removeAll { $0.upperBound <= start }
    let position = window.arrived
    origins.append((position, place, startsMember))
    if !isCertain { uncertain.append(position..<(position + octets.count)) }
    window.take(octets, keepingFrom: start)
  }

  /// Says that octets are missing here, and why. What is in the middle of being read is lost.
  /// - Parameter place: where what is missing begins; told when it is no record's.
  public mutating func gap(_ reason: String, at place: Place) {
    breaks.append((window.arrived, Gap(reason: reason, place: place)))
  }

  /// Says that nothing more comes.
  public mutating func finish() { breaks.append((window.arrived, nil)) }

  /// Where the next gap or the end is; nothing is read across it.
  private var limit: Int { breaks.first?.position ?? .max }
  /// The position after the last octet that may be looked at.
  private var sight: Int { min(window.end, limit) }

  /// Whether all octets up to a position are in sight, or all there are before a gap or the end.
  private mutating func see(to position: Int) -> Bool { window.see(to: min(position, limit), from: start) }

  // MARK: what goes out

  /// The next event; nil when more octets are needed for it, or, after `finish`, at the end.
  public mutating func next() -> Event? {
    while true {
      switch step() {
      case .event(let event): return event
      case .again: continue
      case .starved:
        guard let first = breaks.first else { return nil }
        _ = see(to: first.position)
        breaks.removeFirst()
        if let event = broken(first.gap, limit: first.position) { return event }
      }
    }
  }

  private enum Step {
    case event(Event)
    case again
    /// It needs octets that have not come, or are beyond a gap or the end.
    case starved
  }

  private mutating func step() -> Step {
    switch state {
    case .between: return record()
    case .lost(let lost): return search(lost)
    case .skipping(let left, let event):
      let step = min(left, min(window.arrived, limit) - start)
      start += step
      _ = see(to: start)
      guard step == left else {
        state = .skipping(left: left - step, event: event)
        return .starved
      }
      state = .between
      return .event(event)
    }
  }

  /// What a gap or the end makes of what is being read.
  private mutating func broken(_ gap: Gap?, limit: Int) -> Event? {
    let (first, before) = (start, state)
    (start, state) = (limit, .between)
    switch before {
    case .between:
      let rest = window[first..<limit]
      let blank = rest.allSatisfy { $0 == 13 || $0 == 10 || $0 == 0 }
      if blank { return gap.map { .loss($0.reason, at: $0.place) } }
      // A record's block may hold the line that begins the next one, when its own length is wrong.
      if let next = nextRecord(after: first, to: limit) {
        breaks.insert((limit, gap), at: 0)
        start = next
        return .loss("the record does not end where its Content-Length says", at: place(first))
      }
      let isRecord = isRecordLine(at: first, to: limit) || isARC && arcLine(at: first, to: limit) != nil
      let told = isRecord ? "the record is cut short by the end of the file" : Self.noRecord(rest.count)
      return .loss(gap?.reason ?? told, at: place(first))
    case .lost(let lost):
      guard let gap, lost.event == nil else { return lost.told(limit - first) }
      return .loss(gap.reason, at: lost.place)
    case .skipping(_, let event): return gap.map { .loss($0.reason, at: $0.place) } ?? event
    }
  }

  private static func noRecord(_ octets: Int) -> String {
    "\(octets) octet\(octets == 1 ? "" : "s") that belong to no record"
  }

  // MARK: one record

  private mutating func record() -> Step {
    while start < limit, see(to: start + 1), window[start] == 13 || window[start] == 10 { start += 1 }
    guard see(to: start + WARCSyntax.lineBytes), sight - start >= 5 else { return .starved }
    if start == 0 {
      let word = window[0..<min(sight, ARCHeader.beginning.count)]
      isARC = word.elementsEqual(ARCHeader.beginning.prefix(word.count))
    }
    let (header, version, fields): (Int, String, HTTPFields)
    switch isARC ? arcHeader() : section() {
    case .found(let end, let said, let all): (header, version, fields) = (end, said, all)
    case .step(let step): return step
    }
    guard let length = WARCSyntax.length(fields) else { return lose("the record does not say how long it is") }
    let isWanted = isWanted(fields)
    guard isWanted || length <= Self.unseenBytes, length <= Self.maximumBlockBytes else {
      let reason =
        "the record's block has \(length) octets, more than the \(Self.maximumBlockBytes >> 20) MiB that are read"
      state = .skipping(left: length, event: isWanted ? .loss(reason, at: place(start)) : .passed)
      start = header
      return .again
    }
    let end = header + length
    if let step = abandonedByMember(before: end) { return step }
    // What follows must be seen, or the end of all.
    guard see(to: end + 1), end <= limit else { return .starved }
    if end < limit, window[end] != 13, window[end] != 10 {
      guard see(to: end + WARCSyntax.lineBytes) else { return .starved }
      guard !isARC, isRecordLine(at: end, to: sight) else {
        // The length of a record that nobody wants is of no interest either.
        return isWanted
          ? lose("the record does not end where its Content-Length says", from: header) : lose(.passed, from: header)
      }
    }
    defer { start = end }
    guard isWanted else { return .event(.passed) }
    let record = WARCRecord(version: version, fields: fields, block: window[header..<end])
    let range = start..<end
    return .event(.record(record, at: place(start), isCertain: !uncertain.contains { $0.overlaps(range) }))
  }

  private enum Header {
    case found(end: Int, version: String, fields: HTTPFields)
    case step(Step)
  }

  private mutating func section() -> Header {
    guard isRecordLine(at: start, to: sight) else { return .step(lose(nil as Event?)) }
    let end = find(within: Self.maximumHeaderBytes) { WARCSyntax.headerEnd(in: $0, from: $1, to: $2) }
    if let step = abandonedByMember(before: end.position ?? start + Self.maximumHeaderBytes) { return .step(step) }
    switch end {
    case .starved: return .step(.starved)
    case .absent: return .step(lose("the record's header section has no end"))
    case .at(let end):
      let (version, fields) = WARCSyntax.header(window[start..<end])
      return .found(end: end, version: version, fields: fields)
    }
  }

  private mutating func arcHeader() -> Header {
    let end = find(within: ARCHeader.maximumBytes) { $0[$1..<$2].firstIndex(of: 10).map { $0 + 1 } }
    if case .starved = end { return .step(.starved) }
    guard let end = end.position, let fields = arcLine(at: start, to: end) else { return .step(lose(nil as Event?)) }
    return .found(end: end, version: "ARC", fields: fields)
  }

  private enum Found {
    case at(Int)
    case absent, starved

    var position: Int? { if case .at(let position) = self { position } else { nil } }
  }

  /// Looks for something in the next octets, which come into sight as far as it takes.
  private mutating func find(within most: Int, _ look: ([UInt8], Int, Int) -> Int?) -> Found {
    var reach = min(2048, most)
    while true {
      let isAll = see(to: start + reach)
      let end = min(sight, start + reach)
      if let found = look(window.octets, start - window.base, end - window.base) { return .at(found + window.base) }
      guard isAll, end == start + reach else { return .starved }
      guard reach < most else { return .absent }
      reach = min(4 * reach, most)
    }
  }

  /// Gives up on the record that begins here when a compressed member that begins with another one has come: then this one's
  /// length is wrong, or its end was never written.
  private mutating func abandonedByMember(before end: Int) -> Step? {
    for origin in origins where origin.isMember && origin.position > start && origin.position < min(end, limit) {
      guard see(to: origin.position + WARCSyntax.lineBytes) else { return .starved }
      guard isRecordLine(at: origin.position, to: sight) else { continue }
      defer { start = origin.position }
      return .event(.loss("the record is shorter than its Content-Length says", at: place(start)))
    }
    return nil
  }

  // MARK: where the next record begins

  /// Looks for the next record from here, or from where the block of a record begins.
  private mutating func lose(_ event: Event?, from: Int? = nil) -> Step {
    // Past the line that is no good as the beginning of a record.
    let next = from ?? (event == nil ? start : start + 5)
    state = .lost(Lost(place: place(start), event: event, isInLine: isARC && from == nil && next > start))
    start = next
    return .again
  }

  private mutating func lose(_ reason: String, from: Int? = nil) -> Step {
    lose(.loss(reason, at: place(start)), from: from)
  }

  private mutating func search(_ before: Lost) -> Step {
    var lost = before
    while true {
      let isAll = sight == limit
      if isARC ? arcRecord(&lost, to: sight) : recordLine(&lost, to: sight, isAll: isAll) {
        state = .between
        return .event(lost.told(0))
      }
      guard !isAll, see(to: sight + 1) else {
        state = .lost(lost)
        return .starved
      }
    }
  }

  /// Goes up to the line that begins a record, if one is in sight.
  private mutating func recordLine(_ lost: inout Lost, to end: Int, isAll: Bool) -> Bool {
    let found = WARCSyntax.recordLine(
      in: window.octets, from: start - window.base, to: end - window.base, isAll: isAll)
    // The last octets may be the beginning of such a line.
    let next = found.map { $0 + window.base } ?? (isAll ? end : max(start, end - WARCSyntax.lineBytes + 1))
    lost.passed += next - start
    start = next
    return found != nil
  }

  /// The same in an ARC file, from line to line.
  private mutating func arcRecord(_ lost: inout Lost, to end: Int) -> Bool {
    while start < end {
      guard let next = window[start..<end].firstIndex(of: 10).map({ $0 + 1 + window.base }) else {
        lost.isInLine = lost.isInLine || end - start > ARCHeader.maximumBytes
        guard lost.isInLine else { return false }
        lost.passed += end - start
        start = end
        return false
      }
      if !lost.isInLine, arcLine(at: start, to: next) != nil { return true }
      lost.passed += next - start
      (start, lost.isInLine) = (next, false)
    }
    return false
  }

  /// The next record after one that begins at a position, all octets being in sight.
  private func nextRecord(after first: Int, to end: Int) -> Int? {
    guard isARC else {
      return WARCSyntax.recordLine(in: window.octets, from: first + 5 - window.base, to: end - window.base, isAll: true)
        .map { $0 + window.base }
    }
    var line = first
    while let last = window[line..<end].firstIndex(of: 10) {
      line = last + 1 + window.base
      if arcLine(at: line, to: end) != nil { return line }
    }
    return nil
  }

  private func isRecordLine(at position: Int, to end: Int) -> Bool {
    WARCSyntax.isRecordLine(window.octets, at: position - window.base, to: end - window.base)
  }

  private func arcLine(at position: Int, to end: Int) -> HTTPFields? {
    ARCHeader.parse(window.octets, at: position - window.base, to: end - window.base)?.fields
  }

  private func place(_ position: Int) -> Place {
    guard let origin = origins.last(where: { $0.position <= position }) else { return Place(offset: 0) }
    let into = position - origin.position
    // In a plain file each octet has its own offset; in a compressed one its member has, and pieces count on.
    return origin.isMember || origin.place.inner > 0
      ? Place(offset: origin.place.offset, inner: origin.place.inner + into)
      : Place(offset: origin.place.offset + Int64(into))
  }
}
