import Model

/// The header fields of a capture as its server sent them, out of those in a record that we wrote: a body goes out with its
/// codings undone, so fields that speak of codings stand there under a prefix.
enum OriginalFields {
  /// Takes one prefix off `X-Orig-Content-Encoding`, `-Transfer-Encoding` and `-Content-Length`, in place. A server may have
  /// sent such a name itself: it went out under one prefix more.
  static func restored(_ fields: HTTPFields) -> HTTPFields {
    var out: [UInt8] = []
    for line in fields.canonicalBytes.split(separator: 10) {
      out += speaksOfCoding(line) ? line.dropFirst(prefix.count) : line
      out.append(10)
    }
    return HTTPFields(canonicalBytes: out)
  }

  private static let prefix = Array("x-orig-".utf8)
  private static let names = ["content-encoding", "transfer-encoding", "content-length"].map { Array($0.utf8) }

  private static func speaksOfCoding(_ line: ArraySlice<UInt8>) -> Bool {
    guard begins(line, prefix) else { return false }
    var name = line.prefix { $0 != UInt8(ascii: ":") }
    while begins(name, prefix) { name = name.dropFirst(prefix.count) }
    return names.contains { $0.count == name.count && begins(name, $0) }
  }

  private static func begins(_ octets: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    octets.count >= word.count && zip(octets, word).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && (65...90).contains($0) }
  }
}
