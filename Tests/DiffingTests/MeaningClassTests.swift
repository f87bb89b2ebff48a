/// Classes that tell what a rewording does to the meaning: names, negation, hedges, links, slips, notices, furniture.

import Diffing
import Model
import Testing

private func classes(_ before: String, _ after: String, _ language: String?) -> [Edit.Class] {
  var (old, new) = (ArticleText(lead: before), ArticleText(lead: after))
  (old.language, new.language) = (language, language)
  return edits(from: old, to: new).flatMap(\.classes).filter { $0 != .lead }
}

@Test(arguments: [
  ("en", "The mayor did not agree to the plan.", "The mayor did agree to the plan."),
  ("en", "It wasn't safe to swim there.", "It was safe to swim there."),
  ("fr", "Le maire n'a pas signé le contrat.", "Le maire a signé le contrat."),
  ("de", "Der Rat hat nicht zugestimmt.", "Der Rat hat zugestimmt."),
  ("es", "El alcalde nunca firmó el contrato.", "El alcalde firmó el contrato."),
  ("it", "Il sindaco non ha firmato.", "Il sindaco ha firmato."),
  ("pt", "O prefeito não assinou o contrato.", "O prefeito assinou o contrato."),
  ("ru", "Мэр не подписал договор вчера.", "Мэр подписал договор вчера."),
  ("id", "Wali kota tidak setuju.", "Wali kota setuju."),
  ("zh", "市长不同意这个计划。", "市长同意这个计划。"),
  ("ja", "市長は計画を認めない。", "市長は計画を認める。"),
  ("ar", "لم يوافق العمدة على الخطة.", "يوافق العمدة على الخطة."),
  ("hi", "महापौर सहमत नहीं हैं।", "महापौर सहमत हैं।"),
  ("th", "นายกเทศมนตรีไม่เห็นด้วย", "นายกเทศมนตรีเห็นด้วย"),
])
func `a negation that went is told in many languages`(language: String, before: String, after: String) {
  #expect(classes(before, after, language).contains(.negation))
  #expect(classes(after, before, language).contains(.negation))
}

@Test(arguments: [
  ("en", "He allegedly took the money.", "He took the money."),
  ("fr", "Il aurait pris l'argent.", "Il a pris l'argent."),
  ("de", "Er hat angeblich das Geld genommen.", "Er hat das Geld genommen."),
  ("es", "El presunto ladrón fue detenido.", "El ladrón fue detenido."),
  ("it", "Il presunto ladro è stato arrestato.", "Il ladro è stato arrestato."),
  ("pt", "O suposto ladrão foi preso.", "O ladrão foi preso."),
  ("ru", "Он якобы взял деньги.", "Он взял деньги."),
  ("zh", "据称他拿走了钱。", "他拿走了钱。"),
  ("ja", "男が盗んだとみられる。", "男が盗んだ。"),
  ("ar", "يزعم أنه أخذ المال.", "أنه أخذ المال."),
  ("id", "Ia diduga mengambil uang itu.", "Ia mengambil uang itu."),
  ("nl", "De vermeende dief is opgepakt.", "De dief is opgepakt."),
])
func `a hedge that went is told in many languages`(language: String, before: String, after: String) {
  #expect(classes(before, after, language).contains(.hedge))
  #expect(classes(after, before, nil).contains(.hedge))
}

@Test func `the same polarity in other words is no negation`() {
  #expect(!classes("She is not here today.", "She isn't here today.", "en").contains(.negation))
  #expect(!classes("He would never agree to it.", "He would not agree to it.", "en").contains(.negation))
  // In Portuguese `no` is "in the".
  #expect(!classes("Ele mora no centro da cidade.", "Ele mora em centro da cidade.", "pt").contains(.negation))
}

@Test(arguments: [
  ("en", "The award went to Jane Smith on Monday.", "The award went to Joan Smith on Monday.", true),
  ("en", "Smith was there when the vote fell.", "Jones was there when the vote fell.", false),
  ("en", "The vote was held on Monday in the hall.", "The vote was held on Tuesday in the hall.", false),
  ("de", "Der Preis ging an Anna Weber aus Bonn.", "Der Preis ging an Anna Huber aus Bonn.", true),
  ("de", "Der Preis ging an einen Verein im Norden.", "Der Preis ging an eine Schule im Norden.", false),
  ("ru", "Премию вручили Анне Ивановой вчера.", "Премию вручили Анне Петровой вчера.", true),
])
func `a name is told by its capital, where capitals tell names`(
  language: String, before: String, after: String, isName: Bool
) {
  #expect(classes(before, after, language).contains(.name) == isName)
}

@Test func `a name that begins a sentence is known from elsewhere in the text`() {
  let rest = "Nobody had asked Smith or Jones before."
  let found = edits(
    from: article([["Smith voted for it at noon.", rest]]), to: article([["Jones voted for it at noon.", rest]]))
  #expect(found.map(\.classes) == [[.name]])
}

@Test(arguments: [
  ("The goverment will recieve it.", "The government will receive it.", true),
  ("Paris in the the spring is nice.", "Paris in the spring is nice.", true),
  ("Teh boats left at dawn.", "The boats left at dawn.", true),
  ("She saw the therapist.", "She saw the the rapist.", false),
  ("The minister spoke at noon.", "The ministers spoke at noon.", false),
  ("He was untied by them.", "He was united by them.", true),
])
func `a slip is one letter inside a word, or a word that stood twice`(before: String, after: String, isTypo: Bool) {
  #expect(classes(before, after, "en").contains(.typo) == isTypo)
}

@Test func `an address that differs is a link`() {
  #expect(classes("More at https://a.example/b today.", "More at https://a.example/c today.", "en") == [.link])
  let found = edits(from: article([["One stays."]]), to: article([["One stays."], ["Write to desk@post.example."]]))
  #expect(found.map(\.classes) == [[.link]])
}

@Test(arguments: [
  ("Correction: the bridge is 40 m long.", Edit.Class.correctionNotice),
  ("Rectificatif : le pont est long.", .correctionNotice),
  ("Korrektur: Die Brücke ist länger.", .correctionNotice), ("更正：大桥长四十米。", .correctionNotice),
  ("This article has been corrected.", .correctionNotice), ("Update: the bridge is open.", .updateNotice),
  ("Aggiornamento: il ponte è aperto.", .updateNotice), ("Обновлено: мост открыт.", .updateNotice),
  ("Editor's note: this is an opinion.", .notice),
])
func `a notice is a correction, an update or another`(text: String, expected: Edit.Class) {
  let old = article([["The bridge is long."]])
  var new = old
  new.blocks.append(block([text], .notice))
  #expect(edits(from: old, to: new).first?.classes.first == expected)
  #expect(edits(from: new, to: old).first?.classes.first == expected)
}

@Test func `what reads like a page's own words is suspected to be furniture`() {
  for text in ["Read more: ten bridges", "Subscribe to our newsletter", "12 comments", "Lesen Sie auch: Brücken"] {
    let found = edits(from: article([["It stays."]]), to: article([["It stays."], [text]]))
    #expect(found.first?.classes.contains(.furniture) == true, "\(text)")
  }
}
