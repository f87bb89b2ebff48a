/// The header fields of one response, in the order they came, names and values as sent.
///
/// Bytes are ground truth: a value need not be UTF-8. The canonical form, which digests cover, is a line
/// `name: value` for each field, ended by LF, white space around the value removed, folded lines joined by one space
/// (RFC 9112 §5). The status line is not part of it.
public struct HTTPFields: Hashable, Sendable {
  /// The canonical form; empty when there are no fields.
  public let canonicalBytes: [UInt8]

  /// No fields.
  public init() { canonicalBytes = [] }

  /// From canonical bytes, as `canonicalBytes` once gave them.
  public init(canonicalBytes: [UInt8]) { self.canonicalBytes = canonicalBytes }

  /// From names and values. Nil if a name is empty or holds a colon, white space or a control, or a value holds
  /// CR, LF or NUL: such a pair could not have come over HTTP.
  public init?(_ pairs: [(name: String, value: String)]) {
    var out: [UInt8] = []
    for (name, value) in pairs {
      guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 32 && $0 != UInt8(ascii: ":") && $0 != 127 }),
        value.utf8.allSatisfy({ $0 != 10 && $0 != 13 && $0 != 0 })
      else { return nil }
      out += Array(name.utf8) + Array(": ".utf8) + Array(value.utf8).trimmingSpaces() + [10]
    }
    canonicalBytes = out
  }

  /// From the lines of a header block as received, without the status line. A line with no colon, or an empty name,
  /// is not a field and is left out.
  public init(lines: [[UInt8]]) {
    var section = Section()
    for line in lines { line.withUnsafeBytes { section.append($0) } }
    self = section.fields
  }

  public var digest: Digest { Digest(of: canonicalBytes) }

  /// Names and values in order, octets that are not UTF-8 replaced by U+FFFD.
  public var pairs: [(name: String, value: String)] {
    canonicalBytes.split(separator: 10).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      return (
        String(decoding: line[..<colon], as: UTF8.self),
        String(decoding: line[(colon + 1)...].dropFirst(), as: UTF8.self)
      )
    }
  }

  /// The value of the first field of that name, whatever its case; nil when there is none.
  public subscript(name: String) -> String? {
    let wanted = name.lowercased()
    return pairs.first { $0.name.lowercased() == wanted }?.value
  }
}

extension HTTPFields {
  /// A header section that comes in line by line, put together without an allocation for each.
  public struct Section: Sendable {
    private typealias Line = Slice<UnsafeRawBufferPointer>

    private var canonical: [UInt8] = []
    /// Where the value of the last field begins; nil when no folded line may follow.
    private var valueStart: Int?

    public init() {}

    /// The fields so far.
    public var fields: HTTPFields { HTTPFields(canonicalBytes: canonical) }

    /// Forgets all lines.
    public mutating func removeAll() {
      canonical.removeAll(keepingCapacity: true)
      valueStart = nil
    }

    /// Takes the next line, without its end. One with no colon, or an empty name, is not a field and is left out.
    public mutating func append(_ line: UnsafeRawBufferPointer) {
      let line = line[...]
      if let first = line.first, first == 32 || first == 9 { return fold(Self.trimmed(line)) }
      valueStart = nil
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
      let name = Self.trimmed(line[..<colon])
      guard !name.isEmpty else { return }
      add(name)
      canonical.append(UInt8(ascii: ":"))
      canonical.append(32)
      valueStart = canonical.count
      add(Self.trimmed(line[(colon + 1)...]))
      canonical.append(10)
    }

    /// Adds a folded line to the value before it (RFC 9112 §5.2).
    private mutating func fold(_ more: Line) {
      guard let valueStart, !more.isEmpty else { return }
      canonical.removeLast()
      if canonical.count > valueStart { canonical.append(32) }
      add(more)
      canonical.append(10)
    }

    /// NUL, CR and LF become spaces, so that reading the canonical form gives it again.
    private mutating func add(_ octets: Line) {
      let start = canonical.count
      canonical.append(contentsOf: UnsafeRawBufferPointer(rebasing: octets))
      for i in start..<canonical.count where Self.isBreak(canonical[i]) { canonical[i] = 32 }
    }

    private static func isBreak(_ octet: UInt8) -> Bool { octet == 0 || octet == 13 || octet == 10 }

    private static func trimmed(_ line: Line) -> Line {
      let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || isBreak($0) }
      var rest = line.drop(while: blank)
      while let last = rest.last, blank(last) { rest = rest.dropLast() }
      return rest
    }
  }
}

extension Collection<UInt8> {
  /// Without spaces, tabs and CRs at both ends.
  func trimmingSpaces() -> [UInt8] {
    let space: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    return Array(self.drop(while: space).reversed().drop(while: space).reversed())
  }
}
