import CDeflate

/// gzip for what is sent (RFC 1952), by libdeflate.
enum Compression {
  /// Below so many octets it is not worth it.
  static let least = 700

  /// Whether Accept-Encoding takes gzip (RFC 9110 §12.5.3): named, or by `*`, and not with a weight of 0.
  static func isAccepted(_ field: String?) -> Bool {
    guard let field else { return false }
    var any = false
    for part in field.lowercased().split(separator: ",") {
      let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let name = pieces.first else { continue }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
      let isWanted = weight.map { !$0.allSatisfy { $0 == "0" || $0 == "." } } ?? true
      if name == "gzip" || name == "x-gzip" { return isWanted }
      if name == "*" { any = isWanted }
    }
    return any
  }

  /// Whether content of that type gets smaller.
  static func isFit(_ type: String?) -> Bool {
    guard let type = type?.prefix(while: { $0 != ";" }).lowercased() else { return false }
    return type.hasPrefix("text/") || type.hasSuffix("json") || type.hasSuffix("xml")
      || ["application/javascript", "application/link-format", "application/cdxj", "application/x-ndjson"].contains(
        type)
  }

  /// Nil when it would not get smaller.
  static func gzip(_ body: [UInt8]) -> [UInt8]? {
    guard body.count >= least, let compressor = libdeflate_alloc_compressor(5) else { return nil }
    defer { libdeflate_free_compressor(compressor) }
    // One octet less than there are, so that what does not fit is not smaller.
    let out = [UInt8](unsafeUninitializedCapacity: body.count - 1) { buffer, count in
      count = libdeflate_gzip_compress(compressor, body, body.count, buffer.baseAddress, buffer.count)
    }
    return out.isEmpty ? nil : out
  }
}
