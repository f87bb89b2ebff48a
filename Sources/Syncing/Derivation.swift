import Diffing
import Extraction
import Model
import Parallel
import Storage

/// From kept captures to revisions: read by the extractor on all cores, recorded in one transaction (T2).
public enum Derivation {
  /// Derives captures whose bodies are at hand.
  public static func derive(
    _ captures: [(kept: KeptCapture, article: String, response: Response)], in store: Store
  ) throws(StorageError) -> DerivedBatch {
    let work = captures.filter { $0.kept.isNew && $0.kept.confirms == nil }
    guard !work.isEmpty else { return DerivedBatch() }
    let derived = work.concurrentMap { item in
      if let twin = item.kept.twin, FieldSigns.agree(item.response.fields, twin.fields) {
        return Derived(capture: item.kept.id, sameAs: twin.capture)
      }
      return Derived(capture: item.kept.id, reading: reading(of: item.response, article: item.article))
    }
    let counts = try record(Array(zip(work.map(\.kept.article), derived)), in: store)
    var batch = DerivedBatch(counts: counts)
    for (item, one) in zip(work, derived) {
      if case .read(let reading) = one.source { batch.readings[one.capture] = reading }
      batch.verdicts[one.capture] = batch.readings[one.capture]?.verdict ?? item.kept.twin?.verdict
    }
    return batch
  }

  /// Records readings in their order, each with its article. Most differences that the chain will ask for are between
  /// neighbours of a batch: they are worked out on all cores before the transaction, which has but one.
  private static func record<Article: Hashable>(
    _ derived: [(article: Article, one: Derived)], in store: Store
  ) throws(StorageError) -> DerivedCounts {
    var said: [Int64: Snapshot] = [:]
    var last: [Article: Snapshot] = [:]
    var pairs: Set<Pair> = []
    for (article, one) in derived {
      var snapshot = one.snapshot
      if case .sameAs(let other) = one.source { snapshot = said[other] }
      guard let new = snapshot else { continue }
      said[one.capture] = new
      if let old = last.updateValue(new, forKey: article), old != new { pairs.insert(Pair(old: old, new: new)) }
    }
    let wanted = Array(pairs)
    let known = Dictionary(uniqueKeysWithValues: zip(wanted, wanted.concurrentMap { difference($0.old, $0.new) }))
    return try store.derive(derived.map(\.one), extractor: Extractor.version) { old, new in
      known[Pair(old: old, new: new)] ?? difference(old, new)
    }
  }

  /// Derives what was kept but not read: left by a pass that died between T1 and T2, or by `import --store-only`.
  public static func deriveLeftOver(
    in store: Store, progress: (Int) -> Void = { _ in }
  ) throws(StorageError) -> DerivedCounts {
    var total = DerivedCounts()
    var (last, done): (Int64, Int) = (0, 0)
    let reader = PendingReader()
    while true {
      let batch = try store.pending(after: last, limit: 128, reader: reader)
      guard let end = batch.last else { return total }
      let derived = batch.concurrentMap { capture in
        switch capture.body {
        case .success(let body):
          Derived(
            capture: capture.id,
            reading: reading(of: capture.article, capture.url, capture.status, capture.fields, body))
        case .failure(let error): Derived(capture: capture.id, reading: .other(.error, error.message))
        }
      }
      total.add(try record(Array(zip(batch.map(\.article), derived)), in: store))
      last = end.id
      done += batch.count
      progress(done)
    }
  }

  /// Makes all derived state again from the captures.
  public static func rebuild(_ store: Store, progress: (Int) -> Void = { _ in }) throws(StorageError) -> DerivedCounts {
    try store.dropDerived()
    return try deriveLeftOver(in: store, progress: progress)
  }

  /// Makes derived state again if another version of the extractor or of the diff service made it; what that leads to is
  /// nobody's edit.
  public static func bringUpToDate(_ store: Store) throws(StorageError) {
    guard let version = try store.derivationVersion(), version != Extractor.version else { return }
    _ = try rebuild(store)
  }

  /// How `verify --deep` makes derived rows again.
  public static var rederivation: Rederivation {
    Rederivation(extractor: Extractor.version, read: { reading(of: $0, $1, $2, $3, $4) }, difference: difference)
  }

  private static func reading(of response: Response, article: String) -> Reading {
    reading(of: article, response.url, response.status, response.fields, response.body)
  }

  /// What a capture says. A 304 says nothing itself; Storage gives it the reading of the capture it refers to. Where redirects
  /// led may show that the page is not the one that was asked for.
  private static func reading(
    of article: String, _ url: String, _ status: Int, _ fields: HTTPFields, _ body: [UInt8]
  ) -> Reading {
    if status == 304 { return .other(.error, "not modified") }
    let reading = read(url: url, status: status, fields: fields, body: body)
    guard (200...299).contains(status), !article.utf8.elementsEqual(url.utf8),
      let elsewhere = Journey.verdict(from: article, to: url)
    else { return reading }
    return .other(elsewhere.verdict, elsewhere.reason)
  }

  /// The diff service with the words counted.
  @Sendable public static func difference(_ old: Snapshot, _ new: Snapshot) -> Difference {
    let edits = edits(from: old.text, to: new.text)
    var (added, removed) = (0, 0)
    for edit in edits where edit.action != .move {
      switch (edit.before, edit.after) {
      case (let before?, let after?):
        for run in wordRuns(from: before, to: after) where run.change != .same {
          if run.change == .inserted { added += wordCount(run.text) } else { removed += wordCount(run.text) }
        }
      case (let before?, nil): removed += wordCount(before)
      case (nil, let after?): added += wordCount(after)
      case (nil, nil): break
      }
    }
    return Difference(edits: edits, wordsAdded: added, wordsRemoved: removed)
  }
}

/// What deriving a batch led to.
public struct DerivedBatch: Sendable {
  public var counts = DerivedCounts()
  /// By capture; without those that read as an earlier one did.
  public var readings: [Int64: Reading] = [:]
  /// By capture; of those too, unless what they read as is not known yet.
  public var verdicts: [Int64: Verdict] = [:]
}

/// Two snapshots, one after the other.
private struct Pair: Hashable, Sendable {
  let old: Snapshot
  let new: Snapshot
}

extension DerivedCounts {
  /// Adds another batch's counts to these.
  mutating func add(_ other: DerivedCounts) {
    revisions += other.revisions
    newArticles += other.newArticles
    edits += other.edits
    notArticles += other.notArticles
    made += other.made
  }
}
