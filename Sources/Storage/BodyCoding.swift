import CZstd
import Glibc
import Model

/// Coding of bodies for the disk: one zstd frame (RFC 8878), or as is where that is no smaller.
///
/// Holds zstd's working memory, so make one a thread and reuse it.
public final class BodyCoder {
  /// Level 3: half of zstd's speed is SHA-256's, and higher levels gain 8 % for five times the time (docs/decisions/0003).
  static let level: Int32 = 3

  /// No body is larger: a line of an import, the longest way in, holds less.
  private static let maximumBytes = 1 << 31

  private let compressor = ZSTD_createCCtx()
  private let decompressor = ZSTD_createDCtx()
  private var scratch: [UInt8] = []

  public init() {}

  deinit {
    ZSTD_freeCCtx(compressor)
    ZSTD_freeDCtx(decompressor)
  }

  /// Codes a body and decodes it again to be sure. Throws `failed` when zstd cannot, which means no memory.
  public func encode(_ body: [UInt8]) throws(StorageError) -> CodedBody {
    let bound = ZSTD_compressBound(body.count)
    if scratch.count < bound { scratch = [UInt8](repeating: 0, count: bound) }
    let size = ZSTD_compressCCtx(compressor, &scratch, scratch.count, body, body.count, Self.level)
    guard ZSTD_isError(size) == 0 else {
      throw .failed(path: "coding a body", detail: String(cString: ZSTD_getErrorName(size)))
    }
    guard size < body.count else { return CodedBody(coding: .identity, data: body) }
    let data = Array(scratch[..<size])
    guard try isSame(decode(data, coding: .zstd, size: body.count), body) else {
      throw .failed(path: "coding a body", detail: "it did not decode to what it was")
    }
    return CodedBody(coding: .zstd, data: data)
  }

  /// Undoes the coding. Throws `failed` if the data is no such frame, or not of that size.
  func decode(_ data: [UInt8], coding: CodedBody.Coding, size: Int) throws(StorageError) -> [UInt8] {
    switch coding {
    case .identity:
      guard data.count == size else {
        throw .failed(path: "decoding a body", detail: "\(data.count) octets, not \(size)")
      }
      return data
    case .zstd:
      // Checked before memory is asked for: a damaged size may be anything.
      guard (0...Self.maximumBytes).contains(size), ZSTD_getFrameContentSize(data, data.count) == UInt64(size) else {
        throw .failed(path: "decoding a body", detail: "its frame is not of \(size) octets")
      }
      // One octet more than expected, so that a frame that is too long is noticed.
      var failure: String?
      let body = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
        let got = ZSTD_decompressDCtx(decompressor, buffer.baseAddress, buffer.count, data, data.count)
        if ZSTD_isError(got) != 0 { failure = String(cString: ZSTD_getErrorName(got)) } else { count = got }
      }
      if let failure { throw .failed(path: "decoding a body", detail: failure) }
      return body
    }
  }
}

/// Equality by memcmp: Array's own goes element by element.
private func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.count == b.count && memcmp(a, b, a.count) == 0 }

/// A body as the disk holds it.
public struct CodedBody: Sendable {
  /// The numbers are those of the column `body.coding`.
  public enum Coding: Int, Sendable { case identity = 0, zstd = 1 }
  public let coding: Coding
  public let data: [UInt8]
}
