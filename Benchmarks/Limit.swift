import CCrypto
import CDeflate
import CZstd
import Foundation
import Model

/// One pass over the bodies of a corpus that does nothing but what every archive has to do with each: the limit that the
/// import is held against. One thread of this process, with the libraries that stet itself links, body by body, so that
/// nothing is gained from what two captures have in common; the clock runs for the pass alone.
struct Limit {
  enum Kind {
    /// SHA-256 by libcrypto.
    case sha256
    /// zstd, level 3.
    case zstd3
    /// zstd, level 19, the highest that needs no more memory to read.
    case zstd19
    /// gzip, level 6, as a compressed WARC has it: by libdeflate, which takes half of zlib's time and a few per cent less room.
    case gzip6
  }

  let kind: Kind
  let bodies: BodyFile

  enum LimitError: Error { case compressing }

  /// The octets that came out, and what it cost.
  func run() throws -> (octets: Int, run: Run) {
    let (cpu, started) = (Self.threadSeconds, ContinuousClock.now)
    let octets = try pass()
    return (octets, Run(cpu: Self.threadSeconds - cpu, wall: started.duration(to: .now) / .seconds(1), peak: nil))
  }

  /// CPU time of this thread, seconds.
  static var threadSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func pass() throws -> Int {
    var total = 0
    switch kind {
    case .sha256:
      try bodies.forEach { total += Digest(of: $0).bytes.count }
    case .zstd3, .zstd19:
      guard let context = ZSTD_createCCtx() else { throw LimitError.compressing }
      defer { ZSTD_freeCCtx(context) }
      try into(bound: ZSTD_compressBound) { body, room in
        let size = ZSTD_compressCCtx(
          context, room.baseAddress, room.count, body.baseAddress, body.count, kind == .zstd3 ? 3 : 19)
        guard ZSTD_isError(size) == 0 else { throw LimitError.compressing }
        total += size
      }
    case .gzip6:
      guard let compressor = libdeflate_alloc_compressor(6) else { throw LimitError.compressing }
      defer { libdeflate_free_compressor(compressor) }
      try into(bound: { libdeflate_gzip_compress_bound(compressor, $0) }) { body, room in
        let size = libdeflate_gzip_compress(compressor, body.baseAddress, body.count, room.baseAddress, room.count)
        guard size > 0 else { throw LimitError.compressing }
        total += size
      }
    }
    return total
  }

  /// Gives each body to a compressor, with room enough for the worst case.
  private func into(
    bound: (Int) -> Int, _ compress: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) throws -> Void
  ) throws {
    var room: [UInt8] = []
    try bodies.forEach { body in
      let most = bound(body.count)
      if room.count < most { room = [UInt8](repeating: 0, count: most) }
      try room.withUnsafeMutableBytes { try compress(UnsafeRawBufferPointer(body), $0) }
    }
  }

  static var zstdVersion: String { String(cString: ZSTD_versionString()) }
  static var cryptoVersion: String { String(cString: OpenSSL_version(0)) }
}
