/// The sentences of an article's body in one row, as the alignment takes them, each with its place in its block.

import Model

/// One sentence of a body.
struct BodySentence {
  let text: String
  let kind: Block.Kind
  let joint: Joint

  /// What stands between a sentence and the one before it.
  enum Joint {
    /// A new block begins.
    case block
    case space
    /// The same block, and no space.
    case nothing

    var text: String {
      switch self {
      case .block: "\n"
      case .space: " "
      case .nothing: ""
      }
    }
  }
}

extension ArticleText {
  /// All sentences of all blocks, in order.
  var bodySentences: [BodySentence] {
    var out: [BodySentence] = []
    out.reserveCapacity(blocks.reduce(0) { $0 + $1.sentences.count })
    for block in blocks {
      for (i, sentence) in block.sentences.enumerated() {
        let joint: BodySentence.Joint = i == 0 ? .block : sentence.follows ? .space : .nothing
        out.append(BodySentence(text: sentence.text, kind: block.kind, joint: joint))
      }
    }
    return out
  }
}

/// Whether two texts are the same bytes. Swift's `==` also takes canonically equivalent ones for the same.
func sameBytes(_ a: String, _ b: String) -> Bool {
  guard a.utf8.count == b.utf8.count else { return false }
  var (a, b) = (a, b)
  return a.withUTF8 { a in b.withUTF8 { b in a.elementsEqual(b) } }
}
