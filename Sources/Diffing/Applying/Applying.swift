/// The inverse of `edits`: an old text and the edits give the new text.

import Model

/// Why edits do not fit a text.
public enum ApplyError: Error, Hashable {
  /// The edit of this number, from 0, takes out or replaces what the text does not say there.
  case otherText(edit: Int)
  /// The edit of this number lacks what says where it belongs, or names a place that the text does not have.
  case noPlace(edit: Int)
  /// The edit of this number gives a date of publication that is none.
  case badDate(edit: Int)

  public var code: String {
    switch self {
    case .otherText: "other-text"
    case .noPlace: "no-place"
    case .badDate: "bad-date"
    }
  }

  public var message: String {
    switch self {
    case .otherText(let n): "edit \(n + 1) is of another text: what it replaces does not stand there"
    case .noPlace(let n): "edit \(n + 1) does not say where it belongs, or names a place that is not there"
    case .badDate(let n): "edit \(n + 1) gives a date that is none"
    }
  }
}

/// What `edits(from: old, to: new)` makes of `old`: a text with the canonical text of `new`, byte for byte. How blocks are
/// cut into sentences may differ, and what no edit tells (language, site, date of modification) stays.
public func apply(_ edits: [Edit], to old: ArticleText) throws(ApplyError) -> ArticleText {
  var text = old
  var body = BodyApplication(old.bodySentences)
  // Two fields may have changed places: all are taken out before one is put in.
  for (n, edit) in edits.enumerated() where !edit.beforeFields.isEmpty {
    let lines = try edit.lines(edit.before, of: edit.beforeFields, number: n)
    for (field, line) in zip(edit.beforeFields, lines) {
      guard sameText(text.field(field), line) else { throw .otherText(edit: n) }
      _ = text.set(field, nil)
    }
  }
  for (n, edit) in edits.enumerated() {
    let lines = try edit.lines(edit.after, of: edit.afterFields, number: n)
    for (field, line) in zip(edit.afterFields, lines) {
      guard text.field(field) == nil else { throw .otherText(edit: n) }
      guard text.set(field, line) else { throw .badDate(edit: n) }
    }
    if edit.part.kind != nil || edit.crossing != nil { try body.take(edit, number: n) }
  }
  text.blocks = body.blocks()
  return text
}

extension Edit {
  /// What a wording says in each of the fields that it begins with.
  fileprivate func lines(_ wording: String?, of fields: [Part], number n: Int) throws(ApplyError) -> [String] {
    guard let wording, crossing != nil else { return wording.map { [$0] } ?? [] }
    let lines = wording.split(separator: "\n", omittingEmptySubsequences: false).prefix(fields.count)
    guard lines.count == fields.count, fields.allSatisfy({ $0.kind == nil }) else { throw .noPlace(edit: n) }
    return lines.map(String.init)
  }
}

extension ArticleText {
  /// The inverse of `field`; false when the value cannot be one.
  fileprivate mutating func set(_ part: Edit.Part, _ value: String?) -> Bool {
    switch part {
    case .headline: headline = value ?? ""
    case .lead: lead = value
    case .byline:
      let names = value ?? ""
      byline =
        names.utf8.last == 10
        ? names.split(separator: "\n").map(String.init)
        : names.isEmpty ? [] : names.components(separatedBy: ", ")
    case .published:
      published = value.flatMap(PartialTimestamp.init)
      return value == nil || published != nil
    default: return false
    }
    return true
  }
}

extension String {
  /// The pieces between the places where the separator stands, compared byte for byte.
  fileprivate func components(separatedBy separator: String) -> [String] {
    let (bytes, mark) = (Array(utf8), Array(separator.utf8))
    var out: [String] = []
    var (start, i) = (0, 0)
    while i + mark.count <= bytes.count {
      if bytes[i..<(i + mark.count)].elementsEqual(mark) {
        out.append(String(decoding: bytes[start..<i], as: UTF8.self))
        i += mark.count
        start = i
      } else {
        i += 1
      }
    }
    return out + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}

/// The body of an old text while it is being changed.
private struct BodyApplication {
  private struct Piece {
    let text: String
    let kind: Block.Kind
    let joint: Edit.Joint
  }

  private let old: [BodySentence]
  private var goes: [Bool]
  /// What comes before the old sentence of each index, in order, and what then joins that sentence.
  private var comes: [Int: [Piece]] = [:]
  private var closings: [Int: Edit.Joint] = [:]
  private var kinds: [Int: Block.Kind] = [:]
  private var openings: [Int: Edit.Joint] = [:]

  init(_ old: [BodySentence]) {
    self.old = old
    goes = Array(repeating: false, count: old.count)
  }

  mutating func take(_ edit: Edit, number n: Int) throws(ApplyError) {
    // From field to field.
    if edit.crossing != nil, edit.beforeRange == nil, edit.afterRange == nil { return }
    guard let seams = edit.seams, (0...old.count).contains(seams.place),
      let kind = edit.part.kind ?? seams.kinds.first ?? (edit.afterRange == nil ? .paragraph : nil)
    else { throw .noPlace(edit: n) }
    if let range = edit.beforeRange {
      guard range.lowerBound >= 0, !range.isEmpty, range.upperBound <= old.count else { throw .noPlace(edit: n) }
      guard let before = edit.beforeInBody, sameBytes(before, old.text(range)) else { throw .otherText(edit: n) }
    }
    if edit.isLayout {
      kinds[seams.place] = kind
      openings[seams.place] = seams.opening
      return
    }
    for i in edit.beforeRange ?? 0..<0 { goes[i] = true }
    if let after = edit.crossing == nil ? edit.after : edit.afterInBody {
      for (k, line) in after.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let joint = k == 0 ? seams.opening ?? .block : .block
        let its = k < seams.kinds.count ? seams.kinds[k] : kind
        comes[seams.place, default: []].append(Piece(text: String(line), kind: its, joint: joint))
      }
    }
    if let closing = seams.closing { closings[seams.place] = closing }
  }

  func blocks() -> [Block] {
    var out: [Block] = []
    var (kind, sentences): (Block.Kind, [Sentence]) = (.paragraph, [])
    func close() {
      if !sentences.isEmpty { out.append(Block(kind: kind, sentences: sentences)) }
    }
    func add(_ text: String, _ its: Block.Kind, _ joint: Edit.Joint) {
      if joint == .block || sentences.isEmpty {
        close()
        (kind, sentences) = (its, [Sentence(text, follows: false)])
      } else {
        sentences.append(Sentence(text, follows: joint == .space))
      }
    }
    var lastStaying = -1
    var closing: Edit.Joint?
    for i in 0...old.count {
      for piece in comes[i] ?? [] { add(piece.text, piece.kind, piece.joint) }
      closing = closings[i] ?? closing
      guard i < old.count, !goes[i] else { continue }
      let own = openings[i] ?? closing ?? old.strongestJoint((lastStaying + 1)..<(i + 1))
      add(old[i].text, kinds[i] ?? old[i].part.kind ?? .paragraph, own)
      (lastStaying, closing) = (i, nil)
    }
    close()
    return out
  }
}
