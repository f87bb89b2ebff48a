import Model
import Storage

let readsMeaning = """
  Reading one capture with its body out of an archive that is open, as a reader does who asks for any old version: bodies that it stands
  on are decoded on the way, and digests checked. In this process, 300 captures drawn from all, nothing at hand from the one before; CPU
  of the one thread.
  """

func readsSection(of corpus: Corpus, _ rows: [[String]]) -> Section {
  Section(
    title: "### \(corpus.name)", meaning: "", columns: ["CPU ms", "median", "99th percentile", "worst"], rows: rows)
}

/// Measures random reads of an archive.
func measureReads(_ name: String, _ archive: Archive) throws -> [String] {
  Progress.say("measuring reads \(name)")
  let times = try randomReads(archive, count: 300)
  return [name] + [times.count / 2, times.count * 99 / 100, times.count - 1].map { (times[$0] * 1000).text(2) }
}

/// What each took, in seconds, the quickest first.
private func randomReads(_ archive: Archive, count: Int) throws -> [Double] {
  let store = try Store.open(archive.path, .read)
  defer { store.close() }
  let articles = try store.articleNumbers(nil)
  var captures: [Int64] = []
  for article in articles { captures += try store.captures(article).map(\.id) }
  var dice = Dice(seed: 300)
  return try (0..<count).map { _ in
    let capture = dice.one(of: captures)
    let before = Limit.threadSeconds
    _ = try store.load([capture])
    return Limit.threadSeconds - before
  }.sorted()
}
