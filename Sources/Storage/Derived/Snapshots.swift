import Foundation
import GRDB
import Glibc
import Model

/// A snapshot with how it is stored.
struct StoredSnapshot: Sendable {
  let snapshot: Snapshot
  /// Fields and sentences in the order of its content, and their numbers.
  let texts: [String]
  let ids: [Int64]
  let content: StoredContent
  let extractor: Int

  /// About what it takes in memory.
  var memoryOctets: Int { content.octets.count + texts.reduce(0) { $0 + 96 + $1.utf8.count } }
}

/// The bytes of a snapshot's content, and the way to them.
struct StoredContent: Sendable {
  let octets: [UInt8]
  /// Contents that must be decoded for this one, itself included, and their octets.
  let links: Int
  let path: Int

  /// The longest way: a few hundred microseconds to go. It is as many octets for each link, for a link of a few saves little.
  private static let maximumLinks = 32
  private static let linkOctets = 16
  private static let maximumPath = 1 << 20
  /// A way longer than this was not made by us.
  static let refusedLinks = 1024

  /// Whether another of that many octets may stand on this.
  func carries(_ size: Int) -> Bool {
    links < min(Self.maximumLinks, size / Self.linkOctets) && path + size <= Self.maximumPath
  }
}

/// What stands in a snapshot's row beside its content's coding.
struct SnapshotRow {
  /// Nil: the next.
  let id: Int64?
  let digest: Data
  let extractor: Int
  let language, site, canonical: String?
  let content: [UInt8]
}

/// Writes snapshots and the sentences they are made of. `finish` must be called before the transaction ends.
struct SnapshotWriter {
  private let db: Database
  private let memory: DerivationMemory
  private let sentences: SentenceWriter
  private let frames = CheckedFrames()
  private let reader = SnapshotReader()
  private let find, insert: Statement

