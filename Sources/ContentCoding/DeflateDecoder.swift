import CDeflate

/// One libdeflate decompressor: whole streams in memory, each read to its end and its checksum. For one thread at a time.
public final class DeflateDecoder {
  private typealias Read = (
    OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<Int>?,
    UnsafeMutablePointer<Int>?
  ) -> libdeflate_result

  private let handle: OpaquePointer

  /// Throws `.unavailable`.
  public init() throws(CodingError) {
    guard let handle = libdeflate_alloc_decompressor() else { throw .unavailable("out of memory") }
    self.handle = handle
  }

  deinit { libdeflate_free_decompressor(handle) }

  /// All members of a gzip file (RFC 1952 §2.2), each with its CRC and length, at most `limit` bytes in all. Zeros may pad the
  /// end, as gzip(1) allows; nothing else.
  public func gunzip(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
    guard coded.starts(with: [0x1f, 0x8b]) else { throw .mismatch("gzip") }
    // The last four bytes tell the length (modulo 2^32) of the last member: mostly the only one, and mostly honest.
    var guess = coded.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    var (out, used): ([UInt8], Int) = ([], 0)
    while used < coded.count, used == 0 || coded[used] != 0 {
      let member = try stream(
        "gzip", libdeflate_gzip_decompress_ex, coded[used...], guess: guess, made: out.count, limit: limit)
      used += member.used
      if out.isEmpty { out = member.bytes } else { out += member.bytes }
      guess = 0
    }
    guard coded[used...].allSatisfy({ $0 == 0 }) else { throw .damaged("gzip") }
    return out
  }

  /// RFC 9110 §8.4.1.2 means the zlib format; some servers send raw DEFLATE under that name.
  public func inflate(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
    guard coded.count >= 2 else { throw .damaged("deflate") }
    // RFC 1950 §2.2: method 8, and a check that makes the first two bytes a multiple of 31.
    let isZlib = coded[0] & 15 == 8 && (Int(coded[0]) << 8 | Int(coded[1])) % 31 == 0
    let read = isZlib ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex
    let whole = try stream("deflate", read, coded[...], guess: 0, made: 0, limit: limit)
    guard whole.used == coded.count else { throw .damaged("deflate") }
    return whole.bytes
  }

  /// What octets hold that are exactly one gzip member of `size` bytes; nil when they are anything else.
  public func member(_ coded: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { output, count in
      var used = 0
      let result = libdeflate_gzip_decompress_ex(
        handle, coded.baseAddress, coded.count, output.baseAddress, size, &used, &count)
      isWhole = result == LIBDEFLATE_SUCCESS && used == coded.count && count == size
      if result != LIBDEFLATE_SUCCESS { count = 0 }
    }
    return isWhole ? bytes : nil
  }

  /// One stream from the start of `coded`: what it holds, and how many bytes it took. When the guess of its length
  /// is too low it is read again into four times the room, so that a lie costs a third more at most.
  private func stream(
    _ name: String, _ read: Read, _ coded: ArraySlice<UInt8>, guess: Int, made: Int, limit: Int
  ) throws(CodingError) -> (bytes: [UInt8], used: Int) {
    let room = limit - made
    let mostPossible = 64 + 1032 * coded.count  // DEFLATE codes 258 bytes in 2 bits at best
    var capacity = min(room, max(min(guess, mostPossible), min(2 * coded.count, 65_536)))
    while true {
      var (used, result) = (0, LIBDEFLATE_BAD_DATA)
      let bytes = coded.withUnsafeBytes { input in
        [UInt8](unsafeUninitializedCapacity: max(capacity, 1)) { output, count in
          result = read(handle, input.baseAddress, input.count, output.baseAddress, capacity, &used, &count)
          if result != LIBDEFLATE_SUCCESS { count = 0 }
        }
      }
      switch result {
      case LIBDEFLATE_SUCCESS: return (bytes, used)
      case LIBDEFLATE_INSUFFICIENT_SPACE where capacity < room: capacity = min(room, max(4 * capacity, 4096))
      case LIBDEFLATE_INSUFFICIENT_SPACE: throw .tooLarge(limitBytes: limit)
      default: throw .damaged(name)
      }
    }
  }
}

/// A whole gzip file (RFC 1952) undone: all its members, each with its checksum, at most `limit` octets in all. Throws as
/// for a response's content coding: `.mismatch`, `.damaged`, `.tooLarge`.
public func gunzip(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
  try DeflateDecoder().gunzip(coded, limit: limit)
}
