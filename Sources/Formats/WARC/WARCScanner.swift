import Model

/// Cuts octets that come in piece by piece into WARC records (ISO 28500:2017 §4, and the drafts 0.16 to 0.18 that look the same),
/// and goes on after whatever is damaged. The records of ARC files come out as WARC records too.
///
/// A record is taken when its header section is whole, its block has the length that it says, and a line end, another record or
/// the end follows. Where that fails, reading goes on where the next `WARC/` with a number and a line end stands.
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
  private var buffer: [UInt8] = []
  /// Where in `buffer` the next octet to look at stands.
  private var start = 0
  /// How many octets were before `buffer`.
  private var dropped = 0
  private var state = State.between
  /// Whether it is an ARC file: its records have a line in place of a header section.
  private var isARC = false
  /// Where the octets came from, by their number in all that came.
  private var origins: [(position: Int, place: Place, isMember: Bool)] = []
  /// Octets from damaged data, by their numbers.
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
    /// In what is no record: told by an event once its end is found, or as so many octets since there.
    case lost(Place, passed: Int, event: Event?)
    /// In a block nobody needs, so many octets before its end.
    case skipping(left: Int, event: Event)
  }

  public init(isWanted: @escaping @Sendable (HTTPFields) -> Bool = { _ in true }) { self.isWanted = isWanted }

  // MARK: what comes in

  /// Takes the next octets.
  /// - Parameters:
  ///   - place: where they stand.
  ///   - startsMember: whether a compressed member begins with them.
  ///   - isCertain: false when they came from a member that turned out to be damaged.
  public mutating func take(_ octets: [UInt8], at place: Place, startsMember: Bool = false, isCertain: Bool = true) {
    compact()
    let position = dropped + buffer.count
    origins.append((position, place, startsMember))
    if !isCertain { uncertain.append(position..<(position + octets.count)) }
    if buffer.isEmpty { buffer = octets } else { buffer += octets }
  }

  /// Says that octets are missing here, and why. What is in the middle of being read is lost.
  /// - Parameter place: where what is missing begins; told when it is no record's.
  public mutating func gap(_ reason: String, at place: Place) {
    breaks.append((dropped + buffer.count, Gap(reason: reason, place: place)))
  }

  /// Says that nothing more comes.
  public mutating func finish() { breaks.append((dropped + buffer.count, nil)) }

  private mutating func compact() {
    guard start > 0 else { return }
    if start == buffer.count { buffer = [] } else { buffer.removeSubrange(..<start) }
    (dropped, start) = (dropped + start, 0)
    while origins.count > 1, origins[1].position <= dropped { origins.removeFirst() }
    uncertain.removeAll { $0.upperBound <= dropped }
  }

  // MARK: what goes out

  /// The next event; nil when more octets are needed for it, or, after `finish`, at the end.
  public mutating func next() -> Event? {
    while true {
      let limit = breaks.first.map { $0.position - dropped } ?? buffer.count
      switch step(limit: limit) {
      case .event(let event): return event
      case .again: continue
      case .starved:
        guard let first = breaks.first else { return nil }
        breaks.removeFirst()
        if let event = broken(first.gap, limit: limit) { return event }
      }
    }
  }

  private enum Step {
    case event(Event)
    case again
    /// It needs octets beyond the limit.
    case starved
  }

  private mutating func step(limit: Int) -> Step {
    switch state {
    case .between: return record(limit: limit)
    case .lost(let place, let passed, let event):
      if let found = recordLine(from: start, to: limit) {
        let all = passed + found - start
        (start, state) = (found, .between)
        return .event(event ?? .loss(Self.noRecord(all), at: place))
      }
      // The last octets may be the beginning of such a line.
      let line = isARC ? buffer[start..<limit].lastIndex(of: 10).map { $0 + 1 } ?? start : limit - 12
      let kept = limit - start > Self.maximumHeaderBytes ? limit - 12 : max(start, line)
      state = .lost(place, passed: passed + kept - start, event: event)
      start = kept
      return .starved
    case .skipping(let left, let event):
      let step = min(left, limit - start)
      start += step
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
    let (rest, before) = (start..<limit, state)
    (start, state) = (limit, .between)
    switch before {
    case .between:
      let blank = buffer[rest].allSatisfy { $0 == 13 || $0 == 10 || $0 == 0 }
      if blank { return gap.map { .loss($0.reason, at: $0.place) } }
      // A record's block may hold the line that begins the next one, when its own length is wrong.
      if let next = recordLine(from: rest.lowerBound + 5, to: limit) {
        let place = place(rest.lowerBound)
        breaks.insert((dropped + limit, gap), at: 0)
        start = next
        return .loss("the record does not end where its Content-Length says", at: place)
      }
      let isRecord =
        Self.isRecordLine(buffer, at: rest.lowerBound, to: limit)
        || isARC && ARCHeader.parse(buffer, at: rest.lowerBound, to: limit) != nil
      let told = isRecord ? "the record is cut short by the end of the file" : Self.noRecord(rest.count)
      return .loss(gap?.reason ?? told, at: place(rest.lowerBound))
    case .lost(let place, let passed, let event):
      return event ?? .loss(gap?.reason ?? Self.noRecord(passed + rest.count), at: place)
    case .skipping(_, let event): return gap.map { .loss($0.reason, at: $0.place) } ?? event
    }
  }

  private static func noRecord(_ octets: Int) -> String {
    "\(octets) octet\(octets == 1 ? "" : "s") that belong to no record"
  }

  // MARK: one record

  private mutating func record(limit: Int) -> Step {
    while start < limit, buffer[start] == 13 || buffer[start] == 10 { start += 1 }
    guard limit - start >= 5 else { return .starved }
    if dropped + start == 0 {
      let word = buffer[start..<min(limit, start + ARCHeader.beginning.count)]
      isARC = word.elementsEqual(ARCHeader.beginning.prefix(word.count))
    }
    let (header, version, fields): (Int, String, HTTPFields)
    if isARC {
      guard let line = ARCHeader.parse(buffer, at: start, to: limit) else {
        return buffer[start..<limit].contains(10) ? lose(nil as Event?) : .starved
      }
      (header, version, fields) = (line.end, "ARC", line.fields)
    } else {
      guard Self.isRecordLine(buffer, at: start, to: limit) else { return lose(nil as Event?) }
      guard let end = Self.headerEnd(in: buffer, from: start, to: limit) else {
        if limit - start > Self.maximumHeaderBytes { return lose("the record's header section has no end") }
        return abandonedByMember(limit: limit) ?? .starved
      }
      header = end
      (version, fields) = Self.header(buffer[start..<end])
    }
    guard let length = Self.length(fields) else { return lose("the record does not say how long it is") }
    let isWanted = isWanted(fields)
    guard isWanted || length <= Self.unseenBytes, length <= Self.maximumBlockBytes else {
      let reason =
        "the record's block has \(length) octets, more than the \(Self.maximumBlockBytes >> 20) MiB that are read"
      state = .skipping(left: length, event: isWanted ? .loss(reason, at: place(start)) : .passed)
      start = header
      return .again
    }
    let end = header + length
    // The line ends that follow must be seen, or the end of all.
    guard limit >= end + 4 || limit >= end && isEnd(limit) else { return abandonedByMember(limit: limit) ?? .starved }
    guard
      end == limit || buffer[end] == 13 || buffer[end] == 10 || !isARC && Self.isRecordLine(buffer, at: end, to: limit)
    else {
      // The length of a record that nobody wants is of no interest either.
      return isWanted
        ? lose("the record does not end where its Content-Length says", from: header) : lose(.passed, from: header)
    }
    defer { start = end }
    guard isWanted else { return .event(.passed) }
    let record = WARCRecord(version: version, fields: fields, block: Array(buffer[header..<end]))
    let range = (dropped + start)..<(dropped + end)
    return .event(.record(record, at: place(start), isCertain: !uncertain.contains { $0.overlaps(range) }))
  }

  /// Gives up on the record that begins here when a compressed member that begins with another one has come: then this one's
  /// length is wrong, or its end was never written.
  private mutating func abandonedByMember(limit: Int) -> Step? {
    for origin in origins where origin.isMember && origin.position > dropped + start {
      let at = origin.position - dropped
      guard at < limit, Self.isRecordLine(buffer, at: at, to: limit) else { continue }
      defer { start = at }
      return .event(.loss("the record is shorter than its Content-Length says", at: place(start)))
    }
    return nil
  }

  private func isEnd(_ limit: Int) -> Bool { breaks.first.map { $0.position - dropped == limit } ?? false }

  /// Where the next record may begin.
  private func recordLine(from: Int, to limit: Int) -> Int? {
    guard isARC else { return Self.recordLine(in: buffer, from: from, to: limit) }
    var line = from
    while let end = buffer[line..<max(line, limit)].firstIndex(of: 10) {
      if line > from || line == start, ARCHeader.parse(buffer, at: line, to: limit) != nil { return line }
      line = end + 1
    }
    return nil
  }

  /// Looks for the next record from here, or from where the block of a record begins.
  private mutating func lose(_ event: Event?, from: Int? = nil) -> Step {
    state = .lost(place(start), passed: 0, event: event)
    // Past the line that is no good as the beginning of a record.
    start = from ?? (event == nil ? start : start + 5)
    return .again
  }

  private mutating func lose(_ reason: String, from: Int? = nil) -> Step {
    lose(.loss(reason, at: place(start)), from: from)
  }

  private func place(_ index: Int) -> Place {
    let position = dropped + index
    guard let origin = origins.last(where: { $0.position <= position }) else { return Place(offset: 0) }
    let into = position - origin.position
    // In a plain file each octet has its own offset; in a compressed one its member has, and pieces count on.
    return origin.isMember || origin.place.inner > 0
      ? Place(offset: origin.place.offset, inner: origin.place.inner + into)
      : Place(offset: origin.place.offset + Int64(into))
  }
}

