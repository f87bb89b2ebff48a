import Model
import Storage

/// Goes through the lines of the index that a question asks for, in order, reading no further than it must.
struct CDXWalk {
  private let question: CDXQuestion
  private let lookup: CaptureLookup
  private let store: Store
  private var budget = CDXFilter.budget
  /// Whether lines were left when the limit was reached.
  private(set) var hasMore = false

  /// Captures whose fields are read at once.
  private static let batch = 64

  init(_ question: CDXQuestion, lookup: CaptureLookup, store: Store) {
    (self.question, self.lookup, self.store) = (question, lookup, store)
  }

  /// The keys in question, in order, with the articles that have captures under them.
  private func keys() throws(StorageError) -> [(key: String, articles: Set<Int64>)] {
    guard let scope = question.scope else {
      return [(question.url.key, try lookup.articles(of: question.url, in: store))]
    }
    return try lookup.keys(in: KeyRange(scope, of: question.url), of: store)
  }

  /// All lines there are, whatever filters and limits say.
  func count() throws(StorageError) -> Int {
    var count = 0
    for (key, articles) in try keys() { count += try lookup.entries(withKey: key, of: articles, in: store).count }
    return count
  }

  /// The lines of the answer. Throws what is wrong with the question, or with the archive.
  mutating func rows() throws -> [CDXRow] {
    if case .closest(let instant) = question.order { return try closest(to: instant) }
    if question.order == .reverse || question.isFromEnd { return try fromEnd() }
    let (skipped, limit) = (question.offset, question.limit)
    var (rows, seen, more): ([CDXRow], Int, Bool) = ([], 0, false)
    try forEach { row in
      seen += 1
      if seen <= skipped { return true }
      guard rows.count < limit else {
        more = true
        return false
      }
      rows.append(row)
      return true
    }
    hasMore = more
    return rows
  }

  /// The last lines; in reverse unless it was the limit that asked for them.
  private mutating func fromEnd() throws -> [CDXRow] {
    let wanted = question.offset + question.limit
    // Lines that collapse do so from the beginning on.
    if isPaged, question.collapses.isEmpty {
      var last: [CDXRow] = []
      try forEachPaged(isDescending: true) { row in
        if last.count < wanted { last.append(row) }
        return last.count < wanted
      }
      let rows = last.dropFirst(question.offset)
      return question.order == .reverse ? Array(rows) : rows.reversed()
    }
    var ring: [CDXRow] = []
    var next = 0
    try forEach { row in
      if ring.count < wanted { ring.append(row) } else if wanted > 0 { ring[next % wanted] = row }
      next += 1
      return true
    }
    let start = ring.count < wanted || ring.isEmpty ? 0 : next % ring.count
    let inOrder = Array(ring[start...] + ring[..<start]).dropLast(question.offset)
    return question.order == .reverse ? inOrder.reversed() : Array(inOrder)
  }

  /// By distance in seconds either way; of two as near, the earlier.
  private mutating func closest(to instant: Instant) throws -> [CDXRow] {
    let kept = question.offset + question.limit
    var rows: [(distance: Int64, place: Int, row: CDXRow)] = []
    var place = 0
    func cut() {
      rows.sort { ($0.distance, $0.place) < ($1.distance, $1.place) }
      rows.removeLast(max(0, rows.count - kept))
    }
    try forEach { row in
      rows.append((abs(row.entry.at.second - instant.second), place, row))
      place += 1
      if rows.count > 2 * kept + 1000 { cut() }
      return true
    }
    cut()
    return rows.dropFirst(question.offset).map(\.row)
  }

  /// Whether captures can be read as they are needed: neither their number nor that of others matters.
  private var isPaged: Bool { question.page == nil && !question.resolvesRevisits }

