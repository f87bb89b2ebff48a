import CDeflate
import Model

/// Puts WARC records into octets, each a gzip member of its own (ISO 28500:2017 §A.2.1) or plain. Make one for a thread: it
/// holds a compressor.
public final class RecordWriter {
  private let compressor: OpaquePointer?
  /// The record being written, and the member it becomes: used again for the next one, for fresh memory costs as much as a copy.
  private var text: [UInt8] = []
  private var member: [UInt8] = []

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
    let (size, hash) = (block.reduce(0) { $0 + $1.count }, RunningDigest())
    for part in block { hash.append(part) }
    text.removeAll(keepingCapacity: true)
    text.reserveCapacity(size + 2048)
    text += "WARC/1.1\r\n".utf8
    for (name, value) in fields {
      text += name.utf8
      text += ": ".utf8
      text += value.utf8
      text += "\r\n".utf8
    }
    text += "WARC-Block-Digest: \(hash.finish())\r\nContent-Length: \(size)\r\n\r\n".utf8
    for part in block { text += part }
    text += [13, 10, 13, 10]
    guard let compressor else { return Written(octets: Array(text[...]), length: text.count - 4) }
    let bound = libdeflate_gzip_compress_bound(compressor, text.count)
    if member.count < bound { member = [UInt8](repeating: 0, count: bound) }
    let length = member.withUnsafeMutableBytes { space in
      libdeflate_gzip_compress(compressor, text, text.count, space.baseAddress, space.count)
    }
    return Written(octets: Array(member[..<length]), length: length)
  }
}
