import CZstd
import Glibc

/// Coding of bodies for the disk: one zstd frame (RFC 8878), alone or with another body as its prefix, or as is.
///
/// A frame with a prefix says what differs from it, and is a hundredth of a page when little does. Which body is the
/// prefix, and when none is, stands in `BaseChoice`; why, in docs/decisions/0006. Holds zstd's working memory, so make one
/// a thread and reuse it.
public final class BodyCoder {
  /// No body is larger: a line of an import, the longest way in, holds less.
  private static let maximumBytes = 1 << 31
  /// Working memory above this is given back after use: one huge body is no reason to hold it for the rest of an import.
  private static let keptScratchBytes = 16 << 20

  private let compressor = ZSTD_createCCtx()
  private let decompressor = ZSTD_createDCtx()
  private var scratch: [UInt8] = []
  /// Bodies on the way to the one asked for, which take turns as each other's base.
  private var here: [UInt8] = []
  private var before: [UInt8] = []

  public init() {}

  deinit {
    ZSTD_freeCCtx(compressor)
    ZSTD_freeDCtx(decompressor)
  }

  // MARK: coding

  /// Codes a body the smaller way: against the base if that pays, else alone; and decodes it again to be sure. The answer's
  /// `coding` is `delta` if it needs the base. Throws `failed` when zstd cannot, which means no memory.
  public func encode(
    _ body: [UInt8], base: [UInt8]? = nil, effort: CodedBody.Effort = .quick
  ) throws(StorageError) -> CodedBody {
    if let base, BaseChoice.fits(base: base.count, size: body.count) {
      let delta = try frame(body, base: base, level: effort.level)
      if !BaseChoice.isDoubtful(coded: delta.count, size: body.count) {
        return try checked(CodedBody(coding: .delta, data: delta), body, base)
      }
      let whole = try alone(body, effort)
      guard BaseChoice.pays(delta: delta.count, whole: whole.data.count) else { return try checked(whole, body, nil) }
      return try checked(CodedBody(coding: .delta, data: delta), body, base)
    }
    return try checked(try alone(body, effort), body, nil)
  }

  /// Size in octets that the body would have against that base, quickly estimated: for comparing bases with each other.
  public func trialSize(_ body: [UInt8], base: [UInt8], effort: CodedBody.Effort = .quick) throws(StorageError) -> Int {
    guard BaseChoice.fits(base: base.count, size: body.count) else { return body.count }
    return try frame(body, base: base, level: effort.trialLevel).count
  }

  /// The same for the body alone.
  func trialSize(_ body: [UInt8]) throws(StorageError) -> Int {
    try min(frame(body, base: nil, level: CodedBody.Effort.quick.trialLevel).count, body.count)
  }

  private func alone(_ body: [UInt8], _ effort: CodedBody.Effort) throws(StorageError) -> CodedBody {
    let data = try frame(body, base: nil, level: effort.level)
    return data.count < body.count ? CodedBody(coding: .zstd, data: data) : CodedBody(coding: .identity, data: body)
  }

  private func checked(_ coded: CodedBody, _ body: [UInt8], _ base: [UInt8]?) throws(StorageError) -> CodedBody {
    guard try isSame(decode(coded.data, coding: coded.coding, size: body.count, base: base), body) else {
      throw .failed(path: "coding a body", detail: "it did not decode to what it was")
    }
    return coded
  }