  init(_ db: Database, memory: DerivationMemory) throws {
    (self.db, self.memory) = (db, memory)
    sentences = try SentenceWriter(db, memory: memory)
    find = try db.cachedStatement(
      sql: "SELECT id FROM snapshot WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
    insert = try db.cachedStatement(
      sql: """
        INSERT INTO snapshot (id, digest, extractor, language, site, canonical, headline, base, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  /// A snapshot as it is stored, at hand or read.
  /// - Parameter like: one that probably says much the same.
  func stored(_ id: Int64, like: Snapshot? = nil) throws -> StoredSnapshot {
    if let snapshot = memory.snapshot(id) { return snapshot }
    let snapshot = try reader.stored(id, like: like, newest: sentences.newest, in: db)
    memory.remember(snapshot, id: id)
    return snapshot
  }

  /// The id of the snapshot of a text, stored now if it is new.
  /// - Parameter before: one that is probably much like it.
  func snapshot(_ snapshot: Snapshot, extractor: Int, before: Int64?) throws -> Int64 {
    if let id = try Int64.fetchOne(find, arguments: [snapshot.digest.data]) { return id }
    let like = try before.map { (id: $0, stored: try stored($0, like: snapshot)) }
    var content = SnapshotContent()
    var numbers = SentenceNumbers(sentences, before: like?.stored)
    let text = snapshot.text
    func field(_ part: Edit.Part, _ value: String) throws {
      content.append(part, [(try numbers.next(value), false)])
    }
    if !text.headline.isEmpty { try field(.headline, text.headline) }
    let headline = numbers.ids.first
    if let lead = text.lead { try field(.lead, lead) }
    for name in text.byline { try field(.byline, name) }
    if let published = text.published { try field(.published, published.description) }
    for block in text.blocks {
      content.append(Edit.Part(block.kind), try block.sentences.map { (try numbers.next($0.text), $0.follows) })
    }
    let written = try write(
      content.bytes, headline: headline, before: like.map { ($0.id, $0.stored.content) },
      SnapshotRow(
        id: nil, digest: snapshot.digest.data, extractor: extractor, language: text.language, site: text.site,
        canonical: text.canonicalURL, content: []))
    memory.remember(
      StoredSnapshot(
        snapshot: snapshot, texts: numbers.texts, ids: numbers.ids, content: written.content, extractor: extractor),
      id: written.id)
    return written.id
  }

  /// Writes a row of format 2 as one of today's.
  func take(_ row: SnapshotRow, before: Int64?) throws {
    let parts = SnapshotContent.parts(of: row.content)
    let headline = parts?.first.flatMap { $0.part == .headline ? $0.sentences.first?.id : nil }
    let base = try before.map { ($0, try reader.content($0, in: db)) }
    _ = try write(row.content, headline: headline, before: base, row)
  }

  private func write(
    _ octets: [UInt8], headline: Int64?, before: (id: Int64, content: StoredContent)?, _ row: SnapshotRow
  ) throws -> (id: Int64, content: StoredContent) {
    var base = before.flatMap { $0.content.carries(octets.count) ? $0 : nil }
    var frame = try frames.encode(octets, prefix: base?.content.octets ?? [])
    if base != nil, frame.count > octets.count / 4 {
      let alone = try frames.encode(octets)
      if alone.count <= frame.count { (base, frame) = (nil, alone) }
    }
    try insert.execute(
      arguments: [
        row.id, row.digest, row.extractor, row.language, row.site, row.canonical, headline, base?.id, Data(frame),
      ])
    return (
      db.lastInsertedRowID,
      StoredContent(
        octets: octets, links: (base?.content.links ?? 0) + 1, path: (base?.content.path ?? 0) + octets.count)
    )
  }

  func finish() throws { try sentences.finish() }
}

/// Numbers a snapshot's sentences along those of one that is much like it: what stands in both, in the same order, is found
/// by comparing texts, without hashing them.
private struct SentenceNumbers {
  private(set) var texts: [String] = []
  private(set) var ids: [Int64] = []
  private let sentences: SentenceWriter
  private let before: StoredSnapshot?
  private var place = 0
  /// How many sentences may have gone at one place before the hash is asked.
  private static let reach = 16

  init(_ sentences: SentenceWriter, before: StoredSnapshot?) { (self.sentences, self.before) = (sentences, before) }

  mutating func next(_ text: String) throws -> Int64 {
    let id = try find(text)
    texts.append(text)
    ids.append(id)
    return id
  }

  private mutating func find(_ text: String) throws -> Int64 {
    guard let before else { return try sentences.id(of: text) }
    for i in place..<min(place + Self.reach, before.texts.count) where sameBytes(before.texts[i], text) {
      place = i + 1
      return before.ids[i]
    }
    let id = try sentences.id(of: text)
    if let found = before.ids[place...].firstIndex(of: id) { place = found + 1 }
    return id
  }
}

/// Reads snapshots. Make one for a series of reads: it holds what was decoded lately.
final class SnapshotReader {
  let sentences = SentenceReader()
  private let frames = CheckedFrames()
  private var contents = RecentlyUsed<Int64, StoredContent>(limit: 4 << 20)

  /// A snapshot, without `modified`, which belongs to a capture. Throws `damaged` if its content or a sentence cannot be
  /// read, or its digest is no longer that of the text.
  ///
  /// - Parameters:
  ///   - like: one that probably says much the same. Its texts are tried first for sentences with the same hash, which saves
  ///     decoding the blocks that hold them; the digest tells whether that was right.
  ///   - newest: gives sentences that are not in the archive yet.
  func stored(
    _ id: Int64, like: Snapshot? = nil, newest: (Int64) -> String? = { _ in nil }, in db: Database
  ) throws -> StoredSnapshot {
    let statement = try db.cachedStatement(
      sql: "SELECT digest, extractor, language, site, canonical, headline FROM snapshot WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else {
      throw StorageError.damaged(path: "snapshot \(id)", detail: "it is missing")
    }
    let content = try content(id, in: db)
    guard let parts = SnapshotContent.parts(of: content.octets) else { throw Self.unreadable(id) }
    let ids = parts.flatMap { $0.sentences.map(\.id) }
    let digest: Data = try row[0]
    func read(knowing known: [Int64: String]) throws -> (snapshot: Snapshot, texts: [String]) {
      let texts: [String]
      do { texts = try sentences.texts(ids, knowing: { known[$0] ?? newest($0) }, in: db) } catch let error
        as StorageError
      {
        guard case .damaged(let path, let detail) = error else { throw error }
        throw StorageError.damaged(path: "snapshot \(id)", detail: "\(path): \(detail)")
      }
      let text = Self.text(
        parts, texts, ArticleText(language: try row[2], site: try row[3], canonicalURL: try row[4]))
      return (Snapshot(text), texts)
    }
    let guessed = try like.map { try sentences.numbers(of: Self.values($0.text), among: Set(ids), in: db) } ?? [:]
    var (snapshot, texts) = try read(knowing: guessed)
    if !guessed.isEmpty, snapshot.digest.data != digest { (snapshot, texts) = try read(knowing: [:]) }
    guard snapshot.digest.data == digest else {
      throw StorageError.damaged(path: "snapshot \(id)", detail: "its text has another digest")
    }
    guard (snapshot.text.headline.isEmpty ? nil : ids.first) == (try row[5] as Int64?) else {
      throw StorageError.damaged(path: "snapshot \(id)", detail: "its headline is another than its row says")
    }
    return StoredSnapshot(snapshot: snapshot, texts: texts, ids: ids, content: content, extractor: try row[1])
  }

  /// The fields and sentences of a text.
  private static func values(_ text: ArticleText) -> [String] {
    [text.headline, text.lead ?? "", text.published?.description ?? ""] + text.byline
      + text.blocks.flatMap { $0.sentences.map(\.text) }
  }

  /// An article text put together from the texts of its parts' sentences.
  private static func text(
    _ parts: [(part: Edit.Part, sentences: [(id: Int64, follows: Bool)])], _ texts: [String], _ empty: ArticleText
  ) -> ArticleText {
    var (text, next) = (empty, 0)
    for (part, sentences) in parts {
      let read = zip(texts[next...], sentences).map { Sentence($0, follows: $1.follows) }
      next += sentences.count
      if let kind = part.kind {
        text.blocks.append(Block(kind: kind, sentences: read))
        continue
      }
      guard let value = read.first?.text else { continue }
      switch part {
      case .headline: text.headline = value
      case .lead: text.lead = value
      case .byline: text.byline.append(value)
      default: text.published = PartialTimestamp(value)
      }
    }
    return text
  }

  /// The numbers of the sentences of a snapshot, by its parts.
  func parts(
    _ id: Int64, in db: Database
  ) throws -> [(part: Edit.Part, sentences: [(id: Int64, follows: Bool)])] {
    guard let parts = SnapshotContent.parts(of: try content(id, in: db).octets) else { throw Self.unreadable(id) }
    return parts
  }

  /// The numbers of the sentences of a snapshot.
  func sentences(of id: Int64, in db: Database) throws -> SnapshotContent.Sentences {
    guard let said = SnapshotContent.sentences(of: try content(id, in: db).octets) else { throw Self.unreadable(id) }
    return said
  }

  /// The bytes of a snapshot's content, decoded along what it stands on.
  func content(_ id: Int64, in db: Database) throws -> StoredContent {
    let statement = try db.cachedStatement(sql: "SELECT base, content FROM snapshot WHERE id = ?")
    var way: [(id: Int64, frame: [UInt8])] = []
    var next: Int64? = id
    var below: StoredContent?
    while let link = next {
      if let held = contents.value(link) {
        below = held
        break
      }
      guard way.count < StoredContent.refusedLinks, let row = try Row.fetchOne(statement, arguments: [link]) else {
        throw Self.unreadable(id)
      }
      way.append((link, [UInt8](try row[1] as Data)))
      next = try row[0]
      guard next ?? 0 < link else { throw Self.unreadable(id) }
    }
    for link in way.reversed() {
      guard let octets = frames.decode(link.frame, prefix: below?.octets ?? []) else {
        throw link.id == id
          ? Self.unreadable(id)
          : StorageError.damaged(path: "snapshot \(id)", detail: "it stands on snapshot \(link.id), which is damaged")
      }
      let content = StoredContent(
        octets: octets, links: (below?.links ?? 0) + 1, path: (below?.path ?? 0) + octets.count)
      contents.insert(content, octets: octets.count + 64, for: link.id)
      below = content
    }
    guard let below else { throw Self.unreadable(id) }
    return below
  }

  private static func unreadable(_ id: Int64) -> StorageError {
    .damaged(path: "snapshot \(id)", detail: "its content cannot be read")
  }
}
