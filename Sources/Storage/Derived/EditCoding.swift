import Model

/// How the edits of one revision are written. docs/FORMAT.md, "Edits of a revision".
///
///     edits := count (varint) head × count  body × count
///     head  := varint of set of classes × 8 + moved × 4 + action
///     body  := part (1 octet) side (before) side (after)
///     side  := form (1 octet) and what the form has
///
/// Wordings that stand in the texts, nearly all of them, are named by their places there. The heads come first, so that a
/// log needs no texts.
enum EditCoding {
  private enum Form: UInt8 {
    case none = 0
    /// The sentence at an index.
    case sentence
    /// So many sentences from an index on, as they stood.
    case sentences
    /// The field that is the edit's part.
    case field
    /// A text of its own, without an index.
    case text
    /// A text of its own, and an index.
    case indexedText
    /// An index alone.
    case index
    /// Fields, a line each, and so many sentences from an index on after them.
    case fields
  }

  /// The fields that such a side may begin with, in the order of their bits.
  private static let crossed: [Edit.Part] = [.headline, .lead]

  static func encode(_ edits: [Edit], from old: ArticleText, to new: ArticleText) -> [UInt8] {
    var out = VarintWriter()
    out.append(edits.count)
    for edit in edits { out.append(bits(edit.classes) << 3 | (edit.isMoved ? 4 : 0) | edit.action.code) }
    var (before, after) = (Side(old), Side(new))
    for edit in edits {
      out.bytes.append(edit.part.code)
      before.write(edit.before, edit.beforeRange, edit.part, edit.crossing?.before ?? [], to: &out)
      after.write(edit.after, edit.afterRange, edit.part, edit.crossing?.after ?? [], to: &out)
    }
    return out.bytes
  }

  /// Nil when these octets are no edits between such texts.
  static func decode(_ bytes: [UInt8], from old: ArticleText, to new: ArticleText) -> [Edit]? {
    var input = VarintReader(bytes)
    guard let heads = heads(&input) else { return nil }
    var (before, after) = (Side(old), Side(new))
    var edits: [Edit] = []
    for head in heads {
      guard let part = input.octet().flatMap({ Edit.Part(code: $0) }), let was = before.read(part, from: &input),
        let now = after.read(part, from: &input)
      else { return nil }
      edits.append(
        Edit(
          action: head.action, classes: head.classes, part: part, before: was.text, after: now.text,
          beforeRange: was.range, afterRange: now.range, isMoved: head.isMoved,
          crossing: was.fields.isEmpty && now.fields.isEmpty
            ? nil : Edit.Crossing(before: was.fields, after: now.fields)))
    }
    return input.isAtEnd ? edits : nil
  }

  /// The set of all classes of some edits, for `revision.classes`.
  static func set(_ edits: [Edit]) -> Int64 { Int64(edits.reduce(0) { $0 | bits($1.classes) }) }

  /// The same of classes alone.
  static func set(of classes: Set<Edit.Class>) -> Int64 { Int64(bits(Array(classes))) }

  /// The classes of such a set.
  static func classes(of set: Int64) -> Set<Edit.Class> {
    Set(Edit.Class.allCases.filter { UInt64(bitPattern: set) & $0.bit != 0 })
  }

  private static func bits(_ classes: [Edit.Class]) -> UInt64 { classes.reduce(0) { $0 | $1.bit } }

  /// The classes of each edit alone.
  static func classes(_ bytes: [UInt8]) -> [[Edit.Class]]? {
    var input = VarintReader(bytes)
    return heads(&input)?.map(\.classes)
  }

  private typealias Head = (action: Edit.Action, classes: [Edit.Class], isMoved: Bool)

  private static func heads(_ input: inout VarintReader) -> [Head]? {
    guard let count = input.count() else { return nil }
    var heads: [Head] = []
    heads.reserveCapacity(count)
    for _ in 0..<count {
      guard let head = input.varint(), let action = Edit.Action.allCases.first(where: { $0.code == head & 3 }) else {
        return nil
      }
      let classes = Edit.Class.allCases.filter { head >> 3 & $0.bit != 0 }
      guard !classes.isEmpty, bits(classes) == head >> 3 else { return nil }
      heads.append((action, classes, head & 4 != 0))
    }
    return heads
  }

  /// One of the two texts, and where the last edit stood in it.
  private struct Side {
    private let text: ArticleText
    /// The body's sentences, each with what stands between it and the one before.
    private var sentences: [(joint: String, text: String)] = []
    private var last: Int64 = 0

    init(_ text: ArticleText) {
      self.text = text
      for block in text.blocks {
        for (i, sentence) in block.sentences.enumerated() {
          sentences.append((i == 0 ? "\n" : sentence.follows ? " " : "", sentence.text))
        }
      }
    }