  /// One zstd frame, without a checksum: the body's digest is one.
  private func frame(_ body: [UInt8], base: [UInt8]?, level: Int32) throws(StorageError) -> [UInt8] {
    let bound = ZSTD_compressBound(body.count)
    if scratch.count < bound { scratch = [UInt8](repeating: 0, count: bound) }
    defer { if scratch.count > Self.keptScratchBytes { scratch = [] } }
    ZSTD_CCtx_reset(compressor, ZSTD_reset_session_and_parameters)
    var status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, level)
    let size: Int
    if let base {
      // The window must reach back over all of the body to the start of the base; zstd's own choice looks at the body
      // alone. Long-distance matching stays off: it made these deltas 17 to 30 % larger.
      let window = Self.windowLog(base.count + body.count)
      if ZSTD_isError(status) == 0 { status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_windowLog, window) }
      // Likewise the tables of the quick levels: in those meant for the body alone a large base overwrites its own start.
      // 17 and 16 are what they are anyway.
      if level <= CodedBody.Effort.quick.level, window > 19 {
        if ZSTD_isError(status) == 0 {
          status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_hashLog, min(window - 2, 24))
        }
        if ZSTD_isError(status) == 0 {
          status = ZSTD_CCtx_setParameter(compressor, ZSTD_c_chainLog, min(window - 3, 23))
        }
      }
      size = base.withUnsafeBytes { prefix in
        // zstd keeps the address, so the frame must be made before it ends to be valid.
        if ZSTD_isError(status) == 0 { status = ZSTD_CCtx_refPrefix(compressor, prefix.baseAddress, prefix.count) }
        guard ZSTD_isError(status) == 0 else { return status }
        return ZSTD_compress2(compressor, &scratch, scratch.count, body, body.count)
      }
    } else {
      size =
        ZSTD_isError(status) == 0 ? ZSTD_compress2(compressor, &scratch, scratch.count, body, body.count) : status
    }
    guard ZSTD_isError(size) == 0 else {
      throw .failed(path: "coding a body", detail: String(cString: ZSTD_getErrorName(size)))
    }
    return Array(scratch[..<size])
  }

  /// Base-2 logarithm of the smallest window of at least so many octets, within what zstd takes.
  static func windowLog(_ octets: Int) -> Int32 {
    var log: Int32 = 10
    while log < 31, 1 << log < octets { log += 1 }
    return log
  }

  // MARK: decoding

  /// Undoes the coding. Throws `failed` if the data is no such frame, not of that size, or its base is not given.
  func decode(
    _ data: [UInt8], coding: CodedBody.Coding, size: Int, base: [UInt8]? = nil
  ) throws(StorageError) -> [UInt8] {
    let link = CodedLink(data: data, coding: coding, size: size)
    return try decode(link, base: base ?? [], baseCount: base?.count)
  }

  /// Decodes a body through all that it stands on, without asking for new memory at each link: about three times as fast
  /// as one `decode` after another.
  /// - Parameters:
  ///   - path: the body asked for last, each after its base. Throws `failed` as `decode` does.
  ///   - start: octets of what the first of them is coded against; nil when it stands alone.
  func decode(path: [CodedLink], on start: [UInt8]? = nil) throws(StorageError) -> [UInt8] {
    guard let last = path.last else { throw .failed(path: "decoding a body", detail: "nothing is stored of it") }
    defer { if max(here.count, before.count) > Self.keptScratchBytes { (here, before) = ([], []) } }
    var reached = start?.count
    for (step, link) in path.dropLast().enumerated() {
      swap(&here, &before)
      try Self.checkSize(link)
      if here.count <= link.size { here = [UInt8](repeating: 0, count: link.size + 1) }
      let base = reached
      let result = here.withUnsafeMutableBytes { room in
        Result { () throws(StorageError) in
          try fill(room, link, base: step == 0 ? start ?? [] : before, baseCount: base)
        }
      }
      try result.get()
      reached = link.size
    }
    return try decode(last, base: path.count == 1 ? start ?? [] : here, baseCount: reached)
  }

  /// - Parameter baseCount: how many octets of the base count; nil when there is none.
  private func decode(_ link: CodedLink, base: [UInt8], baseCount: Int?) throws(StorageError) -> [UInt8] {
    try Self.checkSize(link)
    if link.coding == .identity { return link.data }
    var failure: StorageError?
    // One octet more than expected, so that a frame that is too long is noticed.
    let body = [UInt8](unsafeUninitializedCapacity: link.size + 1) { buffer, count in
      do throws(StorageError) {
        try fill(UnsafeMutableRawBufferPointer(buffer), link, base: base, baseCount: baseCount)
        count = link.size
      } catch { failure = error }
    }
    if let failure { throw failure }
    return body
  }

  /// Checked before memory is asked for: a damaged size may be anything.
  private static func checkSize(_ link: CodedLink) throws(StorageError) {
    guard (0...maximumBytes).contains(link.size) else {
      throw .failed(path: "decoding a body", detail: "a size of \(link.size) octets cannot be")
    }
    let isRight =
      link.coding == .identity
      ? link.data.count == link.size : ZSTD_getFrameContentSize(link.data, link.data.count) == UInt64(link.size)
    guard isRight else { throw .failed(path: "decoding a body", detail: "its data is not of \(link.size) octets") }
  }

  private func fill(
    _ room: UnsafeMutableRawBufferPointer, _ link: CodedLink, base: [UInt8], baseCount: Int?
  ) throws(StorageError) {
    switch link.coding {
    case .identity: room.copyBytes(from: link.data)
    case .zstd: try decompress(link.data, size: link.size, prefix: [], prefixCount: 0, into: room)
    case .delta:
      guard let baseCount else { throw .failed(path: "decoding a body", detail: "what it is coded against is missing") }
      try decompress(link.data, size: link.size, prefix: base, prefixCount: baseCount, into: room)
    }
  }

  /// Decompresses a frame that must give exactly that size; the room has at least one octet more.
  private func decompress(
    _ data: [UInt8], size: Int, prefix: [UInt8], prefixCount: Int, into room: UnsafeMutableRawBufferPointer
  ) throws(StorageError) {
    ZSTD_DCtx_reset(decompressor, ZSTD_reset_session_and_parameters)
    let got = prefix.withUnsafeBytes { prefix in
      // zstd keeps the address, so the frame must be read before it ends to be valid.
      let status = prefixCount == 0 ? 0 : ZSTD_DCtx_refPrefix(decompressor, prefix.baseAddress, prefixCount)
      guard ZSTD_isError(status) == 0 else { return status }
      return ZSTD_decompressDCtx(decompressor, room.baseAddress, size + 1, data, data.count)
    }
    guard ZSTD_isError(got) == 0 else {
      throw .failed(path: "decoding a body", detail: String(cString: ZSTD_getErrorName(got)))
    }
    guard got == size else { throw .failed(path: "decoding a body", detail: "\(got) octets, not \(size)") }
  }
}

