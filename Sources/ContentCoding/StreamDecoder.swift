import CZlib
import CZstd

/// Undoes one stream after another, piece by piece: for what is too long to hold, and for as much of a stream as came before
/// it breaks off.
public protocol StreamDecoder: AnyObject {
  /// Takes octets on and appends what they hold, about `room` at most. Throws `.damaged` when they make no sense; what they
  /// held up to there has been appended. After the end of a stream the next begins.
  /// - Returns: how many octets it took, and whether the stream has ended with them.
  func decode(
    _ octets: ArraySlice<UInt8>, into out: inout [UInt8], room: Int
  ) throws(CodingError) -> (used: Int, ended: Bool)
}

extension StreamDecoder {
  /// Lets a library write into fresh room, and appends what it wrote.
  fileprivate func append(
    to out: inout [UInt8], room: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int
  ) {
    out += [UInt8](unsafeUninitializedCapacity: max(room, 1)) { target, count in count = write(target) }
  }
}

/// DEFLATE by zlib.
public final class InflateStream: StreamDecoder {
  public enum Format: Sendable {
    /// Members with header, CRC and length (RFC 1952).
    case gzip
    /// As ZIP files hold it (RFC 1951).
    case raw
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let format: Format

  /// Throws `.unavailable`.
  public init(_ format: Format) throws(CodingError) {
    self.format = format
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard czlib_inflate_init(stream, format == .gzip ? 15 + 16 : -15) == Z_OK else {
      stream.deallocate()
      throw .unavailable("out of memory")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  public func decode(
    _ octets: ArraySlice<UInt8>, into out: inout [UInt8], room: Int
  ) throws(CodingError) -> (used: Int, ended: Bool) {
    var (used, status) = (0, Z_OK)
    append(to: &out, room: room) { target in
      octets.withUnsafeBytes { source in
        let most = min(source.count, Int(UInt32.max >> 1))
        // zlib's old interface takes a pointer to what it does not change.
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(most)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        status = CZlib.inflate(stream, Z_NO_FLUSH)
        used = most - Int(stream.pointee.avail_in)
        return target.count - Int(stream.pointee.avail_out)
      }
    }
    switch status {
    case Z_OK, Z_BUF_ERROR: return (used, false)
    case Z_STREAM_END:
      inflateReset(stream)
      return (used, true)
    default: throw .damaged(format == .gzip ? "gzip" : "deflate")
    }
  }
}

/// Zstandard frames (RFC 8878), those that may be skipped included.
public final class ZstdStream: StreamDecoder {
  private let decoder: OpaquePointer

  /// - Parameter dictionary: what all frames were compressed with (RFC 8878 §5); none when it is empty.
  /// Throws `.unavailable`, and `.damaged` for what begins as a dictionary does and is none.
  public init(dictionary: [UInt8] = []) throws(CodingError) {
    guard let decoder = ZSTD_createDCtx() else { throw .unavailable("out of memory") }
    self.decoder = decoder
    guard ZSTD_isError(ZSTD_DCtx_loadDictionary(decoder, dictionary, dictionary.count)) == 0 else {
      throw .damaged("zstd")
    }
  }

  deinit { ZSTD_freeDCtx(decoder) }

  public func decode(
    _ octets: ArraySlice<UInt8>, into out: inout [UInt8], room: Int
  ) throws(CodingError) -> (used: Int, ended: Bool) {
    var (used, status) = (0, 0)
    append(to: &out, room: room) { target in
      octets.withUnsafeBytes { source in
        var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        status = ZSTD_decompressStream(decoder, &output, &input)
        used = input.pos
        return output.pos
      }
    }
    guard ZSTD_isError(status) == 0 else { throw .damaged("zstd") }
    return (used, status == 0)
  }
}
