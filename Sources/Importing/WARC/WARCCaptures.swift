import Formats
import Model
import Storage

/// Captures out of WARC records: of one file, or of all that a WACZ file holds.
public final class WARCCaptures: CaptureSource, @unchecked Sendable {  // `batch` is called by one task at a time
  /// A WARC file to read.
  struct Part {
    /// What messages call it.
    let name: String
    let octets: WARCOctets
    /// Called when all of it has been read: what is wrong with it as a whole.
    let verdict: () -> String?
  }

  public enum Item: Sendable {
    case record(WARCRecord, place: String, isCertain: Bool)
    case revisit(WARCRecord, of: Original?, place: String, isCertain: Bool)
    case loss(place: String, reason: String)
    case note(place: String, text: String)
    case passed
  }

  /// Where a revisit finds what it repeats.
  public enum Original: Sendable {
    case record(WARCRecord)
    case stored(url: String, at: Instant, article: String)
    case body(Digest)
  }

  public let name: String
  private let archive: Store
  private let seen: SeenRecords
  /// Keep what could not be an article's page as well.
  private let takesAll: Bool
  private let nextPart: () throws(ImportError) -> Part?
  private var part: Part?
  private var scanner = WARCScanner(isWanted: WARCCaptures.isWanted)
  private var pieces: ArraySlice<WARCOctets.Piece> = []
  /// Revisits of what has not been seen: it may come later.
  private var deferred: [(record: WARCRecord, place: String, isCertain: Bool)] = []
  private var early: [Item]
  private var segments = SegmentedRecords()

  private static let batchItems = 4096
  /// Of the record in which an export of ours says how many captures it lacks.
  private static let omitted: StaticString = "stet-omitted"

  /// - Parameters:
  ///   - early: what is to be told before any record.
  ///   - nextPart: opens the next file; nil after the last.
  init(
    name: String, archive: Store, seen: SeenRecords, takesAll: Bool, early: [Item] = [],
    nextPart: @escaping () throws(ImportError) -> Part?
  ) {
    (self.name, self.archive, self.seen, self.takesAll) = (name, archive, seen, takesAll)
    (self.early, self.nextPart) = (early, nextPart)
  }

  /// Captures of what was fetched by HTTP; requests, descriptions and what is derived hold none.
  @Sendable private static func isWanted(_ fields: HTTPFields) -> Bool {
    let kind = WARCRecord.kind(of: fields)
    if kind == .continuation || fields.values(of: omitted).first != nil { return true }
    guard [.response, .resource, .revisit].contains(kind) else { return false }
    guard let target = WARCRecord.target(of: fields), !WARCRecord.isOurs(fields) else { return true }
    let scheme = target.utf8.prefix(6).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    return scheme.starts(with: "http:".utf8) || scheme.elementsEqual("https:".utf8)
  }

  // MARK: in order

  public func batch() throws(ImportError) -> [Item] {
    seen.nextBatch()
    var (items, bytes) = (early, 0)
    early = []
    while bytes < CaptureImport.batchBytes, items.count < Self.batchItems {
      if let event = scanner.next() {
        if case .record(let record, _, _) = event { bytes += record.block.count }
        if let item = try item(of: event) { items.append(item) }
      } else if let piece = pieces.popFirst() {
        switch piece {
        case .octets(let octets, let place, let startsMember, let isCertain):
          scanner.take(octets, at: place, startsMember: startsMember, isCertain: isCertain)
        case .gap(let reason, let place): scanner.gap(reason, at: place)
        }
      } else if try !readOn(&items) {
        break
      }
    }
    if items.isEmpty { items = segments.close().map { .loss(place: $0.place, reason: $0.reason) } }
    if items.isEmpty, !deferred.isEmpty {
      items = try deferred.map { (revisit) throws(ImportError) in
        .revisit(
          revisit.record, of: try original(of: revisit.record)?.found, place: revisit.place,
          isCertain: revisit.isCertain)
      }
      deferred = []
    }
    return items
  }

  /// Reads the next pieces, or opens the next part. False when there is none.
  private func readOn(_ items: inout [Item]) throws(ImportError) -> Bool {
    if let part {
      pieces = try part.octets.pieces()[...]
      guard pieces.isEmpty else { return true }
      scanner.finish()
      while let event = scanner.next() { if let item = try item(of: event) { items.append(item) } }
      if let reason = part.verdict() { items.append(.loss(place: part.name, reason: reason)) }
      self.part = nil
    }
    part = try nextPart()
    scanner = WARCScanner(isWanted: Self.isWanted)
    return part != nil
  }

  private func item(of event: WARCScanner.Event) throws(ImportError) -> Item? {
    let name = part?.name ?? name
    switch event {
    case .passed: return .passed
    case .loss(let reason, let place): return .loss(place: "\(name) at \(place)", reason: reason)
    case .record(let record, let place, let isCertain):
      let place = "\(name) at \(place)"
      guard !record.isSegment else { return try item(ofSegment: record, place: place, isCertain: isCertain) }
      return try item(ofWhole: record, place: place, isCertain: isCertain)
    }
  }

  /// Nil until the last segment has come.
  private func item(ofSegment record: WARCRecord, place: String, isCertain: Bool) throws(ImportError) -> Item? {
    switch segments.take(record, at: place, isCertain: isCertain) {
    case .more: return nil
    case .broken(let place, let reason): return .loss(place: place, reason: reason)
    case .whole(let record, let place, let isCertain):
      return try item(ofWhole: record, place: place, isCertain: isCertain)
    }
  }

