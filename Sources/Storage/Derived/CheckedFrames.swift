import CZstd

/// Blobs of derived state: zstd frames (RFC 8878) with a checksum, so that a damaged one is known by itself.
///
/// Bodies have digests and `BodyCoder`. A frame here may have other octets as its prefix, which decoding takes again. Holds
/// zstd's working memory: make one for a series.
final class CheckedFrames {
  /// Measured in docs/decisions/0011: a twentieth smaller than level 3, for a quarter of a second in 40 MB of sentences.
  private static let level: Int32 = 6
  /// No blob is larger; a damaged header may say anything.
  private static let maximumOctets = 1 << 31

  private let compressor = ZSTD_createCCtx()
  private let decompressor = ZSTD_createDCtx()
  private var scratch: [UInt8] = []

  deinit {
    ZSTD_freeCCtx(compressor)
    ZSTD_freeDCtx(decompressor)
  }

  /// One frame. Throws `failed` when zstd cannot, which means no memory.
  func encode(_ octets: [UInt8], prefix: [UInt8] = []) throws(StorageError) -> [UInt8] {
    let bound = ZSTD_compressBound(octets.count)
    if scratch.count < bound { scratch = [UInt8](repeating: 0, count: bound) }
    defer { if scratch.count > 1 << 20 { scratch = [] } }
    ZSTD_CCtx_reset(compressor, ZSTD_reset_session_and_parameters)
    var status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, Self.level)
    if ZSTD_isError(status) == 0 { status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1) }
    let size = prefix.withUnsafeBytes { before in
      if ZSTD_isError(status) == 0, !before.isEmpty {
        status = ZSTD_CCtx_setParameter(
          compressor, ZSTD_c_windowLog, BodyCoder.windowLog(before.count + octets.count))
      }
      // zstd keeps the address, so the frame must be made before it ends to be valid.
      if ZSTD_isError(status) == 0, !before.isEmpty {
        status = ZSTD_CCtx_refPrefix(compressor, before.baseAddress, before.count)
      }
      guard ZSTD_isError(status) == 0 else { return status }
      return ZSTD_compress2(compressor, &scratch, scratch.count, octets, octets.count)
    }
    guard ZSTD_isError(size) == 0 else {
      throw .failed(path: "coding derived state", detail: String(cString: ZSTD_getErrorName(size)))
    }
    return Array(scratch[..<size])
  }

  /// What a frame holds; nil when it is not whole, or was made with another prefix.
  func decode(_ frame: [UInt8], prefix: [UInt8] = []) -> [UInt8]? {
    let size = ZSTD_getFrameContentSize(frame, frame.count)
    // A frame never grows by more than that when it is decoded: 128 KiB for each block of four octets.
    guard size <= UInt64(min(Self.maximumOctets, frame.count << 16)) else { return nil }
    ZSTD_DCtx_reset(decompressor, ZSTD_reset_session_and_parameters)
    _ = ZSTD_DCtx_setParameter(decompressor, ZSTD_d_windowLogMax, 31)
    var got = 0
    let octets = [UInt8](unsafeUninitializedCapacity: Int(size)) { room, count in
      got = prefix.withUnsafeBytes { before in
        if !before.isEmpty { ZSTD_DCtx_refPrefix(decompressor, before.baseAddress, before.count) }
        return ZSTD_decompressDCtx(decompressor, room.baseAddress, room.count, frame, frame.count)
      }
      count = got == Int(size) ? got : 0
    }
    return got == Int(size) ? octets : nil
  }
}
