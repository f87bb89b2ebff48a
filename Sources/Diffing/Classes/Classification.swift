/// What kind of difference an edit is.

import Model
import Segmentation

/// Gives the edits between two texts their classes. docs/DIFFING.md defines each class.
final class Classifier {
  private let (old, new): (ArticleText, ArticleText)
  /// A primary subtag.
  private let language: String?
  // Made when first asked: word lists take time to make, and names are learnt from much of both texts.
  private lazy var names = NameSpotter(old, new, language)
  private lazy var reader = QuantityReader(language)
  private lazy var negation = NegationReader(language)
  private lazy var hedge = hedges.lexicon(for: language)

  init(_ old: ArticleText, _ new: ArticleText) {
    (self.old, self.new) = (old, new)
    language = (new.language ?? old.language).map(primarySubtag)
  }

  /// The classes of an edit in some part, in the order of `Edit.Class`; at least one. Nil stands for no wording: an
  /// addition or a deletion. Equal wordings are a move.
  ///
  /// - Parameter isQuoted: whether it stands, before or after, inside a quotation that sentences around it open and close.
  func classes(_ part: Edit.Part, _ before: String?, _ after: String?, isQuoted: Bool = false) -> [Edit.Class] {
    var found: [Edit.Class] = []
    switch part {
    case .headline: found.append(.headline)
    case .lead: found.append(.lead)
    case .byline: return [.byline]
    case .published: return [.date]
    case .caption: found.append(.caption)
    case .notice: found.append((after ?? before).map { NoticeKind(of: $0).editClass } ?? .notice)
    case .paragraph, .heading, .item, .quote, .table: break
    }
    switch (before, after) {
    case (let before?, let after?):
      if !sameBytes(before, after) { found += ofRewording(part, before, after, isQuoted: isQuoted) }
    case (let text?, nil), (nil, let text?):
      let isLinked = hasAddress(text)
      if hasNumber(isLinked ? Tokens(Array(text.utf8)).textWithoutAddresses : text) { found.append(.number) }
      if isQuoted || !quotations(in: text).isEmpty { found.append(.quote) }
      if isLinked { found.append(.link) }
      if found.isEmpty || found == [.number] || found == [.link], isFurniture(text) { found.append(.furniture) }
      if part == .paragraph || part == .item, let kind = NoticeKind(ofLabelled: text) { found.append(kind.editClass) }
    case (nil, nil): break
    }
    switch found.count {
    case 0: return [.text]
    case 1: return found
    default: return Edit.Class.allCases.filter(found.contains)
    }
  }

