import GRDB
import Model

/// A wording with when it came to stand in its article.
public struct Wording: Sendable, Hashable {
  public let text: String
  public let revision: Int
  public let came: ChangeInterval
}

/// A sentence or field of a revision with where it comes from.
public struct BlamedSentence: Sendable, Hashable {
  public let part: Edit.Part
  /// Index of the block it stands in, from 0; nil for a field.
  public let block: Int?
  public let now: Wording
  /// What it said before, the latest first.
  public let was: [Wording]
}

extension Store {
  /// Each field and sentence of a revision with the interval in which it came and its earlier wordings; nil when there is no
  /// such revision. Rewordings and moves are followed back through the chain; what vanished and returned came when it returned.
  public func blame(
    _ article: Int64, _ selector: RevisionSelector
  ) throws(StorageError) -> (ordinal: Int, lines: [BlamedSentence])? {
    try read { db in
      guard let row = try Self.revision(article, selector, in: db) else { return nil }
      let ordinal: Int = try row[0]
      let chain = Array(try Self.chain(of: article, in: db).prefix(ordinal))
      guard let last = chain.last else { return nil }
      let (snapshots, reader) = (SnapshotReader(), EditReader())
      var new = try snapshots.stored(last.snapshot, in: db).snapshot.text
      var fields = FieldPart.allCases.compactMap { part in
        part.value(new).map { (part: part, trail: Trail(text: $0, link: last)) }
      }
      var trails = new.sentenceTexts.map { Trail(text: $0, link: last) }
      // Where each trail stands in the text at hand; nil: it has ended.
      var places: [Int?] = Array(trails.indices)
      for (link, before) in zip(chain.reversed(), chain.reversed().dropFirst()) {
        let old = try snapshots.stored(before.snapshot, in: db).snapshot.text
        let edits = try reader.edits(ofRevision: link.revision, from: old, to: new, in: db)
        for i in fields.indices where !fields[i].trail.hasEnded {
          fields[i].trail.goBack(to: fields[i].part.value(old), at: before)
        }
        let (origins, texts) = (SentenceOrigins(edits, from: old, to: new), old.sentenceTexts)
        for i in places.indices {
          guard let place = places[i] else { continue }
          places[i] = origins.place[place]
          let wording = origins.place[place].map { origins.wording[place] ?? texts[$0] }
          trails[i].goBack(to: wording, at: before)
        }
        new = old
      }
      var lines = fields.map {
        BlamedSentence(part: $0.part.part, block: nil, now: $0.trail.now, was: $0.trail.was)
      }
      let text = try snapshots.stored(last.snapshot, in: db).snapshot.text
      var next = 0
      for (i, block) in text.blocks.enumerated() {
        for _ in block.sentences {
          lines.append(
            BlamedSentence(part: Edit.Part(block.kind), block: i, now: trails[next].now, was: trails[next].was))
          next += 1
        }
      }
      return (ordinal, lines)
    }
  }
}

/// The fields that are followed.
private enum FieldPart: CaseIterable {
  case headline, lead, byline, published

  var part: Edit.Part {
    switch self {
    case .headline: .headline
    case .lead: .lead
    case .byline: .byline
    case .published: .published
    }
  }

  func value(_ text: ArticleText) -> String? {
    switch self {
    case .headline: text.headline.isEmpty ? nil : text.headline
    case .lead: text.lead
    case .byline: text.byline.isEmpty ? nil : text.byline.joined(separator: ", ")
    case .published: text.published?.description
    }
  }
}

/// A sentence's way back, wording by wording, the newest first.
private struct Trail {
  private var wordings: [Wording]
  private(set) var hasEnded = false

  init(text: String, link: ChainLink) { wordings = [Wording(text: text, revision: link.ordinal, came: link.came)] }

  var now: Wording { wordings[0] }
  var was: [Wording] { Array(wordings.dropFirst()) }

  /// One revision further back; nil: it was not there.
  mutating func goBack(to text: String?, at link: ChainLink) {
    guard let text else {
      hasEnded = true
      return
    }
    let wording = Wording(text: text, revision: link.ordinal, came: link.came)
    if sameBytes(text, wordings[wordings.count - 1].text) {
      wordings[wordings.count - 1] = wording
    } else {
      wordings.append(wording)
    }
  }
}

/// For each sentence of a text where it stood in the text before.
struct SentenceOrigins {
  /// Its place there; nil when it was added.
  private(set) var place: [Int?]
  /// The whole old wording, where several sentences became one.
  private(set) var wording: [Int: String] = [:]

  init(_ edits: [Edit], from old: ArticleText, to new: ArticleText) {
    let (before, after) = (old.sentenceTexts, new.sentenceTexts)
    let (oldRuns, newRuns) = (SentenceRuns(old), SentenceRuns(new))
    place = Array(repeating: nil, count: after.count)
    var (edited, taken) = (Set<Int>(), Set<Int>())
    for edit in edits {
      let was = oldRuns.run(from: edit.beforeIndex, saying: edit.beforeInBody)
      let now = newRuns.run(from: edit.afterIndex, saying: edit.afterInBody)
      // A block of another kind, or cut otherwise, says the same sentences: they are found as the untouched ones are.
      if edit.action == .rewording, edit.classes == [.layout], !was.isEmpty { continue }
      edited.formUnion(now)
      taken.formUnion(was)
      guard let first = was.first else { continue }
      for i in now {
        if let same = was.first(where: { sameBytes(before[$0], after[i]) }) {
          place[i] = same
        } else {
          place[i] = min(first + (i - now.lowerBound), was.upperBound - 1)
          if was.count > 1, now.count == 1 { wording[i] = edit.beforeInBody }
        }
      }
    }
    var left = before.indices.filter { !taken.contains($0) }[...]
    for i in after.indices where !edited.contains(i) {
      guard let found = left.firstIndex(where: { sameBytes(before[$0], after[i]) }) else { continue }
      place[i] = left[found]
      left.remove(at: found)
    }
  }
}

/// The sentences of a body, and which of them a wording covers.
private struct SentenceRuns {
  private var sentences: [(joint: String, text: String)] = []

  init(_ text: ArticleText) {
    for block in text.blocks {
      for (i, sentence) in block.sentences.enumerated() {
        sentences.append((i == 0 ? "\n" : sentence.follows ? " " : "", sentence.text))
      }
    }
  }

  /// Empty for a field, and for no wording.
  func run(from index: Int?, saying wording: String?) -> Range<Int> {
    guard let index, let wording, sentences.indices.contains(index) else { return 0..<0 }
    var octets = sentences[index].text.utf8.count
    var end = index + 1
    while octets < wording.utf8.count, end < sentences.count {
      octets += sentences[end].joint.utf8.count + sentences[end].text.utf8.count
      end += 1
    }
    return index..<end
  }
}

extension ArticleText {
  /// The body's sentences, in order.
  var sentenceTexts: [String] { blocks.flatMap { $0.sentences.map(\.text) } }
}
