import CDeflate
import Model

/// Puts WARC records into octets, each a gzip member of its own (ISO 28500:2017 §A.2.1) or plain. Make one for a thread: it
/// holds a compressor.
public final class RecordWriter {
  private let compressor: OpaquePointer?

  /// - Parameter level: of compression, 1 to 12; nil writes records plain.
  public init(level: Int?) {
    compressor = level.map { level in
      guard let made = libdeflate_alloc_compressor(Int32(level)) else { preconditionFailure("out of memory") }
      return made
    }
  }

  deinit { if let compressor { libdeflate_free_compressor(compressor) } }

  /// A record as it stands in a file.
  public struct Written: Sendable {
    public let octets: [UInt8]
    /// Octets as an index counts them: without the empty lines after a plain record.
    public let length: Int
  }

  /// - Parameters:
  ///   - fields: named fields, without Content-Length and WARC-Block-Digest, which are added.
  public func write(_ fields: [(name: String, value: String)], block: [[UInt8]]) -> Written {
    var content: [UInt8] = []
    content.reserveCapacity(block.reduce(0) { $0 + $1.count })
    for part in block { content += part }
    var out = Array("WARC/1.1\r\n".utf8)
    out.reserveCapacity(content.count + 2048)
    for (name, value) in fields { out += "\(name): \(value)\r\n".utf8 }
    out += "WARC-Block-Digest: \(Digest(of: content))\r\nContent-Length: \(content.count)\r\n\r\n".utf8
    out += content
    out += [13, 10, 13, 10]
    guard let compressor else { return Written(octets: out, length: out.count - 4) }
    let bound = libdeflate_gzip_compress_bound(compressor, out.count)
    let member = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = libdeflate_gzip_compress(compressor, out, out.count, buffer.baseAddress, bound)
    }
    return Written(octets: member, length: member.count)
  }
}
