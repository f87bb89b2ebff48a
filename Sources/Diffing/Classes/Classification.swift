/// What kind of difference an edit is.

import Model
import Segmentation

/// Gives the edits between two texts their classes. docs/DIFFING.md defines each class.
struct Classifier {
  private let language: String?
  private let names: NameSpotter

  init(_ old: ArticleText, _ new: ArticleText) {
    language = new.language ?? old.language
    names = NameSpotter(old, new)
  }

  /// The classes of an edit in some part, in the order of `Edit.Class`; at least one. Nil stands for no wording: an
  /// addition or a deletion. Equal wordings are a move.
  func classes(_ part: Edit.Part, _ before: String?, _ after: String?) -> [Edit.Class] {
    var found: Set<Edit.Class> = []
    switch part {
    case .headline: found.insert(.headline)
    case .lead: found.insert(.lead)
    case .byline: return [.byline]
    case .published: return [.date]
    case .caption: found.insert(.caption)
    case .notice: found.insert((after ?? before).flatMap { NoticeKind(of: $0) }?.editClass ?? .notice)
    case .paragraph, .heading, .item, .quote, .table: break
    }
    switch (before, after) {
    case (let before?, let after?):
      if !sameBytes(before, after) { found.formUnion(ofRewording(part, before, after)) }
    case (let text?, nil), (nil, let text?):
      if hasNumber(text) { found.insert(.number) }
      if !quotations(in: text).isEmpty { found.insert(.quote) }
      if hasAddress(text) { found.insert(.link) }
      if found.isEmpty || found == [.number] || found == [.link], isFurniture(text) { found.insert(.furniture) }
      if part == .paragraph || part == .item, let kind = NoticeKind(ofLabelled: text) { found.insert(kind.editClass) }
    case (nil, nil): break
    }
    return found.isEmpty ? [.text] : Edit.Class.allCases.filter(found.contains)
  }

  private func ofRewording(_ part: Edit.Part, _ before: String, _ after: String) -> Set<Edit.Class> {
    var found: Set<Edit.Class> = []
    let rephrasing = Rephrasing(before, after)
    let places = rephrasing.changes
    let changes = places.map { WordChange(rephrasing, $0.old, $0.new) }
    var (oldNumbers, newNumbers): ([String], [String]) = ([], [])
    var isSameInWords = true
    let reader = QuantityReader(language)
    for window in rephrasing.windows(of: places) {
      let old = Skeleton(of: rephrasing.old.text(window.old))
      let new = Skeleton(of: rephrasing.new.text(window.new))
      if old.items != new.items { isSameInWords = false }
      oldNumbers += reader.quantities(in: old).map(\.comparable)
      newNumbers += reader.quantities(in: new).map(\.comparable)
    }
    if oldNumbers != newNumbers, oldNumbers.sorted() != newNumbers.sorted() { found.insert(.number) }
    if quotations(in: before) != quotations(in: after) { found.insert(.quote) }
    if changes.contains(where: \.differsInAddress) { found.insert(.link) }
    if isSameInWords {
      found.insert(.punctuation)
      return found
    }
    let (negation, hedge) = (negations.lexicon(for: language), hedges.lexicon(for: language))
    for change in changes {
      if negation.count(in: change.old) != negation.count(in: change.new) { found.insert(.negation) }
      if hedge.count(in: change.old) != hedge.count(in: change.new) { found.insert(.hedge) }
    }
    if names.differ(rephrasing, isHeadline: part == .headline) { found.insert(.name) }
    if found.isEmpty, isTypo(changes, rephrasing) { found.insert(.typo) }
    if isFurniture(before), isFurniture(after) { found.insert(.furniture) }
    return found
  }
}

extension Quantity {
  /// What makes two the same.
  fileprivate var comparable: String { "\(text) \(unit ?? "")" }
}

/// The words that went and came at one place, lower case, without marks and spaces.
struct WordChange {
  let old: [[UInt8]]
  let new: [[UInt8]]
  /// Whether the URLs and mail addresses among them are not the same ones.
  let differsInAddress: Bool

  init(_ rephrasing: Rephrasing, _ oldRange: Range<Int>, _ newRange: Range<Int>) {
    old = rephrasing.old.words(oldRange)
    new = rephrasing.new.words(newRange)
    differsInAddress = !rephrasing.old.addresses(oldRange).elementsEqual(rephrasing.new.addresses(newRange))
  }
}

extension Tokens {
  /// All of it.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The tokens with a letter or digit, lower case, `’` made straight, and cut after an elided article or particle
  /// (`n'est` is `n'` and `est`).
  fileprivate func words(_ tokens: Range<Int>) -> [[UInt8]] {
    var out: [[UInt8]] = []
    for token in tokens where isWord(token) {
      var word = Array(bytes[ranges[token]])
      foldCase(&word)
      straightenApostrophes(&word)
      if let mark = word.prefix(3).firstIndex(of: UInt8(ascii: "'")), mark + 1 < word.count {
        out.append(Array(word[...mark]))
        out.append(Array(word[(mark + 1)...]))
      } else {
        out.append(word)
      }
    }
    return out
  }

  fileprivate func addresses(_ tokens: Range<Int>) -> [ArraySlice<UInt8>] {
    tokens.lazy.map { bytes[ranges[$0]] }.filter { $0.count > 4 && holdsAddress(inUTF8: Array($0)) }
  }
}

/// Whether a text holds a URL or a mail address.
private func hasAddress(_ text: String) -> Bool { holdsAddress(inUTF8: Array(text.utf8)) }