  private func item(ofWhole record: WARCRecord, place: String, isCertain: Bool) throws(ImportError) -> Item? {
    if let number = record.value(Self.omitted) {
      return .loss(place: place, reason: "captures left out when the file was written, for they are damaged: \(number)")
    }
    guard record.kind != .revisit else { return try item(ofRevisit: record, place: place, isCertain: isCertain) }
    let isPage = takesAll || record.isOurs || Self.isPage(record)
    seen.insert(record, isPage: isPage)
    return isPage ? .record(record, place: place, isCertain: isCertain) : .passed
  }

  /// Nil when it is put off.
  private func item(ofRevisit record: WARCRecord, place: String, isCertain: Bool) throws(ImportError) -> Item? {
    if !takesAll, !record.isOurs, !record.block.isEmpty, !Self.isPage(record) { return .passed }
    // Ours says itself which capture it confirms.
    if record.isOurs, WARCCapture.isNotModified(record) {
      return .revisit(record, of: nil, place: place, isCertain: isCertain)
    }
    guard let original = try original(of: record) else {
      deferred.append((record.detached, place, isCertain))
      return nil
    }
    if let entry = original.entry {
      guard entry.isPage else { return .passed }
      seen.insert(record, as: entry)
    }
    return .revisit(record, of: original.found, place: place, isCertain: isCertain)
  }

  private static func isPage(_ record: WARCRecord) -> Bool {
    let url = record.target ?? ""
    guard record.kind != .resource else {
      let fields = HTTPFields(record.value("content-type").map { [(name: "Content-Type", value: $0)] } ?? [])
      return ArticlePages.mayHold(200, fields ?? HTTPFields(), url: url)
    }
    // What is no HTTP response is to be named, not passed over.
    return HTTPMessage(record.block).map { ArticlePages.mayHold($0.status, $0.fields, url: url) } ?? true
  }

  /// What a revisit repeats: of this import, else of the archive.
  private func original(of record: WARCRecord) throws(ImportError) -> (found: Original, entry: SeenRecords.Entry?)? {
    if let seen = seen.original(of: record) {
      let entry = seen.entry
      return (seen.record.map { .record($0) } ?? .stored(url: entry.url, at: entry.at, article: entry.article), entry)
    }
    do throws(StorageError) {
      let named = record.refersTo
      if let url = named.target ?? record.target, let date = named.date {
        let article = record.article ?? url
        if try !archive.captures(of: url, at: date, article: article).isEmpty {
          return (.stored(url: url, at: date, article: article), nil)
        }
      }
      // A digest of the payload finds the body when both were made of the same octets: no coding was undone.
      if !WARCCapture.isNotModified(record),
        let digest = record.value("warc-payload-digest").flatMap(LabelledDigest.init), digest.algorithm == .sha256,
        let body = Digest(bytes: digest.bytes), try !archive.known([body]).isEmpty
      {
        return (.body(body), nil)
      }
    } catch { throw .storage(error) }
    return nil
  }

  // MARK: on all cores

  public func read(_ item: Item) -> Found {
    switch item {
    case .passed: return .passed
    case .note(let place, let text): return .noted(place: place, text: text)
    case .loss(let place, let reason): return .rejected(place: place, reason: reason)
    case .record(let record, let place, let isCertain):
      return found(record, place) { () throws(WARCCapture.Invalid) in
        try WARCCapture.decode(record, isCertain: isCertain)
      }
    case .revisit(let record, let original, let place, let isCertain):
      do throws(StorageError) {
        let repeated =
          if let original { try response(of: original) } else { nil as (response: Response, digest: Digest)? }
        if case .record(let first) = original, !WARCCapture.isNotModified(record), first.deniesPayload(of: record) {
          return .rejected(place: place, reason: "the record that it names has another payload digest")
        }
        return found(record, place) { () throws(WARCCapture.Invalid) in
          try WARCCapture.decode(revisit: record, of: repeated, isCertain: isCertain)
        }
      } catch { return .rejected(place: place, reason: "looking up what it repeats: \(error.message)") }
    }
  }

  private func found(
    _ record: WARCRecord, _ place: String, _ decode: () throws(WARCCapture.Invalid) -> CaptureInput
  ) -> Found {
    do throws(WARCCapture.Invalid) { return .capture(try decode()) } catch {
      return .rejected(place: place, reason: record.target.map { "\($0): \(error.reason)" } ?? error.reason)
    }
  }

  private func response(of original: Original) throws(StorageError) -> (response: Response, digest: Digest)? {
    switch original {
    case .record(let record):
      // One that is no capture is named at its own place, and the revisit as one of nothing.
      guard let capture = try? WARCCapture.decode(record) else { return nil }
      return (capture.response, capture.digest)
    case .stored(let url, let at, let article):
      let all = try archive.load(try archive.captures(of: url, at: at, article: article))
      return all.first.map { ($0.input.response, $0.digest) }
    case .body(let digest):
      guard let body = try archive.body(digest) else { return nil }
      return (Response(url: "", at: Instant(milliseconds: 0), status: 200, fields: HTTPFields(), body: body), digest)
    }
  }
}

extension WARCRecord {
  /// Whether both give digests of their payloads, and these differ.
  fileprivate func deniesPayload(of other: WARCRecord) -> Bool {
    guard let mine = value("warc-payload-digest").flatMap(LabelledDigest.init),
      let its = other.value("warc-payload-digest").flatMap(LabelledDigest.init)
    else { return false }
    return mine.algorithm == its.algorithm && mine != its
  }
}

extension CaptureInput {
  /// What the archive will call it.
  fileprivate var digest: Digest {
    Capture(
      origin: origin, url: response.url, at: response.at, sequence: sequence, status: response.status,
      fields: response.fields.digest, payload: response.status == 304 ? nil : Digest(of: response.body),
      refersTo: refersTo
    ).digest
  }
}
