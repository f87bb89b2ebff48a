import CDeflate
import CZstd
import CommandRunner
import Importing
import Model
import Storage
import Syncing

/// A new archive in a folder of its own, and files to import into it.
struct Desk {
  static let now = Instant(milliseconds: 1_795_000_000_000)
  static let url = "https://post.example/2026/11/ferry"

  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.now)
  }

  /// What an import did.
  struct Outcome {
    var captures = 0
    var known = 0
    var passed = 0
    /// `name at offset n: reason`, without the folder.
    var losses: [String] = []
    /// What was told besides.
    var notes: [String] = []
  }

  /// Imports files one after another, as one command does.
  @discardableResult
  func take(_ files: [UInt8]..., takesAll: Bool = false) async throws -> Outcome {
    let seen = SeenRecords()
    var outcome = Outcome()
    for (i, octets) in files.enumerated() {
      let path = try folder.write(octets, to: "\(i).warc")
      try await run(
        try WARCCaptures(path: path, archive: store, seen: seen, takesAll: takesAll), into: &outcome)
    }
    return outcome
  }

  @discardableResult
  func take(wacz octets: [UInt8], isUnverified: Bool = false) async throws -> Outcome {
    var outcome = Outcome()
    let path = try folder.write(octets, to: "0.wacz")
    let source = try WARCCaptures(wacz: path, archive: store, seen: SeenRecords(), isUnverified: isUnverified)
    try await run(source, into: &outcome)
    return outcome
  }

  private func run(_ source: WARCCaptures, into outcome: inout Outcome) async throws {
    var (losses, notes): ([String], [String]) = ([], [])
    let report = try await CaptureImport(store: store, storeOnly: true, now: { Self.now }).run(source) {
      losses.append("\($0.dropFirst(folder.path.count + 1)): \($1)")
    } noted: {
      notes.append("\($0.dropFirst(folder.path.count + 1)): \($1)")
    } progress: { _ in
    }
    outcome.notes += notes
    outcome.captures += report.captures
    outcome.known += report.unchanged
    outcome.passed += report.passed
    outcome.losses += losses
  }

  /// All captures, by article and instant.
  func captures() throws -> [CaptureInput] {
    try store.articleNumbers(nil).flatMap { article in
      try store.load(try store.captures(article).map(\.id)).map(\.input)
    }
  }

  /// The digests of all captures.
  func digests() throws -> Set<Digest> {
    try Set(
      store.articleNumbers(nil).flatMap { article in
        try store.load(try store.captures(article).map(\.id)).map(\.digest)
      })
  }
}

/// Files as crawlers compress them.
enum Packed {
  /// A gzip member.
  static func gzip(_ octets: [UInt8]) -> [UInt8] {
    let compressor = libdeflate_alloc_compressor(6)
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_gzip_compress_bound(compressor, octets.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      count = libdeflate_gzip_compress(compressor, octets, octets.count, out.baseAddress, bound)
    }
  }

  /// DEFLATE alone, as ZIP files have it.
  static func deflate(_ octets: [UInt8]) -> [UInt8] {
    let compressor = libdeflate_alloc_compressor(6)
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_deflate_compress_bound(compressor, octets.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      count = libdeflate_deflate_compress(compressor, octets, octets.count, out.baseAddress, bound)
    }
  }

  /// A zstd frame with its checksum.
  static func zstd(_ octets: [UInt8], dictionary: [UInt8] = []) -> [UInt8] {
    let compressor = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(compressor) }
    ZSTD_CCtx_loadDictionary(compressor, dictionary, dictionary.count)
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1)
    let bound = ZSTD_compressBound(octets.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      count = ZSTD_compress2(compressor, out.baseAddress, bound, octets, octets.count)
    }
  }
}
