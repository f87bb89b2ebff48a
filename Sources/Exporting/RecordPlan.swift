import Formats
import Model
import Storage

/// What an export of records takes, and how it writes them.
public struct RecordOptions: Sendable {
  public var scope = Scope()
  /// Only the captures on both sides of edits of any of these; empty: all.
  public var classes: Set<Edit.Class> = []
  /// Without what was derived: no texts of revisions and no edits.
  public var capturesOnly = false
  /// Octets of header fields and bodies in a file, before compression, nil: any number.
  public var maxOctets: Int64?
  /// Name and version of the program.
  public var software: String
  /// A revision's edits as JSON, given the URL of its capture.
  public var describe: @Sendable (String, LoadedChange) -> [UInt8]

  public init(software: String, describe: @escaping @Sendable (String, LoadedChange) -> [UInt8]) {
    (self.software, self.describe) = (software, describe)
  }

  /// Of DEFLATE, 1 to 12; nil: plain records. On pages of terms, level 1 is three times as fast as level 6, for files a tenth
  /// larger.
  public var level: Int? = 1
}

/// One file of an export: which captures it is to hold. Made before anything is written, so that a file that is there already
/// can be told from one that is not.
struct RecordPart {
  /// Captures of one article, by their places among those exported.
  struct Span {
    let article: Int64
    var places: Range<Int>
  }

  var spans: [Span] = []
  /// What tells its content apart.
  var digest = Digest(of: [])
  var newest = Instant(milliseconds: 0)
  var records = 0
  /// What cannot even be planned.
  var lost: [LostCapture] = []
}

/// A capture on its way out: with the record that has its payload, if that is another.
struct PlannedRecord: Sendable {
  let capture: PlannedCapture
  let original: CaptureRecord.Original?
  /// Whether the article has no revision among the captures exported.
  let isUnread: Bool

  /// An article's captures as records. A capture is a revisit when an earlier one has its payload, and a 304 when it refers
  /// to a capture with one. Redirects are written whole: replay tools do not look for a redirect's payload elsewhere.
  static func records(of captures: [PlannedCapture]) -> [PlannedRecord] {
    var bearers: [Digest: CaptureRecord.Original] = [:]
    let isUnread = !captures.contains { $0.revision != nil }
    return captures.map { planned in
      let capture = planned.capture
      var original: CaptureRecord.Original?
      if let still = planned.still {
        original =
          bearers[still.payload]
          ?? .init(
            record: CaptureRecord.id(still.digest, isRevisit: false), url: still.url, at: still.at,
            payload: still.payload)
      } else if let payload = capture.payload, planned.size > 0, !(300...399).contains(capture.status) {
        original = bearers[payload]
        if original == nil {
          bearers[payload] = .init(
            record: CaptureRecord.id(planned.digest, isRevisit: false), url: capture.url, at: capture.at,
            payload: payload)
        }
      }
      return PlannedRecord(capture: planned, original: original, isUnread: isUnread)
    }
  }

  /// About what it adds to a file, before compression.
  var octets: Int { (original == nil ? capture.size : 0) + capture.fieldsSize + 1024 }
  /// Octets that are read for it.
  var cost: Int { (original == nil ? capture.size : 0) + 4096 }
}

/// Parts an export into files.
struct RecordPlan {
  /// What the captures planned are read by.
  let reader: ExportReader
  let parts: [RecordPart]

  /// All records, the one that begins each file included.
  var total: Int { parts.reduce(parts.count) { $0 + $1.records } }

  init(_ store: Store, _ options: RecordOptions) throws(ExportError) {
    do throws(StorageError) {
      reader = try ExportReader(store, options.scope, classes: options.classes)
      parts = try Self.parts(reader, options)
    } catch { throw .storage(error) }
  }

  private static func parts(_ reader: ExportReader, _ options: RecordOptions) throws(StorageError) -> [RecordPart] {
    var (parts, part, octets, hash) = ([RecordPart](), RecordPart(), Int64(0), beginning(options))
    func close() {
      part.digest = hash.finish()
      parts.append(part)
      (part, octets, hash) = (RecordPart(), 0, beginning(options))
    }
    for article in try reader.articles() {
      let captures = try reader.captures(article)
      part.lost += captures.lost
      for (place, record) in PlannedRecord.records(of: captures.whole).enumerated() {
        if let limit = options.maxOctets, octets > 0, octets + Int64(record.octets) > limit { close() }
        octets += Int64(record.octets)
        if part.spans.last?.article == article {
          part.spans[part.spans.count - 1].places = part.spans[part.spans.count - 1].places.lowerBound..<(place + 1)
        } else {
          part.spans.append(.init(article: article, places: place..<(place + 1)))
        }
        part.newest = part.records == 0 ? record.capture.capture.at : max(part.newest, record.capture.capture.at)
        part.records += 1
        var line = "\(record.capture.digest.hexadecimal) \(record.original?.record ?? "-")"
        if !options.capturesOnly, let revision = record.capture.revision {
          part.records += revision.hasEdits ? 2 : 1
          line += " \(revision.ordinal) \(revision.snapshot.hexadecimal)"
        }
        hash.append(Array((line + "\n").utf8))
      }
    }
    if part.records > 0 || !part.lost.isEmpty || parts.isEmpty { close() }
    return parts
  }

  private static func beginning(_ options: RecordOptions) -> RunningDigest {
    let hash = RunningDigest()
    let (level, only) = (options.level.map { "\($0)" } ?? "-", options.capturesOnly ? "captures" : "all")
    hash.append(Array("stet part 1\n\(options.software)\n\(level)\n\(only)\n".utf8))
    return hash
  }
}