    mutating func write(
      _ wording: String?, _ range: Range<Int>?, _ part: Edit.Part, _ fields: [Edit.Part], to out: inout VarintWriter
    ) {
      func form(_ form: Form) { out.bytes.append(form.rawValue) }
      if !fields.isEmpty {
        form(.fields)
        out.bytes.append(crossed.indices.reduce(0) { fields.contains(crossed[$1]) ? $0 | 1 << $1 : $0 })
        out.append(range?.count ?? 0)
        if let range { write(range.lowerBound, to: &out) }
        return
      }
      switch (wording, range) {
      case (nil, nil): form(.none)
      case (nil, let range?):
        form(.index)
        write(range.lowerBound, to: &out)
      case (let wording?, nil):
        if let field = text.field(part), sameBytes(field, wording) { return form(.field) }
        form(.text)
        out.append(text: wording)
      case (let wording?, let range?):
        let start = range.lowerBound
        switch run(from: start, saying: wording) {
        case 1:
          form(.sentence)
          write(start, to: &out)
        case let count?:
          form(.sentences)
          write(start, to: &out)
          out.append(count)
        case nil:
          form(.indexedText)
          write(start, to: &out)
          out.append(text: wording)
        }
      }
    }

    private mutating func write(_ index: Int, to out: inout VarintWriter) {
      out.append(VarintWriter.zigzag(Int64(index) - last))
      last = Int64(index)
    }

    typealias Read = (text: String?, range: Range<Int>?, fields: [Edit.Part])

    mutating func read(_ part: Edit.Part, from input: inout VarintReader) -> Read? {
      guard let form = input.octet().flatMap({ Form(rawValue: $0) }) else { return nil }
      switch form {
      case .none: return (nil, nil, [])
      case .field: return text.field(part).map { ($0, nil, []) }
      case .text: return input.text().map { ($0, nil, []) }
      case .fields: return readFields(from: &input)
      case .sentence, .sentences, .indexedText, .index: break
      }
      guard let index = readIndex(from: &input) else { return nil }
      switch form {
      case .indexedText: return input.text().map { ($0, index..<(index + 1), []) }
      case .index: return (nil, index..<(index + 1), [])
      case .sentence: return joined(from: index, 1).map { ($0, index..<(index + 1), []) }
      default:
        guard let count = input.varint().flatMap({ Int(exactly: $0) }), let joined = joined(from: index, count) else {
          return nil
        }
        return (joined, index..<(index + count), [])
      }
    }

    private mutating func readFields(from input: inout VarintReader) -> Read? {
      guard let set = input.octet(), set > 0, set < 1 << crossed.count,
        let count = input.varint().flatMap({ Int(exactly: $0) })
      else { return nil }
      let fields = crossed.indices.filter { set & 1 << $0 != 0 }.map { crossed[$0] }
      var lines = fields.compactMap(text.field)
      guard lines.count == fields.count else { return nil }
      if count == 0 { return (lines.joined(separator: "\n"), nil, fields) }
      guard let index = readIndex(from: &input), let joined = joined(from: index, count) else { return nil }
      lines.append(joined)
      return (lines.joined(separator: "\n"), index..<(index + count), fields)
    }

    private mutating func readIndex(from input: inout VarintReader) -> Int? {
      guard let delta = input.varint() else { return nil }
      last &+= VarintReader.signed(delta)
      return Int(exactly: last).flatMap { $0 < Int.max ? $0 : nil }
    }

    /// How many sentences from there on say that; nil when none do.
    private func run(from index: Int, saying wording: String) -> Int? {
      guard sentences.indices.contains(index) else { return nil }
      if sameBytes(sentences[index].text, wording) { return 1 }
      var octets = sentences[index].text.utf8.count
      var count = 1
      while octets < wording.utf8.count, index + count < sentences.count {
        octets += sentences[index + count].joint.utf8.count + sentences[index + count].text.utf8.count
        count += 1
      }
      guard octets == wording.utf8.count, let joined = joined(from: index, count), sameBytes(joined, wording) else {
        return nil
      }
      return count
    }

    private func joined(from index: Int, _ count: Int) -> String? {
      guard sentences.indices.contains(index), (1...(sentences.count - index)).contains(count) else { return nil }
      if count == 1 { return sentences[index].text }
      return sentences[(index + 1)..<(index + count)].reduce(into: sentences[index].text) { $0 += $1.joint + $1.text }
    }
  }
}

extension Edit.Action {
  /// Its number in derived blobs.
  fileprivate var code: UInt64 {
    switch self {
    case .addition: 0
    case .deletion: 1
    case .rewording: 2
    case .move: 3
    }
  }
}

extension Edit.Class {
  /// Its place in sets of classes, of edits and in `revision.classes`.
  fileprivate var bit: UInt64 {
    switch self {
    case .headline: 1
    case .lead: 1 << 1
    case .byline: 1 << 2
    case .date: 1 << 3
    case .notice: 1 << 4
    case .number: 1 << 5
    case .quote: 1 << 6
    case .caption: 1 << 7
    case .punctuation: 1 << 8
    case .layout: 1 << 9
    case .text: 1 << 10
    case .correctionNotice: 1 << 11
    case .updateNotice: 1 << 12
    case .negation: 1 << 13
    case .name: 1 << 14
    case .hedge: 1 << 15
    case .link: 1 << 16
    case .typo: 1 << 17
    case .furniture: 1 << 18
    }
  }
}