extension WARCScanner {
  /// Whether a record's first line stands there: `WARC/`, a digit, a dot, one or two digits, the line's end; or as much of it
  /// as there is.
  static func isRecordLine(_ octets: [UInt8], at: Int, to limit: Int) -> Bool {
    var i = at
    func isNext(_ wanted: (UInt8) -> Bool) -> Bool {
      defer { i += 1 }
      return i >= limit || wanted(octets[i])
    }
    let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
    for letter in "WARC/".utf8 { guard isNext({ $0 == letter }) else { return false } }
    guard isNext(isDigit), isNext({ $0 == UInt8(ascii: ".") }), isNext(isDigit) else { return false }
    if i < limit, isDigit(octets[i]) { i += 1 }
    return isNext { $0 == 13 || $0 == 10 || $0 == 32 }
  }

  /// Where the next such line begins; it is all there.
  static func recordLine(in octets: [UInt8], from: Int, to limit: Int) -> Int? {
    guard limit - from >= 9 else { return nil }
    return octets.withUnsafeBufferPointer { raw in
      for i in from...(limit - 9) where raw[i] == UInt8(ascii: "W") && raw[i + 1] == UInt8(ascii: "A") {
        if isRecordLine(octets, at: i, to: limit) { return i }
      }
      return nil
    }
  }