/// Equality by memcmp: Array's own goes element by element.
private func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.count == b.count && memcmp(a, b, a.count) == 0 }

/// One body on the way to another: what the disk holds of it, and its size in octets.
struct CodedLink: Sendable {
  let data: [UInt8]
  let coding: CodedBody.Coding
  let size: Int
}

extension CodedLink {
  /// A link of the size that its data says it has. What cannot be read, or has no coding that is known, has one of -1, which
  /// no decoding takes.
  init(data: [UInt8], coding: CodedBody.Coding?) {
    let size =
      switch coding {
      case nil: -1
      case .identity: data.count
      case .zstd, .delta: Int(exactly: ZSTD_getFrameContentSize(data, data.count)) ?? -1
      }
    self.init(data: data, coding: coding ?? .identity, size: size)
  }
}

/// A body as the disk holds it.
public struct CodedBody: Sendable {
  /// The numbers are those of the column `coding`: as is, a zstd frame, a zstd frame with the base as its prefix.
  public enum Coding: Int, Sendable { case identity = 0, zstd = 1, delta = 2 }

  /// How much work is worth a smaller result.
  public enum Effort: Sendable {
    /// While captures come in: level 3, hundreds of MB a second.
    case quick
    /// For `compact`: level 19, a quarter smaller at a fiftieth of the speed.
    case thorough

    var level: Int32 { self == .quick ? 3 : 19 }
    /// Of frames made only to compare bases.
    var trialLevel: Int32 { self == .quick ? 1 : 3 }
  }

  public let coding: Coding
  public let data: [UInt8]
}
