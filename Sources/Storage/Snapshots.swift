import Foundation
import GRDB
import Model

/// Snapshots and the sentences they are made of.
struct SnapshotWriter {
  private let db: Database
  private let memory: DerivationMemory
  private let findSentence, insertSentence, findSnapshot, insertSnapshot: Statement

  init(_ db: Database, memory: DerivationMemory) throws {
    (self.db, self.memory) = (db, memory)
    findSentence = try db.cachedStatement(sql: "SELECT id, text FROM sentence WHERE hash = ?")
    insertSentence = try db.cachedStatement(sql: "INSERT INTO sentence (hash, text) VALUES (?, ?)")
    findSnapshot = try db.cachedStatement(sql: "SELECT id FROM snapshot WHERE digest = ?")
    insertSnapshot = try db.cachedStatement(
      sql: """
        INSERT INTO snapshot (digest, extractor, language, site, canonical, content) VALUES (?, ?, ?, ?, ?, ?)
        """)
  }

  /// What finds a sentence in its index: the first 8 octets of its SHA-256, so that nobody can make many collide.
  static func hash(_ text: [UInt8]) -> Int64 {
    Int64(bitPattern: Digest(of: text).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The id of a sentence or field value, stored now if it is new.
  func sentence(_ text: String) throws -> Int64 {
    let key = DerivationMemory.Text(text)
    if let id = memory.sentences[key] { return id }
    let hash = Self.hash(key.bytes)
    let rows = try Row.fetchCursor(findSentence, arguments: [hash])
    var found: Int64?
    while found == nil, let row = try rows.next() {
      if (try row[1] as String).utf8.elementsEqual(key.bytes) { found = try row[0] }
    }
    let id: Int64
    if let found {
      id = found
    } else {
      try insertSentence.execute(arguments: [hash, text])
      id = db.lastInsertedRowID
    }
    memory.remember(key, id: id)
    return id
  }

  /// The id of the snapshot of a text, stored now if it is new.
  func snapshot(_ snapshot: Snapshot, extractor: Int) throws -> Int64 {
    let (text, digest) = (snapshot.text, snapshot.digest)
    if let id = try Int64.fetchOne(findSnapshot, arguments: [digest.data]) { return id }
    var content = SnapshotContent()
    func field(_ part: SnapshotPart, _ value: String) throws { content.append(part, [(try sentence(value), false)]) }
    if !text.headline.isEmpty { try field(.headline, text.headline) }
    if let lead = text.lead { try field(.lead, lead) }
    for name in text.byline { try field(.byline, name) }
    if let published = text.published { try field(.published, published.description) }
    for block in text.blocks {
      content.append(SnapshotPart(block.kind), try block.sentences.map { (try sentence($0.text), $0.follows) })
    }
    try insertSnapshot.execute(
      arguments: [digest.data, extractor, text.language, text.site, text.canonicalURL, Data(content.bytes)])
    let id = db.lastInsertedRowID
    memory.remember(snapshot, id: id)
    return id
  }
}

extension Store {
  /// A snapshot, without `modified`, which belongs to a capture. Throws `damaged` if its content or a sentence cannot be
  /// read, or its digest is no longer that of the text.
  static func snapshot(_ id: Int64, in db: Database) throws -> (snapshot: Snapshot, extractor: Int) {
    let statement = try db.cachedStatement(
      sql: "SELECT digest, extractor, language, site, canonical, content FROM snapshot WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]),
      let parts = SnapshotContent.parts(of: [UInt8](try row[5] as Data))
    else { throw StorageError.damaged(path: "snapshot \(id)", detail: "its content cannot be read") }
    let findText = try db.cachedStatement(sql: "SELECT text FROM sentence WHERE id = ?")
    func sentence(_ number: Int64) throws -> String {
      guard let text = try String.fetchOne(findText, arguments: [number]) else {
        throw StorageError.damaged(path: "snapshot \(id)", detail: "its sentence \(number) is missing")
      }
      return text
    }
    var text = ArticleText(language: try row[2], site: try row[3], canonicalURL: try row[4])
    for (part, sentences) in parts {
      let read = try sentences.map { Sentence(try sentence($0.id), follows: $0.follows) }
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
    let snapshot = Snapshot(text)
    guard snapshot.digest.data == (try row[0] as Data) else {
      throw StorageError.damaged(path: "snapshot \(id)", detail: "its text has another digest")
    }
    return (snapshot, try row[1])
  }
}