  private func ofRewording(_ part: Edit.Part, _ before: String, _ after: String, isQuoted: Bool) -> [Edit.Class] {
    var found: [Edit.Class] = []
    let rephrasing = Rephrasing(before, after)
    let places = rephrasing.changes
    let changes = places.indices.map { WordChange(rephrasing, places, $0) }
    var (oldNumbers, newNumbers): ([String], [String]) = ([], [])
    var isSameInWords = true
    // The digits of an address are no numbers.
    let isLinked = changes.contains(where: \.differsInAddress)
    for window in rephrasing.windows(of: places) {
      var old = Skeleton(of: rephrasing.old.text(window.old))
      var new = Skeleton(of: rephrasing.new.text(window.new))
      if old == new, !isLinked { continue }
      if isSameInWords { isSameInWords = reader.areSameInWords(old, new) }
      if isLinked {
        old = Skeleton(of: rephrasing.old.textWithoutAddresses(window.old))
        new = Skeleton(of: rephrasing.new.textWithoutAddresses(window.new))
      }
      let (before, after) = (reader.quantities(in: old), reader.quantities(in: new))
      let (start, end) = commonEnds(before.count, after.count) { before[$0] == after[$1] }
      oldNumbers += before[start..<(before.count - end)].map(\.comparable)
      newNumbers += after[start..<(after.count - end)].map(\.comparable)
    }
    if oldNumbers != newNumbers, oldNumbers.sorted() != newNumbers.sorted() { found.append(.number) }
    if quotations(in: before) != quotations(in: after) { found.append(.quote) }
    if isLinked { found.append(.link) }
    if isSameInWords, !found.contains(.number) { return found + [.punctuation] }
    if isQuoted { found.append(.quote) }
    if changes.contains(where: { negation.differs(in: $0) }) { found.append(.negation) }
    if changes.contains(where: { hedge.count(in: $0.oldAround) != hedge.count(in: $0.newAround) }) {
      found.append(.hedge)
    }
    let hasUncasedName = zip(changes, places).contains {
      differInUncasedNames($0, rephrasing, $1.old, $1.new, language: language)
    }
    if hasUncasedName || (NameSpotter.mayDiffer(rephrasing) && names.differ(rephrasing, before, after))
      || dottedNames(in: before) != dottedNames(in: after)
    {
      found.append(.name)
    }
    if found.allSatisfy({ $0 == .number || $0 == .name }), isTypo(changes, rephrasing),
      zip(changes, places).allSatisfy({
        mayBeSlip($0, rephrasing.old.text($1.old) + rephrasing.new.text($1.new), language: language)
      })
    {
      // A name that was misspelt is both; a number word that was misspelt is no other number.
      if oldNumbers.count != newNumbers.count { found.removeAll { $0 == .number } }
      if !found.contains(.number) { found.append(.typo) }
    }
    if isFurniture(before), isFurniture(after) { found.append(.furniture) }
    return found
  }
}

/// The words that went and came at one place, lower case, without marks and spaces.
struct WordChange {
  let old: [[UInt8]]
  let new: [[UInt8]]
  /// The same with up to four words on either side that stayed, for phrases that are only partly changed.
  let oldAround: [[UInt8]]
  let newAround: [[UInt8]]
  /// Whether the URLs and mail addresses among them are not the same ones.
  let differsInAddress: Bool

  /// - Parameter places: the changes of the rephrasing, of which this is the kth.
  init(_ rephrasing: Rephrasing, _ places: [(old: Range<Int>, new: Range<Int>)], _ k: Int) {
    let place = places[k]
    old = rephrasing.old.words(place.old)
    new = rephrasing.new.words(place.new)
    differsInAddress = !rephrasing.old.addresses(place.old).elementsEqual(rephrasing.new.addresses(place.new))
    let start = min(8, place.old.lowerBound - (k > 0 ? places[k - 1].old.upperBound : 0))
    let end = min(
      8, (k + 1 < places.count ? places[k + 1].old.lowerBound : rephrasing.old.ranges.count) - place.old.upperBound)
    let before = rephrasing.old.shortWords((place.old.lowerBound - start)..<place.old.lowerBound)
    let after = rephrasing.old.shortWords(place.old.upperBound..<(place.old.upperBound + end))
    oldAround = before + old + after
    newAround = before + new + after
  }
}

extension Tokens {
  /// All of it.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The words of those tokens that are no stretches set aside.
  fileprivate func shortWords(_ tokens: Range<Int>) -> [[UInt8]] {
    tokens.contains(where: isLong) ? [] : words(tokens)
  }

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

  fileprivate var textWithoutAddresses: String { textWithoutAddresses(0..<ranges.count) }

  fileprivate func textWithoutAddresses(_ tokens: Range<Int>) -> String {
    var out: [UInt8] = []
    for token in tokens where addresses(token..<(token + 1)).isEmpty { out += bytes[ranges[token]] }
    return String(decoding: out, as: UTF8.self)
  }

  fileprivate func addresses(_ tokens: Range<Int>) -> [ArraySlice<UInt8>] {
    tokens.lazy.map { bytes[ranges[$0]] }.filter { $0.count > 4 && holdsAddress(inUTF8: Array($0)) }
  }
}

/// Whether a text holds a URL or a mail address.
private func hasAddress(_ text: String) -> Bool { holdsAddress(inUTF8: Array(text.utf8)) }
