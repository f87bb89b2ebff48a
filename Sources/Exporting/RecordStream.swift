import Formats
import Model
import Parallel
import Storage

/// One record on its way into a file.
struct RecordPiece: Sendable {
  let octets: [UInt8]
  /// Its line in an index, without its place; nil for what is not indexed.
  var line: CDXLine?
  /// The page that a reader may start from there.
  var page: WACZPage?
}

/// The records of one file, in order, batch by batch: while one batch is hashed and compressed on all cores, the next is read
/// from the archive. For one caller at a time.
final class RecordStream {
  private let batches: Batches
  private let options: RecordOptions
  private let part: RecordPart
  private var reading: Task<Result<[Item], StorageError>, Never>?
  private var isOver = false
  /// What had to be left out so far, because it is damaged.
  private(set) var lost: [LostCapture]

  private typealias Item = (record: PlannedRecord, read: (capture: LoadedCapture?, lost: LostCapture?))

  init(_ part: RecordPart, _ reader: ExportReader, _ options: RecordOptions) {
    (batches, self.options) = (Batches(part, reader, isDerived: !options.capturesOnly), options)
    (self.part, lost) = (part, part.lost)
  }

  /// The next records; empty at the end. The last one names what was left out, if anything was.
  func next() async throws(ExportError) -> [RecordPiece] {
    var pieces: [RecordPiece] = []
    do throws(StorageError) {
      while pieces.isEmpty, !isOver {
        let items = try await (reading ?? read()).value.get()
        if items.isEmpty {
          isOver = true
          if !lost.isEmpty { pieces.append(omissions) }
          break
        }
        reading = read()
        lost += items.compactMap(\.read.lost)
        pieces = await blocking { [options] in
          items.concurrentMap(makingContext: { RecordWriter(level: options.level) }) { item, writer in
            item.read.capture.map { Self.pieces(item.record, $0, options, writer) } ?? []
          }.flatMap(\.self)
        }
      }
    } catch { throw .storage(error) }
    return pieces
  }

  private var omissions: RecordPiece {
    let made = DerivedRecord.omissions(
      lost, part: part.digest, newest: part.newest, isPlain: options.level == nil)
    return RecordPiece(octets: made.record.octets, line: made.line)
  }

  private func read() -> Task<Result<[Item], StorageError>, Never> {
    Task { [batches] in
      do throws(StorageError) {
        return .success(try await blocking { () throws(StorageError) in try batches.next() })
      } catch { return .failure(error) }
    }
  }

  private static func pieces(
    _ item: PlannedRecord, _ read: LoadedCapture, _ options: RecordOptions, _ writer: RecordWriter
  ) -> [RecordPiece] {
    let (planned, capture, original) = (item.capture, item.capture.capture, item.original)
    let (record, line) = CaptureRecord(
      read.input, digest: planned.digest, payload: capture.payload ?? Digest(of: []), payloadSize: planned.size,
      original: original
    ).written(by: writer)
    var piece = RecordPiece(octets: record.octets, line: line)
    func page(_ title: String) -> WACZPage {
      WACZPage(url: line.url, at: capture.at, title: title, id: String(planned.digest.hexadecimal.prefix(32)))
    }
    if planned.revision != nil {
      let headline = read.revision?.text.headline ?? ""
      piece.page = page(headline.isEmpty ? line.url : headline)
    } else if item.isUnread, (200...299).contains(capture.status), line.mime?.lowercased() == "text/html" {
      piece.page = page(line.url)
    }
    guard let said = read.revision else { return [piece] }
    let name = CaptureRecord.id(planned.digest, isRevisit: original != nil)
    let text = DerivedRecord.text(
      said.text, revision: said.ordinal, extractor: said.extractor, url: capture.url, at: capture.at, capture: name,
      by: writer)
    var pieces = [piece, RecordPiece(octets: text.record.octets)]
    if let change = read.change {
      let edits = DerivedRecord.edits(
        options.describe(capture.url, change), revision: said.ordinal, url: capture.url, at: capture.at, text: text.id,
        by: writer)
      pieces.append(RecordPiece(octets: edits.record.octets, line: edits.line))
    }
    return pieces
  }

  /// Reads captures, some megabytes at a time.
  // asked by one task after another, never by two at once: `reading` holds the last, and it is awaited before the next
  private final class Batches: @unchecked Sendable {
    private let reader: ExportReader
    private let isDerived: Bool
    private var spans: ArraySlice<RecordPart.Span>
    private var records: ArraySlice<PlannedRecord> = []
    /// Octets of bodies in a batch, or one body. Three batches are on their way at a time.
    private static let octets = 16 << 20

    init(_ part: RecordPart, _ reader: ExportReader, isDerived: Bool) {
      (spans, self.reader, self.isDerived) = (part.spans[...], reader, isDerived)
    }

    func next() throws(StorageError) -> [Item] {
      var (batch, cost): ([PlannedRecord], Int) = ([], 0)
      while cost < Self.octets {
        if let record = records.popFirst() {
          cost += record.cost
          batch.append(record)
        } else if let span = spans.popFirst() {
          let all = PlannedRecord.records(of: try reader.captures(span.article).whole)
          records = all[span.places.clamped(to: all.indices)]
        } else {
          break
        }
      }
      let read = try reader.read(
        batch.map { (capture: $0.capture, body: $0.original == nil, derived: isDerived) })
      return Array(zip(batch, read)).map { (record: $0, read: $1) }
    }
  }
}
