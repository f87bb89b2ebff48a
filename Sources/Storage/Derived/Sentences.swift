import Foundation
import GRDB
import Model

/// Sentences and field values: numbered in the order they came, each once, in blocks that are compressed together. The
/// newest are rows of their own until they fill a block.
enum SentenceBlock {
  /// A block is closed when its texts have so many octets: reading one sentence decodes its block (docs/decisions/0011).
  static let octets = 64 << 10

  /// What finds a sentence in its index: the first 4 octets of its SHA-256, big-endian. Two may share it; the text decides.
  static func hash(_ digest: Digest) -> Int64 {
    Int64(Int32(bitPattern: digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }))
  }

  /// The lengths of all texts as varints, then the texts.
  static func bytes(_ texts: some Collection<[UInt8]>) -> [UInt8] {
    var out = VarintWriter()
    for text in texts { out.append(text.count) }
    for text in texts { out.bytes += text }
    return out.bytes
  }

  /// Where each of so many texts lies; nil when these are no such octets.
  static func ranges(in bytes: [UInt8], count: Int) -> [Range<Int>]? {
    guard (1...bytes.count).contains(count) else { return nil }
    var input = VarintReader(bytes)
    var lengths: [Int] = []
    lengths.reserveCapacity(count)
    for _ in 0..<count {
      guard let length = input.count() else { return nil }
      lengths.append(length)
    }
    var at = input.at
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(count)
    for length in lengths {
      guard length <= bytes.count - at else { return nil }
      ranges.append(at..<(at + length))
      at += length
    }
    return at == bytes.count ? ranges : nil
  }
}

/// Reads sentences by their numbers. Make one for a series of reads: it holds the blocks that were decoded lately.
final class SentenceReader {
  private struct Block: Sendable {
    let first: Int64
    let ranges: [Range<Int>]
    let octets: [UInt8]

    /// Nil when the sentence is in another block.
    func text(_ id: Int64) -> ArraySlice<UInt8>? {
      guard id >= first, id - first < Int64(ranges.count) else { return nil }
      return octets[ranges[Int(id - first)]]
    }
  }

  private let frames = CheckedFrames()
  private var blocks = RecentlyUsed<Int64, Block>(limit: 8 << 20)
  private var last: Block?

  /// A sentence's UTF-8. Throws `damaged` when it is missing, or its block is not what it was.
  func octets(_ id: Int64, in db: Database) throws -> [UInt8] {
    if let text = last?.text(id) { return Array(text) }
    if let block = try block(of: id, in: db), let text = block.text(id) {
      last = block
      return Array(text)
    }
    let loose = try db.cachedStatement(sql: "SELECT text FROM sentence WHERE id = ?")
    guard let text = try String.fetchOne(loose, arguments: [id]) else {
      throw StorageError.damaged(path: "sentence \(id)", detail: "it is missing")
    }
    return Array(text.utf8)
  }

  func text(_ id: Int64, in db: Database) throws -> String { String(decoding: try octets(id, in: db), as: UTF8.self) }

  /// The texts of many, in their order; each block is decoded once.
  func texts(_ ids: [Int64], knowing known: (Int64) -> String? = { _ in nil }, in db: Database) throws -> [String] {
    var texts = [String](repeating: "", count: ids.count)
    for place in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
      texts[place] = try known(ids[place]) ?? text(ids[place], in: db)
    }
    return texts
  }

  /// Which of some numbers texts probably have: those that their hashes find. Nothing is decoded to make sure.
  func numbers(of texts: [String], among ids: Set<Int64>, in db: Database) throws -> [Int64: String] {
    let find = try db.cachedStatement(sql: "SELECT id FROM sentence_hash WHERE hash = ?")
    var found: [Int64: String] = [:]
    for var text in texts where !text.isEmpty {
      let digest = text.withUTF8 { Digest(of: UnsafeRawBufferPointer($0)) }
      let candidates = try Int64.fetchAll(find, arguments: [SentenceBlock.hash(digest)])
      if let id = candidates.first(where: ids.contains) { found[id] = text }
    }
    return found
  }

  /// The octets of all sentences of a block, which begins with that number.
  func all(of first: Int64, in db: Database) throws -> [ArraySlice<UInt8>] {
    guard let block = try block(of: first, in: db) else { return [] }
    return block.ranges.map { block.octets[$0] }
  }

  private func block(of id: Int64, in db: Database) throws -> Block? {
    let find = try db.cachedStatement(
      sql: "SELECT id, count FROM sentence_block WHERE id <= ? ORDER BY id DESC LIMIT 1")
    guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
    let (first, count): (Int64, Int) = (try row[0], try row[1])
    guard id - first < Int64(count) else { return nil }
    if let block = blocks.value(first) { return block }
    let statement = try db.cachedStatement(sql: "SELECT data FROM sentence_block WHERE id = ?")
    guard let data = try Data.fetchOne(statement, arguments: [first]), let octets = frames.decode([UInt8](data)),
      let ranges = SentenceBlock.ranges(in: octets, count: count)
    else {
      throw StorageError.damaged(
        path: "sentences \(first) to \(first + Int64(count) - 1)", detail: "their block cannot be read")
    }
    let block = Block(first: first, ranges: ranges, octets: octets)
    blocks.insert(block, octets: octets.count + 16 * ranges.count, for: first)
    return block
  }
}

