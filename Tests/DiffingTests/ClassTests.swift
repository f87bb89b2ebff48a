/// Classes of edits, case by case, in many scripts.

import Diffing
import Model
import Testing

private func classes(_ before: String, _ after: String) -> [Edit.Class] {
  let found = edits(from: article(before), to: article(after))
  // Wordings too unlike to be one sentence: the field classifies alike.
  guard found.count == 1, found[0].action == .rewording else {
    let asLead = edits(from: ArticleText(lead: before), to: ArticleText(lead: after))
    let classes = asLead.flatMap(\.classes).filter { $0 != .lead }
    return classes.isEmpty ? [.text] : classes
  }
  return found[0].classes
}

@Test(arguments: [
  // English; the first six are what other monitors take for unchanged.
  ("It costs 1.5 million.", "It costs 15 million.", [Edit.Class.number]),
  ("Output fell -3 % in May.", "Output fell 3 % in May.", [.number]),
  ("She saw the therapist.", "She saw the the rapist.", [.text]),
  ("therapist", "the rapist", [.text]),
  ("Did he lie?", "Did he lie.", [.punctuation]),
  ("The peace talks go on.", "The “peace” talks go on.", [.quote, .punctuation]),
  ("Sales rose 3 % in May.", "Sales rose 3% in May.", [.punctuation]),
  ("Sales rose 3% in May.", "Sales rose 3 in May.", [.number]),
  ("It fell −3 points.", "It fell -3 points.", [.punctuation]),
  ("From 3–5 p.m. on.", "From 3-5 p.m. on.", [.punctuation]),
  ("It's a Nato base.", "It’s a NATO base.", [.punctuation]),
  ("It costs $5 now.", "It costs €5 now.", [.number]),
  ("He said “no” to us.", "He said “never” to us.", [.quote]),
  ("He said \"no\" to us.", "He said “no” to us.", [.punctuation]),
  ("He said “two of 3” left.", "He said “two of 4” left.", [.number, .quote]),
  ("He won 3 of 5 seats.", "He won 5 of 3 seats.", [.text]),
  ("It’s the boys’ room.", "It’s the boys room.", [.punctuation]),
  ("Well, it rained.", "Well it rained.", [.punctuation]),
  ("The bridge opens in May.", "The bridge opens in June.", [.text]),
  // French
  ("Le taux est de 3,5 %.", "Le taux est de 35 %.", [.number]),
  ("Il a dit « oui » hier.", "Il a dit « non » hier.", [.quote, .negation]),
  ("Il a dit oui !", "Il a dit oui.", [.punctuation]),
  ("La ministre part.", "Le ministre part.", [.text]),
  ("Il a mangé.", "Il a mange.", [.text]),
  // Italian
  ("Sono 1.500 i morti.", "Sono 1.600 i morti.", [.number]),
  ("Ha detto «sì» ieri.", "Ha detto sì ieri.", [.quote, .punctuation]),
  // Indonesian
  ("Presiden tiba di Jakarta.", "Presiden tiba di Bandung.", [.name]),
  ("Harga naik 10 persen", "Harga naik 10 persen.", [.punctuation]),
  // German
  ("Er sagte „nein“ dazu.", "Er sagte „ja“ dazu.", [.quote]),
  ("Er sagte »nein« dazu.", "Er sagte „nein“ dazu.", [.punctuation]),
  // Russian
  ("Погибли 12 человек.", "Погибли 13 человек.", [.number]),
  ("Он сказал «нет» вчера.", "Он сказал «да» вчера.", [.quote, .negation]),
  ("президент России прибыл", "Президент России прибыл", [.punctuation]),
  // Chinese
  ("他表示“同意”这个计划。", "他表示“反对”这个计划。", [.quote]),
  ("增长了３．５％。", "增长了３５％。", [.number]),
  ("他走了，她留下了。", "他走了她留下了。", [.punctuation]),
  ("美国总统昨天到访。", "法国总统昨天到访。", [.name]),
  // Japanese
  ("彼は「はい」と言った。", "彼は「いいえ」と言った。", [.quote]),
  // Arabic
  ("قتل ٣٥ شخصا في الهجوم.", "قتل ٣٦ شخصا في الهجوم.", [.number]),
  ("هل وصل الرئيس؟", "هل وصل الرئيس.", [.punctuation]),
  ("وصل الرئيس اليوم.", "وصل الوزير اليوم.", [.text]),
  // Hindi
  ("१२ लोग मारे गए।", "१३ लोग मारे गए।", [.number]),
  // Thai
  ("นายกฯ กล่าวว่า ไม่ไป", "นายกฯ กล่าวว่าไม่ไป", [.punctuation]),
  ("มีผู้เสียชีวิต 5,000 คน", "มีผู้เสียชีวิต 500 คน", [.number]),
  // Korean
  ("대통령이 어제 말했다.", "대통령이 오늘 말했다.", [.text]),
])
func `a rewording is classed by what differs`(before: String, after: String, expected: [Edit.Class]) {
  #expect(classes(before, after) == expected)
  #expect(classes(after, before) == expected)
}