  private mutating func forEachPaged(isDescending: Bool, _ body: (CDXRow) -> Bool) throws {
    var last: [[String]?] = Array(repeating: nil, count: question.collapses.count)
    let keys = try keys()
    for (key, articles) in isDescending ? keys.reversed() : keys {
      if let resume = question.resumeKey, key.utf8.lexicographicallyPrecedes(resume.key.utf8) { continue }
      let from = question.from.map { Instant(milliseconds: $0.second * 1000) }
      let start = question.resumeKey.map { $0.key == key ? max($0.at, from ?? $0.at) : from } ?? from
      var cursor = CaptureCursor(key, articles, from: start, isDescending: isDescending)
      var size = min(Self.batch, max(1, question.limit + 1))
      captures: while case let batch = try cursor.next(size, in: store), !batch.isEmpty {
        size = Self.batch
        let spanned = batch.filter { entry in question.until.map { entry.at.second <= $0.second } ?? true }
        for row in try rows(of: spanned, key, [:]) {
          if let resume = question.resumeKey, !resume.precedes(row) { continue }
          guard try admits(row), collapses(row, &last) else { continue }
          if !body(row) { return }
        }
        if !isDescending, spanned.count < batch.count { break captures }
      }
    }
  }

  /// Hands out lines after page, filters, span and collapsing, until told to stop.
  private mutating func forEach(_ body: (CDXRow) -> Bool) throws {
    guard !isPaged else { return try forEachPaged(isDescending: false, body) }
    var last: [[String]?] = Array(repeating: nil, count: question.collapses.count)
    var place = 0
    let page = question.page.map { number -> Range<Int> in
      let (start, overflow) = number.multipliedReportingOverflow(by: question.pageSize)
      return overflow || start > Int.max / 2 ? Int.max..<Int.max : start..<start + question.pageSize
    }
    for (key, articles) in try keys() {
      if let resume = question.resumeKey, key.utf8.lexicographicallyPrecedes(resume.key.utf8) { continue }
      var entries = try lookup.entries(withKey: key, of: articles, in: store)[...]
      let statuses = question.resolvesRevisits ? Dictionary(entries.map { ($0.id, $0.status) }) { a, _ in a } : [:]
      if let page {
        defer { place += entries.count }
        if place >= page.upperBound { return }
        let (start, end) = (max(0, page.lowerBound - place), min(entries.count, page.upperBound - place))
        entries = start < end ? entries[start..<end] : []
      }
      let spanned = entries.filter { entry in
        question.from.map { entry.at.second >= $0.second } ?? true
          && question.until.map { entry.at.second <= $0.second } ?? true
      }
      var rest = spanned[...]
      while !rest.isEmpty {
        let batch = Array(rest.prefix(Self.batch))
        rest = rest.dropFirst(batch.count)
        for row in try rows(of: batch, key, statuses) {
          if let resume = question.resumeKey, !resume.precedes(row) { continue }
          guard try admits(row), collapses(row, &last) else { continue }
          if !body(row) { return }
        }
      }
    }
  }

  private mutating func admits(_ row: CDXRow) throws -> Bool {
    for filter in question.filters where try !filter.admits(row, budget: &budget) { return false }
    return true
  }

  /// Whether a line differs from the one kept before it in all that is collapsed by.
  private func collapses(_ row: CDXRow, _ last: inout [[String]?]) -> Bool {
    for (i, collapse) in question.collapses.enumerated() {
      var values = collapse.fields.map { row.value(of: $0) ?? "" }
      if let length = collapse.length { values[0] = String(values[0].prefix(length)) }
      if last[i] == values { return false }
      last[i] = values
    }
    return true
  }

  /// - Parameter statuses: of the originals that revisits are to be looked through to; empty when they are not.
  private func rows(
    of entries: [IndexedCapture], _ key: String, _ statuses: [Int64: Int]
  ) throws(StorageError) -> [CDXRow] {
    // The media type that a revisit is listed with is that of the record.
    let asked = entries.map { entry in
      entry.original.map { statuses[$0] == nil ? nil : $0 } ?? entry.id
    }
    var fields = try store.fields(of: asked.compactMap(\.self)).makeIterator()
    return zip(entries, asked).map { entry, asked in
      let mime = asked == nil ? "warc/revisit" : fields.next().flatMap(Self.mediaType)
      return CDXRow(key: key, entry: entry, mime: mime, status: entry.original.flatMap { statuses[$0] } ?? entry.status)
    }
  }

  /// Without parameters, in the case it came in; nil when there is none.
  private static func mediaType(_ fields: HTTPFields) -> String? {
    guard let value = fields["Content-Type"] else { return nil }
    let type = value.prefix { $0 != ";" && $0 != " " && $0 != "\t" && $0 != "," }
    return type.isEmpty ? nil : String(type)
  }
}
