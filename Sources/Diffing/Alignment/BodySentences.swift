/// The sentences of an article's body in one row, as the alignment takes them, each with its place in its block.

import Model

/// One sentence of a body.
struct BodySentence {
  let text: String
  let kind: Block.Kind
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
        out.append(BodySentence(text: sentence.text, kind: block.kind, joint: joint))
      }
    }
    return out
  }
}

extension [BodySentence] {
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
