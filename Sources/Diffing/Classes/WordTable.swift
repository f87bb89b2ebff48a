/// Words of fixed lists with what each stands for, found by their bytes.

struct WordTable<Value: Sendable>: Sendable {
  private var interner: Interner
  private var values: [Value] = []

  /// Of a word that stands twice the first value counts.
  init(_ words: some Sequence<(Substring, Value)>) {
    interner = Interner(expecting: words.underestimatedCount)
    for (word, value) in words where interner.number(of: String(word)) == values.count { values.append(value) }
  }

  subscript(_ word: some Collection<UInt8>) -> Value? {
    word.withContiguousStorageIfAvailable { bytes in interner.known(bytes).map { values[Int($0)] } } ?? nil
  }

  subscript(_ word: String) -> Value? { self[word.utf8] }

  func contains(_ word: some Collection<UInt8>) -> Bool { self[word] != nil }
}

extension WordTable<Void> {
  /// Words parted by spaces.
  init(_ list: String) { self.init(words(of: list).map { ($0, ()) }) }
}

extension WordTable {
  /// For each value a list of words parted by spaces.
  init(_ lists: KeyValuePairs<Value, String>) {
    self.init(lists.flatMap { value, list in words(of: list).map { ($0, value) } })
  }
}

/// The words of a list that spaces part. To look at characters would take far longer.
func words(of list: String) -> [Substring] {
  list.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { Substring($0) }
}
