import Evidence
import Formats
import Model
import Storage

/// Writes captures as a WACZ 1.1.1: a ZIP file with the WARC, its index, the pages, and what says what is in it.
public struct WACZExport: Sendable {
  private let store: Store
  private let options: RecordOptions

  public init(store: Store, _ options: RecordOptions) {
    self.store = store
    self.options = options
  }

  /// What was written.
  public struct Result: Hashable, Sendable {
    public let records: Int
    public let pages: Int
    /// Whether the archive's key was there to sign with.
    public let isSigned: Bool
    /// What is not in it, because it is damaged. The package names it, and the signature covers that.
    public let lost: [LostCapture]
  }

  private static let warcName = "data.warc.gz"

  /// Writes the whole package. The output must be a file: sizes are put into it after.
  public func run(
    to file: borrowing PartialFile, progress: (Int, Int) -> Void
  ) async throws(ExportError) -> Result {
    var options = options
    (options.maxOctets, options.level) = (nil, options.level ?? 1)
    let plan = try RecordPlan(store, options)
    let part = plan.parts.first ?? RecordPart()
    var checkpoint: [UInt8]?
    do throws(StorageError) { checkpoint = try store.checkpoint().octets } catch {
      // An archive without its key speaks for nobody; anything else that is wrong with its log ends the export.
      guard case .noKey = error else { throw .storage(error) }
    }
    var zip = ZipWriter(at: part.newest)
    var resources: [WACZPackage.Resource] = []
    file.append(zip.begin("archive/\(Self.warcName)"))
    let (pages, lines, warc, patch, count, lost) = try await archive(part, plan.reader, options, &zip, file, progress)
    resources.append(warc)
    file.replace(at: Int64(patch.place), patch.octets)
    func add(_ path: String, _ octets: [UInt8], isDeflated: Bool) {
      file.append(zip.entry(path, octets, isDeflated: isDeflated))
      resources.append(.init(path: path, digest: Digest(of: octets), bytes: Int64(octets.count)))
    }
    let index = CompressedIndex(lines, name: "index.cdx.gz")
    add("indexes/index.cdx.gz", index.data, isDeflated: false)
    add("indexes/index.idx", index.index, isDeflated: true)
    add("pages/pages.jsonl", WACZPackage.pages(pages), isDeflated: true)
    if let checkpoint { add("stet/checkpoint", checkpoint, isDeflated: false) }
    let description = WACZPackage.description(
      resources, software: options.software, created: part.newest.description.prefix(19) + "Z", omitted: lost)
    let note: [UInt8]?
    do throws(StorageError) { note = try store.signed(WACZPackage.noteText(description)) } catch {
      throw .storage(error)
    }
    file.append(zip.entry("datapackage.json", description, isDeflated: true))
    file.append(zip.entry("datapackage-digest.json", WACZPackage.digest(description, note: note), isDeflated: true))
    file.append(zip.finish())
    return Result(records: count, pages: pages.count, isSigned: note != nil, lost: lost)
  }

  private typealias Archived = (
    pages: [WACZPage], lines: [String], warc: WACZPackage.Resource, patch: (place: UInt64, octets: [UInt8]), count: Int,
    lost: [LostCapture]
  )

  /// Writes the WARC into the package.
  private func archive(
    _ part: RecordPart, _ reader: ExportReader, _ options: RecordOptions, _ zip: inout ZipWriter,
    _ file: borrowing PartialFile, _ progress: (Int, Int) -> Void
  ) async throws(ExportError) -> Archived {
    let first = try WARCExport.fileRecord(part, store, options).octets
    let hash = RunningDigest()
    var (crc, pages, count): (UInt32, [WACZPage], Int) = (ZipWriter.crc(first), [], 1)
    var index = PlacedLines(filename: Self.warcName, offset: Int64(first.count))
    file.append(first)
    hash.append(first)
    let stream = RecordStream(part, reader, options)
    while true {
      let pieces = try await stream.next()
      if pieces.isEmpty { break }
      for piece in pieces {
        file.append(piece.octets)
        hash.append(piece.octets)
        crc = ZipWriter.crc(piece.octets, after: crc)
        index.take(piece)
        if let page = piece.page { pages.append(page) }
      }
      count += pieces.count
      progress(count, part.records + 1)
    }
    let lines = index.lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let warc = WACZPackage.Resource(
      path: "archive/\(Self.warcName)", digest: hash.finish(), bytes: index.offset)
    return (pages, lines, warc, zip.end(size: UInt64(index.offset), crc: crc), count, stream.lost)
  }
}
