import CDeflate
import Model

/// Undoes content codings (RFC 9110 §8.4), each to its very end.
///
/// libcurl 7.88 takes a gzip stream that stops early for a whole body, as most clients do; a page that lost its second half
/// would look like an edit. So bodies come to us coded, and a body counts only once its end and its checksum were seen.
enum ContentCoding: Hashable, Sendable {
  /// The Accept-Encoding field. Not deflate, which means two formats in practice, nor br; docs/decisions/0009 says more.
  static let accepted = "gzip, zstd"

  case gzip, deflate, zstd

  var name: String {
    switch self {
    case .gzip: "gzip"
    case .deflate: "deflate"
    case .zstd: "zstd"
    }
  }

  /// More than two stacked codings are not met in earnest; this many are a bomb or a mistake.
  private static let mostStacked = 4

  /// The codings that were applied, in order. Throws `.unknownCoding`.
  static func applied(in fields: HTTPFields) throws(FetchError) -> [ContentCoding] {
    var codings: [ContentCoding] = []
    for value in fields.values(of: "content-encoding") {
      for part in value.split(separator: ",") {
        let name = part.drop(while: { $0 == " " || $0 == "\t" }).split(whereSeparator: { $0 == " " || $0 == "\t" })
        switch name.joined(separator: " ").lowercased() {
        case "gzip", "x-gzip": codings.append(.gzip)  // §8.4.1.3: x-gzip is the same
        case "deflate": codings.append(.deflate)
        case "zstd": codings.append(.zstd)
        case "identity", "": continue
        case let other: throw .unknownCoding(other)
        }
      }
    }
    guard codings.count <= mostStacked else {
      throw .unknownCoding(codings.map(\.name).joined(separator: ", "))
    }
    return codings
  }

  /// The body with all its codings undone, at most `limit` bytes long at every step.
  static func decode(_ body: [UInt8], _ codings: [ContentCoding], limit: Int) throws(FetchError) -> [UInt8] {
    var body = body
    for coding in codings.reversed() { body = try coding.decode(body, limit: limit) }
    return body
  }

  private func decode(_ coded: [UInt8], limit: Int) throws(FetchError) -> [UInt8] {
    switch self {
    case .gzip: return try Decoder(coding: self, limit: limit).gunzip(coded)
    case .deflate: return try Decoder(coding: self, limit: limit).inflate(coded)
    case .zstd: return try Self.unpackZstd(coded, limit: limit)
    }
  }
}

/// One libdeflate decompressor and what it may put out.
private struct Decoder: ~Copyable {
  private typealias Read = (
    OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<Int>?,
    UnsafeMutablePointer<Int>?
  ) -> libdeflate_result

  private let coding: ContentCoding
  private let limit: Int
  private let handle: OpaquePointer

  init(coding: ContentCoding, limit: Int) throws(FetchError) {
    guard let handle = libdeflate_alloc_decompressor() else {
      throw .transferFailed(code: 27, detail: "out of memory")  // CURLE_OUT_OF_MEMORY
    }
    (self.coding, self.limit, self.handle) = (coding, limit, handle)
  }

  deinit { libdeflate_free_decompressor(handle) }

  /// All members (RFC 1952 §2.2), each with its CRC and length. Zeros may pad the end, as gzip(1) allows; nothing else.
  func gunzip(_ coded: [UInt8]) throws(FetchError) -> [UInt8] {
    guard coded.starts(with: [0x1f, 0x8b]) else { throw .codingMismatch(coding.name) }
    // The last four bytes tell the length (modulo 2^32) of the last member: mostly the only one, and mostly honest.
    var guess = coded.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    var (out, used): ([UInt8], Int) = ([], 0)
    while used < coded.count, used == 0 || coded[used] != 0 {
      let member = try stream(libdeflate_gzip_decompress_ex, coded[used...], guess: guess, room: limit - out.count)
      used += member.used
      if out.isEmpty { out = member.bytes } else { out += member.bytes }
      guess = 0
    }
    guard coded[used...].allSatisfy({ $0 == 0 }) else { throw .damagedCoding(coding.name) }
    return out
  }

  /// RFC 9110 §8.4.1.2 means the zlib format; some servers send raw DEFLATE under that name.
  func inflate(_ coded: [UInt8]) throws(FetchError) -> [UInt8] {
    guard coded.count >= 2 else { throw .damagedCoding(coding.name) }
    // RFC 1950 §2.2: method 8, and a check that makes the first two bytes a multiple of 31.
    let isZlib = coded[0] & 15 == 8 && (Int(coded[0]) << 8 | Int(coded[1])) % 31 == 0
    let read = isZlib ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex
    let whole = try stream(read, coded[...], guess: 0, room: limit)
    guard whole.used == coded.count else { throw .damagedCoding(coding.name) }
    return whole.bytes
  }

  /// One stream from the start of `coded`: what it holds, and how many bytes it took. When the guess of its length
  /// is too low it is read again into four times the room, so that a lie costs a third more at most.
  private func stream(
    _ read: Read, _ coded: ArraySlice<UInt8>, guess: Int, room: Int
  ) throws(FetchError) -> (bytes: [UInt8], used: Int) {
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
      case LIBDEFLATE_INSUFFICIENT_SPACE: throw .bodyTooLarge(limitBytes: limit)
      default: throw .damagedCoding(coding.name)
      }
    }
  }
}
