/// What kind of difference an edit is.

import Model

/// The classes of an edit in some part, in the order of `Edit.Class`; at least one. Nil stands for no wording: an
/// addition or a deletion. Equal wordings are a move.
///
/// - headline, lead, byline, date, notice, caption: by the part;
/// - number: the two wordings' numbers differ as multisets (`Skeleton`); text that came or went has one;
/// - quote: what stands in quotation marks differs (`quotations`); text that came or went has some;
/// - punctuation: words, numbers and signs are the same, one after the other;
/// - text: none of these.
func classes(_ part: Edit.Part, _ before: String?, _ after: String?) -> [Edit.Class] {
  var (differsInNumber, differsInQuote, differsInMarksOnly) = (false, false, false)
  switch (before, after) {
  case (let before?, let after?):
    if !sameBytes(before, after) {
      let (old, new) = (Skeleton(of: before), Skeleton(of: after))
      differsInNumber = old.numbers != new.numbers && old.numbers.sorted() != new.numbers.sorted()
      differsInQuote = quotations(in: before) != quotations(in: after)
      differsInMarksOnly = old.items == new.items
    }
  case (let text?, nil), (nil, let text?):
    differsInNumber = hasNumber(text)
    differsInQuote = !quotations(in: text).isEmpty
  case (nil, nil): break
  }
  var found: [Edit.Class] = []
  switch part {
  case .headline: found.append(.headline)
  case .lead: found.append(.lead)
  case .byline: found.append(.byline)
  case .published: return [.date]
  case .notice: found.append(.notice)
  case .caption, .paragraph, .heading, .item, .quote, .table: break
  }
  if differsInNumber { found.append(.number) }
  if differsInQuote { found.append(.quote) }
  if part == .caption { found.append(.caption) }
  if differsInMarksOnly { found.append(.punctuation) }
  return found.isEmpty ? [.text] : found
}
