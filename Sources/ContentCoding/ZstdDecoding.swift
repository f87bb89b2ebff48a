import CZstd

extension HTTPCoding {
  /// RFC 9659: no more than 8 MB of window in a content coding.
  private static let windowLog: Int32 = 23

  /// All frames of a zstd body (RFC 8878 §3), each to its end; skippable ones hold nothing.
  static func unpackZstd(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
    guard isZstd(coded) else { throw .mismatch(zstd.name) }
    guard let decoder = ZSTD_createDCtx() else { throw .unavailable("out of memory") }
    defer { ZSTD_freeDCtx(decoder) }
    guard ZSTD_isError(ZSTD_DCtx_setParameter(decoder, ZSTD_d_windowLogMax, windowLog)) == 0 else {
      throw .unavailable("this libzstd takes no limit of its window")
    }
    // The whole body at once when the frame tells an honest length, else by pieces.
    let told = ZSTD_getFrameContentSize(coded, coded.count)
    let isLikely = told <= UInt64(64 * coded.count + 65_536)  // "unknown" and "error" are the highest numbers
    let pieceSize = min(limit, max(isLikely ? Int(told) : 0, isLikely ? 0 : 131_072)) + 1
    var (out, used, left): ([UInt8], Int, Int) = ([], 0, 1)
    while left != 0 || used < coded.count {
      var status = 0
      let before = used
      let piece = coded.withUnsafeBytes { source in
        [UInt8](unsafeUninitializedCapacity: pieceSize) { target, count in
          var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: used)
          var output = ZSTD_outBuffer(dst: target.baseAddress, size: pieceSize, pos: 0)
          status = ZSTD_decompressStream(decoder, &output, &input)
          (used, count) = (input.pos, output.pos)
        }
      }
      guard ZSTD_isError(status) == 0 else {
        let isWindow = ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge
        throw isWindow ? .unknown("zstd with a window of more than 8 MB") : .damaged(zstd.name)
      }
      left = status
      guard piece.count <= limit - out.count else { throw .tooLarge(limitBytes: limit) }
      // Neither took anything nor gave anything: the end is missing.
      guard used > before || !piece.isEmpty else { throw .damaged(zstd.name) }
      if out.isEmpty { out = piece } else { out += piece }
    }
    return out
  }

  /// Whether it begins with a frame's magic number, or a skippable one's (RFC 8878 §3.1).
  private static func isZstd(_ coded: [UInt8]) -> Bool {
    guard coded.count >= 4 else { return false }
    return coded.starts(with: [0x28, 0xb5, 0x2f, 0xfd])
      || coded[0] & 0xf0 == 0x50 && coded[1...].starts(with: [0x2a, 0x4d, 0x18])
  }
}