  /// Where the header section's empty line ends.
  static func headerEnd(in octets: [UInt8], from: Int, to limit: Int) -> Int? {
    var i = from
    let limit = min(limit, from + maximumHeaderBytes + 4)
    while i < limit {
      if octets[i] == 10 {
        // An empty line; some writers put more than one CR before an LF.
        var end = i + 1
        while end < limit, octets[end] == 13, end - i < 4 { end += 1 }
        if end < limit, octets[end] == 10 { return end + 1 }
      }
      i += 1
    }
    return nil
  }

  /// The version and the fields of a header section.
  static func header(_ octets: ArraySlice<UInt8>) -> (version: String, fields: HTTPFields) {
    var section = HTTPFields.Section()
    var version = ""
    octets.withUnsafeBytes { raw in
      var (at, isFirst) = (0, true)
      while at < raw.count {
        let end = raw[at...].firstIndex(of: 10) ?? raw.count
        let line = UnsafeRawBufferPointer(rebasing: raw[at..<end])
        if isFirst {
          version = String(decoding: line.dropFirst(5).prefix { $0 != 13 && $0 != 32 }, as: UTF8.self)
        } else if !line.allSatisfy({ $0 == 13 }) {
          section.append(line)
        }
        (at, isFirst) = (end + 1, false)
      }
    }
    return (version, section.fields)
  }

  /// The block's length, in octets; nil when it is missing, no number, or said twice otherwise.
  static func length(_ fields: HTTPFields) -> Int? {
    let values = Set(fields.values(of: "content-length"))
    guard values.count == 1, let value = values.first, (1...15).contains(value.utf8.count),
      value.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(value)
  }
}
