import Formats
import Model

/// What an import has seen so far, by everything that a revisit may name it by: its id, its URL and date, its payload's digest.
/// One for all files of an import, in the order they are read.
///
/// It holds some 200 octets a record, and the records of the last batches themselves, which are not in the archive yet.
public final class SeenRecords: @unchecked Sendable {  // only sources' `batch` touches it, one call at a time
  struct Entry {
    let url: String
    let at: Instant
    let article: String
    /// False when it was passed over as nothing that could be an article's page.
    let isPage: Bool
  }

  private var entries: [Entry] = []
  /// Hashes of names; two names with one hash would be a wrong body, which the digest of the payload then shows.
  private var places: [Int: Int] = [:]
  private var recent: [Int: (record: WARCRecord, batch: Int)] = [:]
  private var batch = 0

  /// Batches whose captures may still be on their way into the archive.
  private static let batchesOnTheWay = 3

  public init() {}

  /// Begins the next batch.
  func nextBatch() {
    batch += 1
    recent = recent.filter { $0.value.batch > batch - Self.batchesOnTheWay }
  }

  /// Takes up a record that revisits may refer to.
  func insert(_ record: WARCRecord, isPage: Bool) {
    guard let url = record.target, let at = record.date else { return }
    let entry = Entry(url: url, at: at, article: record.article ?? url, isPage: isPage)
    add(entry, as: record)
    if isPage { recent[entries.count - 1] = (record, batch) }
  }

  /// Takes up a revisit as another name of what it repeats.
  func insert(_ revisit: WARCRecord, as entry: Entry) { add(entry, as: revisit) }

  private func add(_ entry: Entry, as record: WARCRecord) {
    let number = entries.count
    entries.append(entry)
    if let url = record.target, let at = record.date { places[Self.name(url, at)] = number }
    if let id = record.id { places[Self.name(id: id)] = number }
    if let digest = record.value("warc-payload-digest") {
      let name = Self.name(digest: digest)
      // The first of its kind, unless that was passed over.
      if places[name].map({ !entries[$0].isPage }) ?? true { places[name] = number }
    }
  }

  /// What a revisit repeats, and the record itself while it is at hand; nil when it has not been seen.
  func original(of revisit: WARCRecord) -> (entry: Entry, record: WARCRecord?)? {
    let named = revisit.refersTo
    let names = [
      named.id.map { Self.name(id: $0) },
      named.date.flatMap { date in (named.target ?? revisit.target).map { Self.name($0, date) } },
      WARCCapture.isNotModified(revisit) ? nil : revisit.value("warc-payload-digest").map { Self.name(digest: $0) },
    ]
    guard let place = names.lazy.compactMap({ $0.flatMap { self.places[$0] } }).first else { return nil }
    return (entries[place], recent[place]?.record)
  }

  private static func name(_ url: String, _ at: Instant) -> Int {
    var hasher = Hasher()
    hasher.combine(0)
    for byte in url.utf8 { hasher.combine(byte) }
    hasher.combine(at.milliseconds)
    return hasher.finalize()
  }

  private static func name(id: String) -> Int { name(1, id) }
  private static func name(digest: String) -> Int { name(2, digest) }

  private static func name(_ kind: Int, _ text: String) -> Int {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(text)
    return hasher.finalize()
  }
}
