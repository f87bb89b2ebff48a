import GRDB

/// Which articles say which sentences, against what their snapshots hold.
extension Verifier {
  mutating func sayings() {
    attempt("sentence_article") { verifier in
      guard let wanted = try verifier.saidBySnapshots() else { return }
      var present = SayingSum()
      let rows = try Row.fetchCursor(verifier.db, sql: "SELECT sentence, article FROM sentence_article")
      while let row = try rows.next() { present.add(try row[0], of: try row[1]) }
      if present != wanted {
        verifier.note(
          "sentence", "index of who said what",
          "it has \(present.count) entries and the snapshots give \(wanted.count), or they differ")
      }
    }
  }

  /// Nil when a snapshot cannot be read, which is told when snapshots are checked.
  private func saidBySnapshots() throws -> SayingSum? {
    let reader = SnapshotReader()
    var sum = SayingSum()
    var (last, said): (Int64?, Set<Int64>) = (nil, [])
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT DISTINCT article, snapshot FROM reading JOIN capture ON capture.id = reading.capture
        WHERE snapshot IS NOT NULL ORDER BY article, snapshot
        """)
    while let row = try rows.next() {
      let article: Int64 = try row[0]
      if article != last { (last, said) = (article, []) }
      do {
        let sentences = try reader.sentences(of: row[1], in: db)
        for id in sentences.fields + sentences.body where said.insert(id).inserted { sum.add(id, of: article) }
      } catch StorageError.damaged { return nil }
    }
    return sum
  }
}

/// A sum over pairs of sentence and article that does not depend on their order.
private struct SayingSum: Equatable {
  private(set) var count = 0
  private var sum: UInt64 = 0

  mutating func add(_ sentence: Int64, of article: Int64) {
    count += 1
    // The mixing step of S. Vigna's splitmix64.
    var z = UInt64(bitPattern: sentence) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: article)
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    sum &+= z ^ (z >> 31)
  }
}
