/// The sentences of an article in one row, as the alignment takes them, each with its place in its block.

import Model

/// One sentence of a body, or a field before it, which is a block of its own.
struct BodySentence {
  let text: String
  let part: Edit.Part
  let joint: Edit.Joint
}

extension ArticleText {
  /// All sentences of all blocks, in order.
  var bodySentences: [BodySentence] {
    var out: [BodySentence] = []
    out.reserveCapacity(blocks.reduce(0) { $0 + $1.sentences.count })
    for block in blocks {
      for (i, sentence) in block.sentences.enumerated() {
        let joint: Edit.Joint = i == 0 ? .block : sentence.follows ? .space : .nothing
        out.append(BodySentence(text: sentence.text, part: Edit.Part(block.kind), joint: joint))
      }
    }
    return out
  }

  /// Those of these fields that there are, as sentences before the body.
  func sentences(of fields: [Edit.Part]) -> [BodySentence] {
    fields.compactMap { part in field(part).map { BodySentence(text: $0, part: part, joint: .block) } }
  }
}

extension [BodySentence] {
  /// How many fields stand before the body.
  var fieldCount: Int { prefix { $0.part.kind == nil }.count }

  /// The text of these sentences with the joints between them.
  func text(_ range: Range<Int>) -> String {
    var out = self[range.lowerBound].text
    for sentence in self[range].dropFirst() { out += sentence.joint.text + sentence.text }
    return out
  }

  /// What joins the last of these with what comes before the first, when all but the last are taken out.
  func strongestJoint(_ range: Range<Int>) -> Edit.Joint {
    self[range].lazy.map(\.joint).max { $0.strength < $1.strength } ?? .block
  }
}

/// The sentences of two rows as numbers, equal when the bytes are. What both bodies begin with and what both end with is 0:
/// that it is the same is told by comparing alone.
func sentenceNumbers(_ old: [BodySentence], _ new: [BodySentence]) -> (old: [Int32], new: [Int32]) {
  let (oldFields, newFields) = (old.fieldCount, new.fieldCount)
  let (start, end) = commonEnds(old.count - oldFields, new.count - newFields) {
    sameBytes(old[oldFields + $0].text, new[newFields + $1].text)
  }
  var interner = Interner(expecting: old.count + new.count - 2 * (start + end))
  func numbers(_ sentences: [BodySentence], _ fields: Int) -> [Int32] {
    var out = [Int32](repeating: 0, count: sentences.count)
    for i in sentences.indices where i < fields || (fields + start..<sentences.count - end).contains(i) {
      out[i] = 1 + interner.number(of: sentences[i].text)
    }
    return out
  }
  return (numbers(old, oldFields), numbers(new, newFields))
}

/// How many items two rows begin with in common, and how many of the rest they end with.
func commonEnds(_ old: Int, _ new: Int, isEqual: (Int, Int) -> Bool) -> (start: Int, end: Int) {
  let least = min(old, new)
  var (start, end) = (0, 0)
  while start < least, isEqual(start, start) { start += 1 }
  while end < least - start, isEqual(old - 1 - end, new - 1 - end) { end += 1 }
  return (start, end)
}

extension Edit.Joint {
  fileprivate var strength: Int {
    switch self {
    case .nothing: 0
    case .space: 1
    case .block: 2
    }
  }
}

/// The same, where there may be none.
func sameText(_ a: String?, _ b: String?) -> Bool {
  switch (a, b) {
  case (nil, nil): true
  case (let a?, let b?): sameBytes(a, b)
  default: false
  }
}
