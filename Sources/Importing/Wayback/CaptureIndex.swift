import JSON
import Model

/// What the index of a web archive says of one capture.
struct IndexedCapture: Hashable, Sendable {
  /// 14 digits: UTC to the second.
  let timestamp: String
  let at: Instant
  /// The URL that was asked for, as the index writes it.
  let original: String
  /// Nil where the index does not know: of revisits.
  let status: Int?
  /// Of the payload, mostly SHA-1 in base 32; nil when there is none.
  let digest: String?
}

/// A page of an index, in either of the two shapes CDX servers give under `output=json`.
struct CaptureIndex: Hashable, Sendable {
  var captures: [IndexedCapture] = []
  /// Rows that are no captures, with the reason.
  var rejected: [String] = []
  /// What to ask for the next page with; nil at the last.
  var resumeKey: String?

  struct Invalid: Error, Hashable, Sendable {
    let reason: String
  }

  /// The Wayback Machine's answer is one array of rows whose first names the columns; where there is more, an empty row and
  /// one with the resumption key end it. pywb's has an object a line. Nothing at all is an index without captures.
  init(_ body: [UInt8]) throws(Invalid) {
    switch body.first(where: { $0 > 32 }) {
    case nil: break
    case UInt8(ascii: "["): try readRows(body)
    case UInt8(ascii: "{"): try readLines(body)
    default: throw Invalid(reason: "the index does not answer in JSON")
    }
  }

  private mutating func readRows(_ body: [UInt8]) throws(Invalid) {
    let rows = try Self.json(body).array ?? []
    guard let head = rows.first?.array?.map(\.string) else { return }
    func column(_ names: String...) -> Int? { head.firstIndex { $0.map(names.contains) ?? false } }
    guard let timestamp = column("timestamp"), let original = column("original", "url") else {
      throw Invalid(reason: "the index names no columns timestamp and original")
    }
    let (status, digest) = (column("statuscode", "status"), column("digest"))
    var isAtEnd = false
    for row in rows.dropFirst() {
      guard let cells = row.array else { throw Invalid(reason: "a row of the index is no array") }
      if isAtEnd {
        resumeKey = cells.first?.string
        break
      }
      guard !cells.isEmpty else {
        isAtEnd = true
        continue
      }
      func cell(_ index: Int?) -> String? { index.flatMap { cells.indices.contains($0) ? cells[$0].string : nil } }
      add(timestamp: cell(timestamp), original: cell(original), status: cell(status), digest: cell(digest))
    }
  }

  private mutating func readLines(_ body: [UInt8]) throws(Invalid) {
    for line in body.split(separator: 10) where line.contains(where: { $0 > 32 }) {
      let row = try Self.json(Array(line))
      let status = row["status"] ?? row["statuscode"]
      add(
        timestamp: row["timestamp"]?.string, original: (row["url"] ?? row["original"])?.string,
        status: status?.string ?? status?.int.map(String.init), digest: row["digest"]?.string)
    }
  }

  private static func json(_ bytes: [UInt8]) throws(Invalid) -> JSONValue {
    do throws(JSONError) { return try JSONValue(parsing: bytes) } catch {
      throw Invalid(reason: "the index is no proper JSON: \(error)")
    }
  }

  private mutating func add(timestamp: String?, original: String?, status: String?, digest: String?) {
    guard let timestamp, let original else { return rejected.append("a row without timestamp or URL") }
    guard let at = Instant(archiveTimestamp: timestamp) else {
      return rejected.append("\(timestamp) \(original): not a time of 14 digits")
    }
    let number = status.flatMap { Int($0) }
    guard number.map((100...599).contains) ?? true else {
      return rejected.append("\(timestamp) \(original): status \(status ?? "") is not from 100 to 599")
    }
    captures.append(
      IndexedCapture(
        timestamp: timestamp, at: at, original: original, status: number,
        digest: digest.flatMap { $0.isEmpty || $0 == "-" ? nil : $0.hasPrefix("sha1:") ? String($0.dropFirst(5)) : $0 })
    )
  }
}

extension Instant {
  /// Reads `YYYYMMDDhhmmss` in UTC; nil for anything else.
  init?(archiveTimestamp text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 14, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    func part(_ from: Int, _ to: Int) -> String { String(decoding: digits[from..<to], as: UTF8.self) }
    self.init(
      "\(part(0, 4))-\(part(4, 6))-\(part(6, 8))T\(part(8, 10)):\(part(10, 12)):\(part(12, 14))Z")
  }

  /// `YYYYMMDDhhmmss`, the rest of the second cut off.
  var archiveTimestamp: String { String(description.prefix(19).filter(\.isNumber)) }
}
