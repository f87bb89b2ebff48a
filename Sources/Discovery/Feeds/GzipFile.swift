import ContentCoding

/// A gzip file's contents (RFC 1952). A sitemap named `.xml.gz` is one, whatever content codings it was also sent with: that
/// is the file, not its transfer, so it is undone here and not by the fetcher.
enum GzipFile {
  static func isOne(_ octets: [UInt8]) -> Bool { octets.starts(with: [0x1F, 0x8B, 8]) }

  /// All members, each with its checksum; zeros may pad the end. Throws `damagedGzip` or `tooLarge`.
  static func contents(_ octets: [UInt8], limit: Int) throws(DiscoveryError) -> [UInt8] {
    do throws(CodingError) { return try gunzip(octets, limit: limit) } catch {
      throw if case .tooLarge(let limit) = error { .tooLarge(limitBytes: limit) } else { .damagedGzip }
    }
  }
}
