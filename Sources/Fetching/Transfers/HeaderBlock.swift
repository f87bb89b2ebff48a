import Model

/// Gathers the header section of the answer that counts from libcurl's header lines.
///
/// Each status line starts afresh, so interim responses (RFC 9110 §15.2) leave nothing behind. After the empty line of the
/// final one only trailer fields can come, which are no part of the header section.
struct HeaderBlock {
  /// 0 until a status line came.
  private(set) var status = 0
  /// Nil until the header section has ended.
  private(set) var fields: HTTPFields?
  /// When it ended.
  private(set) var at: Instant?
  private var section = HTTPFields.Section()

  /// Takes one line with its line end. Throws `.protocolError` once the section ends and contradicts itself.
  mutating func take(_ line: UnsafeRawBufferPointer, now: () -> Instant) throws(FetchError) {
    if fields != nil { return }
    var end = line.count
    if end > 0, line[end - 1] == 10 { end -= end > 1 && line[end - 2] == 13 ? 2 : 1 }
    let text = UnsafeRawBufferPointer(rebasing: line[..<end])
    if end > 4, text[0] == UInt8(ascii: "H"), text.starts(with: "HTTP/".utf8) {
      status = Self.status(text[...])
      section.removeAll()
    } else if end > 0 {
      section.append(text)
    } else if status >= 200 {
      let complete = section.fields
      try Self.check(status, complete)
      (fields, at) = (complete, now())
    }
  }

  /// The three digits after the first space; 0 when there are none.
  private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
    let digits = line.drop { $0 != 32 }.drop { $0 == 32 }.prefix { (48...57).contains($0) }
    return digits.count == 3 ? digits.reduce(0) { $0 * 10 + Int($1) - 48 } : 0
  }

  /// libcurl believes the last of several lengths and the number that a length begins with; RFC 9112 §6.3 calls both
  /// unrecoverable, unless all lengths are equal.
  private static func check(_ status: Int, _ fields: HTTPFields) throws(FetchError) {
    guard status <= 599 else { throw .protocolError(detail: "status \(status)") }
    var known: ArraySlice<UInt8>?
    for value in fields.octets(of: "content-length") {
      for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
        let length = part.drop(while: blank).prefix { !blank($0) }
        let isNumber = !length.isEmpty && length.allSatisfy { (48...57).contains($0) }
        let rest = part.drop(while: blank).dropFirst(length.count)
        guard isNumber, rest.allSatisfy(blank) else {
          throw .protocolError(detail: "Content-Length is no number: \(String(decoding: part, as: UTF8.self))")
        }
        guard known.map({ $0 == length }) != false else {
          let both = [known ?? [], length].map { String(decoding: $0, as: UTF8.self) }
          throw .protocolError(detail: "Content-Length is both \(both[0]) and \(both[1])")
        }
        known = length
      }
    }
  }
}
