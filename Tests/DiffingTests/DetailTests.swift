/// Numbers with values and units, quotations with speakers, stealth, noise, patches.

import CommandRunner
import Diffing
import Model
import Testing

@Test(arguments: [
  ("It costs 1.5 million euros.", "It costs 15 million euros.", "en", "1.5", "15", "million euros"),
  ("Output fell -3 % in May.", "Output fell 3 % in May.", "en", "-3", "3", "%"),
  ("Il coûte 1.500 euros.", "Il coûte 1.600 euros.", "fr", "1500", "1600", "euros"),
  ("It sold 1,500 boats.", "It sold 1,600 boats.", "en", "1500", "1600", nil),
  ("Es waren 3,5 Prozent.", "Es waren 4,5 Prozent.", "de", "3.5", "4.5", "%"),
  ("قتل ٣٥ شخصا.", "قتل ٣٦ شخصا.", "ar", "35", "36", nil),
  ("It costs $5 now.", "It costs $6 now.", "en", "5", "6", "$"),
  ("They found three boats.", "They found four boats.", "en", "3", "4", nil),
  ("增长了３．５％。", "增长了４．５％。", "zh", "3.5", "4.5", "%"),
])
func `a number is told with its old and new value and its unit`(
  before: String, after: String, language: String, old: String, new: String, unit: String?
) {
  let found = numberChanges(from: before, to: after, language: language)
  #expect(found.map(\.before?.value) == [old] && found.map(\.after?.value) == [new])
  #expect(found.first?.before?.unit == unit && found.first?.after?.unit == unit)
}

@Test func `a number whose separators leave it open has no value`() {
  let found = numberChanges(from: "It sold 1.500 boats.", to: "It sold 1.600 boats.")
  #expect(found.map(\.before?.text) == ["1.500"] && found.map(\.before?.value) == [nil])
}

@Test(arguments: [
  ("“I never agreed to that,” the mayor said.", "the mayor"), ("“We lost,” said Jane Doe, the captain.", "Jane Doe"),
  ("The captain, Jane Doe, said: “We lost.”", "Jane Doe"), ("“We lost,” she added.", "she"),
  ("« Nous avons perdu », a déclaré Jeanne Petit.", "Jeanne Petit"),
  ("„Wir haben verloren“, sagte Anna Weber am Montag.", "Anna Weber am Montag"),
  ("市长表示：“我不同意。”", "市长"), ("市長は「反対だ」と述べた。", nil), ("“We lost.”", nil),
])
func `a quotation has the speaker that stands by its verb`(text: String, speaker: String?) {
  #expect(quotes(in: text).map(\.speaker) == [speaker])
}

@Test func `a quotation that was reworded has both wordings`() {
  let found = quoteChanges(from: "“I will go,” Ann Lee said.", to: "“I may go,” Ann Lee said.")
  #expect(found.map(\.before?.text) == ["I will go,"] && found.map(\.after?.text) == ["I may go,"])
  #expect(found.map(\.after?.speaker) == ["Ann Lee"])
  #expect(quoteChanges(from: nil, to: "“Yes,” he said.").map(\.before) == [nil])
}

@Test func `a substantive edit without a notice and a new date is stealth`() {
  let old = article([["The fire killed 12 people.", "The mayor came."]])
  let new = article([["The fire killed 21 people.", "The mayor came."]])
  #expect(isStealth(edits(from: old, to: new), from: old, to: new))
  var dated = new
  dated.modified = PartialTimestamp("2026-11-21")
  #expect(!isStealth(edits(from: old, to: dated), from: old, to: dated))
  var corrected = new
  corrected.blocks.append(block(["Correction: 21 people were killed, not 12."], .notice))
  #expect(!isStealth(edits(from: old, to: corrected), from: old, to: corrected))
  var updated = new
  updated.blocks.append(block(["Update: the fire is out."], .notice))
  #expect(isStealth(edits(from: old, to: updated), from: old, to: updated))
  // The notice goes again: nothing new is owned up to.
  #expect(isStealth(edits(from: corrected, to: old), from: corrected, to: old))
}

@Test func `edits without substance are no stealth`() {
  for (before, after) in [
    ("He said \"no\" to us.", "He said “no” to us."),
    ("The goverment fell on Monday night.", "The government fell on Monday night."),
    ("It rained a lot.", "It rained very much."),
  ] {
    let (old, new) = (article(before), article(after))
    #expect(!isStealth(edits(from: old, to: new), from: old, to: new), "\(after)")
  }
  let (old, new) = (ArticleText(headline: "Mayor quits"), ArticleText(headline: "Mayor quits!"))
  #expect(!isStealth(edits(from: old, to: new), from: old, to: new))
}

@Test func `a patch makes the new canonical text of the old one, and of no other`() throws {
  var maker = ArticleMaker(random: SplitMix64(seed: 43))
  for _ in 0..<200 {
    let old = maker.article()
    let new = maker.edited(old)
    let patch = patch(from: old, to: new)
    #expect(try apply(patch: patch, to: old.canonicalText) == new.canonicalText)
    #expect(patch.isEmpty == (old.digest == new.digest))
    if !patch.isEmpty {
      #expect(throws: PatchError.self) { try apply(patch: patch, to: new.canonicalText) }
    }
  }
}

@Test func `a patch that was damaged is refused`() {
  let (old, new) = (article([["One."], ["Two."], ["Three."]]), article([["One."], ["Zwei."], ["Three."]]))
  let good = patch(from: old, to: new)
  for (damage, by) in [
    ("Zwei", "Drei"), ("-paragraph Two", "-paragraph Too"), ("@@ -", "@ -"), ("1,5 ", "1,9 "), ("sha256", "md5"),
  ] {
    #expect(throws: PatchError.self) { try apply(patch: good.replacing(damage, with: by), to: old.canonicalText) }
  }
  #expect(throws: PatchError.malformed(line: 1)) { try apply(patch: "nonsense", to: old.canonicalText) }
}