@Test(arguments: [
  ("He left.", [Edit.Class.text]),
  ("He paid 5 euros.", [.number]),
  ("He said: “I left.”", [.quote]),
  ("“We lost 3,” he said.", [.number, .quote]),
  ("It ended so.” He went.", [.quote]),
])
func `a sentence that came or went is classed by what it holds`(sentence: String, expected: [Edit.Class]) {
  let kept = ["One sentence stays here.", "Another stays there."]
  let (without, with) = (article([kept]), article([kept + [sentence]]))
  let (came, went) = (edits(from: without, to: with), edits(from: with, to: without))
  #expect(came.map(\.action) == [.addition] && went.map(\.action) == [.deletion])
  #expect(came.map(\.classes) == [expected] && went.map(\.classes) == [expected])
}

@Test func `fields give one edit each with the class of their part`() {
  let old = ArticleText(
    headline: "Ten dead in fire", lead: "A lead.", byline: ["A. Author", "B. Author"],
    published: PartialTimestamp("2026-11-20"))
  let new = ArticleText(
    headline: "Blaze kills 12", byline: ["A. Author"], published: PartialTimestamp("2026-11-21"))
  let found = edits(from: old, to: new)
  #expect(found.map(\.part) == [.headline, .lead, .byline, .published])
  #expect(found.map(\.action) == [.rewording, .deletion, .rewording, .rewording])
  #expect(found.map(\.classes) == [[.headline, .number], [.lead], [.byline], [.date]])
  #expect(found[2].before == "A. Author, B. Author")
  #expect(edits(from: ArticleText(), to: ArticleText(headline: "New")).map(\.action) == [.addition])
}

@Test func `names of a byline joined otherwise are an edit`() {
  let found = edits(from: ArticleText(byline: ["A, B"]), to: ArticleText(byline: ["A", "B"]))
  #expect(found.map(\.classes) == [[.byline]])
}

@Test func `a headline tried two ways and back is a rewording each time`() {
  let a = ArticleText(headline: "Mayor quits", blocks: [block(["Text."])])
  let b = ArticleText(headline: "Why the mayor quit", blocks: [block(["Text."])])
  for (old, new) in [(a, b), (b, a)] {
    let found = edits(from: old, to: new)
    #expect(found.map(\.classes) == [[.headline]])
    #expect(found.first?.before == old.headline && found.first?.after == new.headline)
  }
}

@Test func `a correction notice and a caption are told by their part`() {
  let old = article([["The fire killed many people."]])
  var new = old
  new.blocks.append(block(["Correction: an earlier version gave a wrong place."], .notice))
  new.blocks.append(block(["The house in 2019."], .caption))
  let found = edits(from: old, to: new)
  #expect(found.map(\.classes) == [[.correctionNotice], [.number, .caption]])
  #expect(found.map(\.part) == [.notice, .caption])
}
