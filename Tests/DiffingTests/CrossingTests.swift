/// Edits over the border of a field: what was a heading is the headline now, a headline was cut in two.

import Diffing
import Model
import Testing

private let body = block(["The council signed the contract for the ferry on Monday."])
private let title = "Council signs the contract for the ferry"

@Test func `a heading that became the headline has moved, and nothing was deleted`() throws {
  let inBody = ArticleText(blocks: [block([title], .heading), body])
  let inField = ArticleText(headline: title, blocks: [body])
  let up = edits(from: inBody, to: inField)
  #expect(up.map(\.action) == [.move] && up.first?.part == .headline && up.first?.classes == [.headline])
  #expect(up.first?.crossing == Edit.Crossing(before: [], after: [.headline]))
  #expect(up.first?.beforeRange == 0..<1 && up.first?.afterRange == nil)
  #expect(up.first?.actionInWords == "move, body to headline")
  #expect(!isStealth(up, from: inBody, to: inField))
  let down = edits(from: inField, to: inBody)
  #expect(down.map(\.action) == [.move] && down.first?.part == .heading)
  #expect(down.first?.actionInWords == "move, headline to body")
  try expectInverse(up, inBody, inField)
  try expectInverse(down, inField, inBody)
}

@Test func `a headline cut from the heading under it is one rewording that marks no word`() throws {
  let whole = ArticleText(headline: "Notice: " + title, blocks: [body])
  let cut = ArticleText(headline: "Notice:", blocks: [block([title], .heading), body])
  for (old, new, words) in [
    (whole, cut, "rewording, headline to headline and body"), (cut, whole, "rewording, headline and body to headline"),
  ] {
    let found = edits(from: old, to: new)
    #expect(found.map(\.actionInWords) == [words])
    #expect(found.first?.classes == [.headline, .punctuation] && found.first?.isSubstantive == false)
    let runs = wordRuns(from: found.first?.before ?? "", to: found.first?.after ?? "")
    #expect(runs.filter { $0.change != .same }.allSatisfy { $0.text == " " || $0.text == "\n" })
    try expectInverse(found, old, new)
  }
}

@Test func `a headline that gave way to the heading under it is told with it`() throws {
  let old = ArticleText(headline: "draft 'Ferry'", blocks: [block([title], .heading), body])
  let new = ArticleText(headline: title, blocks: [body])
  let found = edits(from: old, to: new)
  #expect(found.map(\.actionInWords) == ["rewording, headline and body to headline"])
  #expect(found.first?.part == .headline && found.first?.classes.first == .headline)
  #expect(found.first.map(\.isSubstantive) == true && isStealth(found, from: old, to: new))
  try expectInverse(found, old, new)
}

@Test func `another headline over another first paragraph is two edits`() throws {
  let old = ArticleText(
    headline: "Harbour closed by storm", blocks: [block(["Boats stayed at the quay all of Sunday."]), body])
  let new = ArticleText(headline: "Mayor to resign in spring", blocks: [body])
  let found = edits(from: old, to: new)
  #expect(found.map(\.action) == [.rewording, .deletion] && found.allSatisfy { $0.crossing == nil })
  try expectInverse(found, old, new)
}

@Test func `a lead that went into the body, and fields that changed places, have moved`() throws {
  let lead = "A boat every hour, from March on"
  let old = ArticleText(headline: title, lead: lead, blocks: [body])
  let into = ArticleText(headline: title, blocks: [block([lead]), body])
  let found = edits(from: old, to: into)
  #expect(found.map(\.actionInWords) == ["move, lead to body"] && found.first?.classes == [.lead])
  try expectInverse(found, old, into)
  let swapped = ArticleText(headline: lead, lead: title, blocks: [body])
  try expectInverse(edits(from: old, to: swapped), old, swapped)
}

@Test func `a sentence of a paragraph that became the headline leaves the rest as it was`() throws {
  let old = ArticleText(headline: "Ferry", blocks: [block([title + ".", "It runs from March."]), body])
  let new = ArticleText(headline: title + ".", blocks: [block(["It runs from March."]), body])
  for (old, new) in [(old, new), (new, old)] { try expectInverse(edits(from: old, to: new), old, new) }
}

@Test func `edits over a border are not applied to a text that says something else there`() throws {
  let old = ArticleText(headline: "Notice:", blocks: [block([title], .heading), body])
  let new = ArticleText(headline: "Notice: " + title, blocks: [body])
  let found = edits(from: old, to: new)
  var other = old
  other.headline = "Notes:"
  #expect(throws: ApplyError.otherText(edit: 0)) { try apply(found, to: other) }
  other = old
  other.blocks[0] = block(["Another heading"], .heading)
  #expect(throws: ApplyError.otherText(edit: 0)) { try apply(found, to: other) }
  // More fields than lines, two edits for one field, and a place that is not there.
  func edit(_ before: [Edit.Part], _ after: [Edit.Part], seams: Edit.Seams? = nil, range: Range<Int>? = nil) -> Edit {
    Edit(
      action: .rewording, classes: [.headline], part: .headline, before: "Notice:", after: "Notes", afterRange: range,
      seams: seams, crossing: Edit.Crossing(before: before, after: after))
  }
  #expect(throws: ApplyError.noPlace(edit: 0)) { try apply([edit([.headline], [.headline, .lead])], to: old) }
  #expect(throws: ApplyError.noPlace(edit: 0)) { try apply([edit([.headline], [.paragraph])], to: old) }
  #expect(throws: ApplyError.otherText(edit: 0)) { try apply([edit([.lead], [.headline])], to: old) }
  let again = Edit(action: .addition, classes: [.headline], part: .headline, before: nil, after: "Twice")
  #expect(throws: ApplyError.otherText(edit: 1)) { try apply([edit([.headline], [.headline]), again], to: old) }
  #expect(throws: ApplyError.noPlace(edit: 0)) {
    try apply(
      [edit([.headline], [], seams: Edit.Seams(place: 9, opening: .block, closing: nil), range: 0..<1)], to: old)
  }
}

private func expectInverse(_ found: [Edit], _ old: ArticleText, _ new: ArticleText) throws {
  #expect(try apply(found, to: old).canonicalText == new.canonicalText)
  #expect(restore(found.map(\.outline), from: old, to: new) == found)
}
