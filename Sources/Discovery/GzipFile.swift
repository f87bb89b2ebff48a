import CDeflate

/// A gzip file's contents (RFC 1952). A sitemap named `.xml.gz` is one, whatever content codings it was also sent with: that
/// is the file, not its transfer, so it is undone here and not by the fetcher.
enum GzipFile {
  static func isOne(_ octets: [UInt8]) -> Bool { octets.starts(with: [0x1F, 0x8B, 8]) }

  /// All members, each with its checksum; zeros may pad the end. Throws `damagedGzip` or `tooLarge`.
  static func contents(_ octets: [UInt8], limit: Int) throws(DiscoveryError) -> [UInt8] {
    guard let decoder = libdeflate_alloc_decompressor() else { throw .damagedGzip }
    defer { libdeflate_free_decompressor(decoder) }
    var (out, used): ([UInt8], Int) = ([], 0)
    while used < octets.count, used == 0 || octets[used] != 0 {
      var room = min(limit - out.count, max(1 << 16, 8 * (octets.count - used)))
      member: while true {
        var (taken, result) = (0, LIBDEFLATE_BAD_DATA)
        let bytes = octets[used...].withUnsafeBytes { input in
          [UInt8](unsafeUninitializedCapacity: max(room, 1)) { output, count in
            result = libdeflate_gzip_decompress_ex(
              decoder, input.baseAddress, input.count, output.baseAddress, room, &taken, &count)
            if result != LIBDEFLATE_SUCCESS { count = 0 }
          }
        }
        switch result {
        case LIBDEFLATE_SUCCESS:
          if out.isEmpty { out = bytes } else { out += bytes }
          used += taken
          break member
        case LIBDEFLATE_INSUFFICIENT_SPACE where room < limit - out.count: room = min(limit - out.count, 4 * room)
        case LIBDEFLATE_INSUFFICIENT_SPACE: throw .tooLarge(limitBytes: limit)
        default: throw .damagedGzip
        }
      }
    }
    guard octets[used...].allSatisfy({ $0 == 0 }) else { throw .damagedGzip }
    return out
  }
}