/// Gives sentences their numbers, and stores those that are new. `finish` must be called before the transaction ends.
final class SentenceWriter {
  private let db: Database
  private let memory: DerivationMemory
  private let frames = CheckedFrames()
  private let reader = SentenceReader()
  private let find, insert, insertHash, insertWords: Statement
  /// The sentences that are in no block yet; the first ones have rows.
  private var newest: [[UInt8]] = []
  private var newestOctets = 0
  private var firstNewest: Int64 = 1
  private var rows = 0

  init(_ db: Database, memory: DerivationMemory) throws {
    (self.db, self.memory) = (db, memory)
    find = try db.cachedStatement(sql: "SELECT id FROM sentence_hash WHERE hash = ?")
    insert = try db.cachedStatement(sql: "INSERT INTO sentence (id, text) VALUES (?, ?)")
    insertHash = try db.cachedStatement(sql: "INSERT INTO sentence_hash (hash, id) VALUES (?, ?)")
    insertWords = try db.cachedStatement(sql: "INSERT INTO sentence_word (rowid, words) VALUES (?, ?)")
    let found = try Row.fetchAll(db, sql: "SELECT id, text FROM sentence ORDER BY id")
    if let first = found.first {
      firstNewest = try first[0]
    } else {
      firstNewest = try Int64.fetchOne(db, sql: "SELECT max(id) + count FROM sentence_block") ?? 1
    }
    for row in found {
      guard try row[0] == firstNewest + Int64(rows) else {
        throw StorageError.damaged(path: "sentence \(firstNewest + Int64(rows))", detail: "it is missing")
      }
      hold(Array((try row[1] as String).utf8))
      rows += 1
    }
  }

  /// The number of a sentence or field value, stored now if it is new.
  func id(of text: String) throws -> Int64 {
    var text = text
    let digest = text.withUTF8 { Digest(of: UnsafeRawBufferPointer($0)) }
    let key = DerivationMemory.SentenceKey(digest)
    if let id = memory.sentences[key] { return id }
    let hash = SentenceBlock.hash(digest)
    let candidates = try Int64.fetchAll(find, arguments: [hash])
    let octets = Array(text.utf8)
    let found = try candidates.first { candidate in
      candidate < firstNewest
        ? try reader.octets(candidate, in: db) == octets
        : newest.indices.contains(Int(candidate - firstNewest)) && newest[Int(candidate - firstNewest)] == octets
    }
    let id = try found ?? append(octets, hash: hash)
    memory.remember(key, id: id)
    return id
  }

  /// The text of a sentence that is in no block yet, which may have no row yet either; nil of any other.
  func newest(_ id: Int64) -> String? {
    let place = Int(id &- firstNewest)
    return newest.indices.contains(place) ? String(decoding: newest[place], as: UTF8.self) : nil
  }

  private func append(_ octets: [UInt8], hash: Int64) throws -> Int64 {
    let id = firstNewest + Int64(newest.count)
    try insertHash.execute(arguments: [hash, id])
    try insertWords.execute(arguments: [id, SentenceIndex.entry(octets)])
    hold(octets)
    if newestOctets >= SentenceBlock.octets { try close() }
    return id
  }

  private func hold(_ octets: [UInt8]) {
    newest.append(octets)
    newestOctets += octets.count
  }

  /// Makes a block of what is held.
  private func close() throws {
    try db.execute(
      sql: "INSERT INTO sentence_block (id, count, data) VALUES (?, ?, ?)",
      arguments: [firstNewest, newest.count, Data(try frames.encode(SentenceBlock.bytes(newest)))])
    if rows > 0 { try db.execute(sql: "DELETE FROM sentence") }
    firstNewest += Int64(newest.count)
    (newest, newestOctets, rows) = ([], 0, 0)
  }

  /// Gives rows to what fills no block yet.
  func finish() throws {
    while rows < newest.count {
      try insert.execute(arguments: [firstNewest + Int64(rows), String(decoding: newest[rows], as: UTF8.self)])
      rows += 1
    }
  }

  /// For an archive that is brought up from an earlier format: takes a sentence with the number that it had.
  func take(_ octets: [UInt8], as id: Int64) throws {
    if id != firstNewest + Int64(newest.count) {
      if !newest.isEmpty { try close() }
      firstNewest = id
    }
    _ = try append(octets, hash: SentenceBlock.hash(Digest(of: octets)))
  }
}
