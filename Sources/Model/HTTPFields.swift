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
    // NUL, CR and LF become spaces before anything is trimmed, so that reading the canonical form gives it again.
    func cleaned(_ octets: some Collection<UInt8>) -> [UInt8] {
      octets.map { $0 == 0 || $0 == 13 || $0 == 10 ? 32 : $0 }.trimmingSpaces()
    }
    var fields: [(name: [UInt8], value: [UInt8])] = []
    var open = false
    for line in lines {
      if let first = line.first, first == 32 || first == 9 {  // obs-fold
        let more = cleaned(line)
        guard open, !more.isEmpty, let last = fields.indices.last else { continue }
        fields[last].value += (fields[last].value.isEmpty ? [] : [32]) + more
        continue
      }
      open = false
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = cleaned(line[..<colon])
      guard !name.isEmpty else { continue }
      fields.append((name, cleaned(line[(colon + 1)...])))
      open = true
    }
    canonicalBytes = fields.flatMap { $0.name + Array(": ".utf8) + $0.value + [10] }
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

extension Collection<UInt8> {
  /// Without spaces, tabs and CRs at both ends.
  func trimmingSpaces() -> [UInt8] {
    let space: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    return Array(self.drop(while: space).reversed().drop(while: space).reversed())
  }
}
