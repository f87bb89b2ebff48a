import CDeflate
import Model

/// An index of captures in gzip members of some hundred lines each, with an index of these by their first keys: what
/// `cdxj-gzip-1.0` in a WACZ is, and ZipNum elsewhere. A reader fetches the small one and one member.
public struct CompressedIndex {
  /// `index.cdx.gz` and `index.idx`.
  public private(set) var data: [UInt8] = []
  public private(set) var index: [UInt8]
  private static let linesPerMember = 1024

  /// - Parameters:
  ///   - lines: of CDXJ, sorted, without LF.
  ///   - name: of the file with the lines.
  public init(_ lines: [String], name: String) {
    index = Array("!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"\(name)\"}\n".utf8)
    guard let compressor = libdeflate_alloc_compressor(9) else { preconditionFailure("out of memory") }
    defer { libdeflate_free_compressor(compressor) }
    for start in stride(from: 0, to: lines.count, by: Self.linesPerMember) {
      let text = Array(lines[start..<min(start + Self.linesPerMember, lines.count)].map { $0 + "\n" }.joined().utf8)
      let bound = libdeflate_gzip_compress_bound(compressor, text.count)
      let member = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
        count = libdeflate_gzip_compress(compressor, text, text.count, buffer.baseAddress, bound)
      }
      let first = String(lines[start].prefix { $0 != "{" })
      index += Array(
        "\(first){\"offset\": \(data.count), \"length\": \(member.count), \"digest\": \"\(Digest(of: member))\"}\n".utf8
      )
      data += member
    }
  }
}
