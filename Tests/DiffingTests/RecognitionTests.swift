/// What the classes recognise and what they leave alone, sentence by sentence, in many languages.

import Diffing
import Model
import Testing

/// A line of the tables: `language: before -> after = classes`, or `language: + what came or went = classes`. A line that
/// begins with `headline` is one. All other lines of a language are the rest of its article.
private struct Row: CustomTestStringConvertible {
  let language: String
  let isHeadline: Bool
  let before: String
  /// Nil where a sentence came or went.
  let after: String?
  let classes: Set<Edit.Class>
  let rest: [String]

  var testDescription: String { "\(language): \(before) -> \(after ?? "")" }

  static func table(_ lines: String) -> [Row] {
    let rows = lines.split(separator: "\n").map { line in
      let equals = line.ranges(of: " = ").last ?? line.endIndex..<line.endIndex
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      let head = line[..<colon].split(separator: " ")
      let sides = line[colon..<equals.lowerBound].dropFirst(2).split(separator: " -> ").map(String.init)
      let classes = line[equals.upperBound...].split(separator: " ").compactMap { Edit.Class(rawValue: String($0)) }
      return (language: String(head.first ?? ""), isHeadline: head.count > 1, sides: sides, classes: Set(classes))
    }
    return rows.enumerated().map { n, row in
      let rest = rows.enumerated().filter { $0 != n && $1.language == row.language && $1.sides.count > 1 }.map {
        $1.sides[0]
      }
      let isAddition = row.sides.count == 1
      return Row(
        language: row.language, isHeadline: row.isHeadline,
        before: isAddition ? String(row.sides[0].dropFirst(2)) : row.sides[0], after: isAddition ? nil : row.sides[1],
        classes: row.classes, rest: rest)
    }
  }

  private func article(_ sentence: String?) -> ArticleText {
    var text = ArticleText(language: language, blocks: rest.map { block([$0]) })
    if isHeadline { text.headline = sentence ?? "" } else if let sentence { text.blocks.append(block([sentence])) }
    return text
  }

  /// The classes one way and the other.
  var found: [Set<Edit.Class>] {
    [(before, after), (after, before)].map { old, new in
      Set(edits(from: article(old), to: article(new)).flatMap(\.classes))
    }
  }
}

@Test(
  arguments: Row.table(
    """
    en: It cost $1.5 million to build the new wall. -> It cost $15 million to build the new wall. = number
    en: The council gave $2bn for the harbour. -> The council gave $2 billion for the harbour. = text
    en: Some 1,500 people marched there. -> Some 1500 people marched there. = punctuation
    en: At least three people died at sea. -> At least 3 people died at sea. = text
    en: Twenty people were hurt on the road. -> Thirty people were hurt on the road. = number
    en: She finished third in the final. -> She finished second in the final. = number
    en: Hundreds of people stood in the square. -> Thousands of people stood in the square. = number
    en: The train leaves at 9:15 a.m. from there. -> The train leaves at 9:15 p.m. from there. = number
    en: The path is 40 km long and steep. -> The path is 40 miles long and steep. = number
    en: The talks begin on 3 June in the hall. -> The talks begin on 3 July in the hall. = number
    en: It fell 3 percent in spring. -> It fell 3% in spring. = text
    en: The fine was £50 for each car. -> The fine was €50 for each car. = number
    en: He was jailed for 18 months there. -> He was jailed for 18 years there. = number
    en: Read https://a.example/v1.pdf for more. -> Read https://a.example/v2.pdf for more. = link
    en: We share it with third parties here. -> We share it with other parties here. = text
    fr: Quelque 12 000 personnes ont défilé. -> Quelque 120 000 personnes ont défilé. = number
    fr: Vingt ouvriers ont été blessés. -> Trente ouvriers ont été blessés. = number
    fr: Le taux recule de 0,3 point. -> Le taux recule de 3 points. = number
    de: Es starben einundzwanzig Menschen im Heim. -> Es starben zweiundzwanzig Menschen im Heim. = number
    de: Der Etat beträgt 1,5 Millionen Euro. -> Der Etat beträgt 1,5 Milliarden Euro. = number
    it: Venti persone sono ferite. -> Trenta persone sono ferite. = number
    es: Subió un 3 por ciento en mayo. -> Subió un 3,3 por ciento en mayo. = number
    pt: Custa R$ 1,5 milhão por ano. -> Custa R$ 1,5 bilhão por ano. = number
    nl: Zeker acht mensen zijn opgepakt. -> Zeker achttien mensen zijn opgepakt. = number
    pl: Dwadzieścia osób zostało rannych. -> Trzydzieści osób zostało rannych. = number
    ru: В аварии погибли пятеро рабочих. -> В аварии погибли шестеро рабочих. = number
    ru: Бюджет равен 1,5 млн рублей. -> Бюджет равен 1,5 млрд рублей. = number
    uk: Загинули щонайменше троє людей. -> Загинули щонайменше шестеро людей. = number
    tr: Kazada yirmi kişi yaralandı. -> Kazada otuz kişi yaralandı. = number
    tr: Enflasyon %20 oldu bu ay. -> Enflasyon yüzde 20 oldu bu ay. = text
    sv: Tjugo personer skadades där. -> Trettio personer skadades där. = number
    ar: بلغت الميزانية ١٫٥ مليون دولار. -> بلغت الميزانية ١٥ مليون دولار. = number
    ar: أصيب ثلاثة جنود في الهجوم. -> أصيب سبعة جنود في الهجوم. = number
    hi: बजट 1.5 करोड़ रुपये है। -> बजट 1.5 लाख रुपये है। = number
    hi: हादसे में बीस लोग घायल हुए। -> हादसे में तीस लोग घायल हुए। = number
    zh: 预算为1.5亿元人民币。 -> 预算为1.5万元人民币。 = number
    zh: 今年增长百分之三。 -> 今年增长百分之五。 = number
    ja: 予算は1億5000万円です。 -> 予算は1兆5000万円です。 = number
    ko: 예산은 1억 5000만원이다. -> 예산은 1조 5000만원이다. = number
    id: Anggaran mencapai Rp1,5 miliar tahun ini. -> Anggaran mencapai Rp15 miliar tahun ini. = number
    """))
private func `numbers are compared by value, scale and unit`(row: Row) {
  #expect(row.found == [row.classes, row.classes])
}

@Test(
  arguments: Row.table(
    """
    en: Police said the driver, John Miller, was unhurt. -> Police said the driver, Tom Miller, was unhurt. = name
    en: Nobody had asked Miller or Carver before. -> Nobody had asked Miller or Baker before. = name
    en: Miller told them the plan was dead. -> Carver told them the plan was dead. = name
    en headline: Miller Quits Over Harbour Deal -> Carver Quits Over Harbour Deal = headline name
    en headline: Mayor Quits Over Harbour Deal -> Mayor Forced Out in Harbour Row = headline
    en: The other Developer was told of it. -> The other developer was told of it. = punctuation
    fr: Le maire, Jean Dupont, est parti. -> Le maire, Paul Dupont, est parti. = name
    de: Kanzlerin Angela Merkel kam am Freitag. -> Kanzler Olaf Scholz kam am Freitag. = name
    de: Wie Merkel am Abend erklärte, bleibt es so. -> Wie Scholz am Abend erklärte, bleibt es so. = name
    de: Das Haus in der Straße brannte aus. -> Die Scheune in der Gasse brannte aus. = text
    de: Sie bleibt bis Ende August zu. -> Sie bleibt bis Anfang September zu. = text
    pl: Burmistrz Jan Nowak podał się do dymisji. -> Burmistrz Piotr Nowak podał się do dymisji. = name
    ru: Мэр Иван Петров ушёл в отставку. -> Мэр Павел Петров ушёл в отставку. = name
    tr: Başkan Ali Yılmaz istifa etti. -> Başkan Veli Yılmaz istifa etti. = name
    el: Θα πάει στο Παρίσι αύριο το πρωί. -> Θα πάει στο Βερολίνο αύριο το πρωί. = name
    zh: 总统昨天抵达北京访问。 -> 总统昨天抵达上海访问。 = name
    zh: 弗拉基米尔·普京将出席会议。 -> 德米特里·佩斯科夫将出席会议。 = name
    zh: 他将在非洲访问三天。 -> 他将在欧洲访问三天。 = name
    zh: 会议昨天结束。 -> 会议今天结束。 = text
    ja: 田中首相は計画を発表した。 -> 山本首相は計画を発表した。 = name
    ja: イーロン・マスク氏が会見した。 -> マーク・ザッカーバーグ氏が会見した。 = name
    ja: 政府は大阪で会議を開く。 -> 政府は札幌で会議を開く。 = name
    ko: 김민수 의원이 계획을 발표했다. -> 박지훈 의원이 계획을 발표했다. = name
    ko: 어제 대통령이 말했다. -> 오늘 대통령이 말했다. = text
    ar: وصل الوفد إلى القاهرة صباحا. -> وصل الوفد إلى بغداد صباحا. = name
    ar: نفى الوزير محمد علي الأنباء. -> نفى الوزير أحمد حسن الأنباء. = name
    ar: عاد الرئيس اليوم من هناك. -> عاد الرئيس أمس من هناك. = text
    hi: वह आज दिल्ली पहुंचे। -> वह आज मुंबई पहुंचे। = name
    fa: او به تهران بازگشت. -> او به اصفهان بازگشت. = name
    """))
private func `names are told by capitals, places and titles`(row: Row) {
  #expect(row.found == [row.classes, row.classes])
}

@Test(
  arguments: Row.table(
    """
    en: The drug is effective against it. -> The drug is ineffective against it. = negation
    en: The water is safe to drink now. -> The water is unsafe to drink now. = negation
    en: The firm failed to report the leak. -> The firm reported the leak. = negation
    en: She is not here this week. -> She isn't here this week. = text
    en: He was told to come inform. -> He was told to come in form. = text
    fr: La ville ne versera aucune aide. -> La ville versera une aide. = negation
    de: Es gibt keinerlei Beweise dafür. -> Es gibt Beweise dafür. = negation
    de: Das Urteil ist ungültig geworden. -> Das Urteil ist gültig geworden. = negation
    es: Ningún diputado votó en contra. -> Cada diputado votó en contra. = negation
    nl: De raad heeft het niet goedgekeurd. -> De raad heeft het goedgekeurd. = negation
    cs: Policie případ neuzavřela včera. -> Policie případ uzavřela včera. = negation
    ru: Решение суда незаконно, говорит он. -> Решение суда законно, говорит он. = negation
    tr: Meclis planı onaylamadı dün. -> Meclis planı onayladı dün. = negation
    tr: Mahkeme bunu kabul etmedi. -> Mahkeme bunu kabul etti. = negation
    fi: Poliisi ei epäile rikosta siellä. -> Poliisi epäilee rikosta siellä. = negation
    hu: A bíróság nem fogadta el azt. -> A bíróság el fogadta azt. = negation
    ro: Premierul nu a semnat acordul. -> Premierul a semnat acordul. = negation
    ar: لا يزال الطريق مغلقا هناك. -> الطريق مغلق هناك. = negation
    he: ראש העיר לא הגיב לפרסום. -> ראש העיר הגיב לפרסום. = negation
    fa: سخنگو این خبر را تأیید نکرد. -> سخنگو این خبر را تأیید کرد. = negation
    ko: 의회는 계획을 승인하지 않았다. -> 의회는 계획을 승인했다. = negation
    zh: 委员会没有批准计划。 -> 委员会批准了计划。 = negation
    zh: 未来的计划已经公布。 -> 新的计划已经公布。 = text
    ja: 市長は計画を認めていない。 -> 市長は計画を認めている。 = negation
    ja: 彼は少ない荷物で旅に出た。 -> 彼は軽い荷物で旅に出た。 = text
    en: The man is believed to have fled. -> The man has fled. = hedge
    en: According to police, the door was open. -> The door was open. = hedge
    en: A shot may have been heard at night. -> A shot was heard at night. = hedge
    en: Visitors may park in the yard. -> Visitors can park in the yard. = text
    fr: Selon la police, la porte était ouverte. -> La porte était ouverte. = hedge
    fr: Il pourrait quitter son poste. -> Il va quitter son poste. = hedge
    de: Der Mann soll es genommen haben. -> Der Mann hat es genommen. = hedge
    de: Das konnte teuer werden. -> Das könnte teuer werden. = hedge
    it: Sarebbero sette le vittime. -> Sono sette le vittime. = hedge
    es: Al parecer, el conductor se durmió. -> El conductor se durmió. = hedge
    pt: O homem teria fugido daqui. -> O homem fugiu daqui. = hedge
    nl: De man zou het hebben gestolen. -> De man heeft het gestolen. = hedge
    sv: Enligt polisen var dörren öppen. -> Dörren var öppen. = hedge
    da: Bilen blev angiveligt stjålet i går. -> Bilen blev stjålet i går. = hedge
    pl: Według policji drzwi były otwarte. -> Drzwi były otwarte. = hedge
    cs: Řidič byl údajně opilý. -> Řidič byl opilý. = hedge
    hu: A férfi állítólag külföldre ment. -> A férfi külföldre ment. = hedge
    ru: По данным полиции, дверь была открыта. -> Дверь была открыта. = hedge
    uk: За даними поліції, двері були відчинені. -> Двері були відчинені. = hedge
    tr: Polise göre kapı açıktı. -> Kapı açıktı. = hedge
    el: Σύμφωνα με αυτούς, η πόρτα ήταν ανοιχτή. -> Η πόρτα ήταν ανοιχτή. = hedge
    ar: يُعتقد أن السائق نام أثناء القيادة. -> السائق نام أثناء القيادة. = hedge
    he: הוא נמלט לכאורה מהמקום. -> הוא נמלט מהמקום. = hedge
    hi: पुलिस के अनुसार दरवाजा खुला था। -> दरवाजा खुला था। = hedge
    vi: Tài xế được cho là ngủ gật. -> Tài xế ngủ gật. = hedge
    id: Pelaku diduga kabur ke luar kota. -> Pelaku kabur ke luar kota. = hedge
    zh: 据警方称，门是开着的。 -> 门是开着的。 = hedge
    zh: 这些数据已经公布。 -> 这些结果已经公布。 = text
    ja: 警察によると、ドアは開いていた。 -> ドアは開いていた。 = hedge
    """))
private func `negations and hedges are words, parts of words and phrases`(row: Row) {
  #expect(row.found == [row.classes, row.classes])
}

@Test(
  arguments: Row.table(
    """
    en: He called it 'a disgrace' in there. -> He called it 'a failure' in there. = quote
    en: He called the vote a farce there. -> He called the vote a 'farce' there. = quote punctuation
    en: The dogs' owner and the boys' aunt came. -> The dogs' owner and the boys' uncle came. = text
    en: He said: "She told me 'go away' twice." -> He said: "She told me 'come here' twice." = quote
    de: Er sprach von einer ‚Katastrophe‘ für alle. -> Er sprach von einer Katastrophe für alle. = quote punctuation
    nl: ‘We gaan weg’, zei de burgemeester. -> ‘We blijven hier’, zei de burgemeester. = quote
    sv: ”Vi går nu”, sade borgmästaren. -> ”Vi stannar här”, sade borgmästaren. = quote
    pl: „Odchodzimy”, powiedział burmistrz. -> „Zostajemy”, powiedział burmistrz. = quote
    ru: «Мы уходим», — сказал мэр. -> «Мы остаёмся», — сказал мэр. = quote
    ja: 「行く」と市長は述べた。 -> 「残る」と市長は述べた。 = quote
    en: The goverment will raise the fee. -> The government will raise the fee. = typo
    en: Thousnads marched to the bridge. -> Thousands marched to the bridge. = typo
    en: It is the same in Lichtenstein and here. -> It is the same in Liechtenstein and here. = name typo
    en: The woman who led it was fined. -> The women who led it were fined. = text
    en: It was the the last train home. -> It was the last train home. = typo
    en: We sell wine, bread and salt. -> We sell wine, wine vinegar, bread and salt. = text
    ru: Правителство приняло закон. -> Правительство приняло закон. = typo
    ar: وصل كاتب إلى المدينة. -> وصل كتاب إلى المدينة. = text
    """))
private func `quotations have marks of many kinds and slips are few`(row: Row) {
  #expect(row.found == [row.classes, row.classes])
}

@Test(
  arguments: Row.table(
    """
    en: + • This article was amended on 4 March because it misnamed the school. = correction-notice number
    en: + This piece was corrected on 2 June: the film was shot in Malta. = correction-notice number
    en: + We have corrected the spelling of the name. = correction-notice
    en: + An earlier version of this article gave the wrong year. = correction-notice
    en: + An earlier version of the bill failed. = text
    en: + Correction officers went on strike. = text
    en: + This story has been updated to add a reply. = update-notice
    en: + [Update, June 2: This article has a reply now.] = update-notice number
    en: + Updated rules for landlords come next spring. = text
    en: + Editor’s note: A photo was removed. = notice
    fr: + Mis à jour le 3 mai à 12 h 30 = update-notice number
    fr: + Une première version de cet article donnait un autre nom. = correction-notice
    fr: + La correction des copies commence lundi. = text
    de: + Wir haben den Fehler korrigiert. = correction-notice
    de: + Korrekturhinweis: Der Ort war falsch. = correction-notice
    nl: + In een eerdere versie van dit artikel stond een andere naam. = correction-notice
    ru: + Материал обновлён: добавлен ответ мэрии. = update-notice
    ru: + Исправления в закон внесут осенью. = text
    ja: + 【訂正】橋の長さは40メートルでした。 = correction-notice number
    zh: + 编者按：原标题有误，现已更正。 = correction-notice
    zh: + 更正确的说法是经济正在复苏。 = text
    ar: + تصحيح: طول الجسر ٤٠ مترا. = correction-notice number
    en: + Read more: Ten bridges that need repair = furniture
    en: + Last updated: October 2021 = update-notice number
    en: + See https://a.example/answer/12991134 for it. = link
    en: + Advertisement = furniture
    en: + © 2026 The Paper. = furniture number
    en: + Advertisement revenue fell at the paper. = text
    en: + Cookies kept the children quiet. = text
    en: + Loading the ship took all night. = text
    en: + sign up for an account with us = text
    en: + 5 min read = furniture number
    de: + Anzeigen häufen sich im Ort. = text
    de: + Teilen der Stadt fehlt der Strom. = text
    sv: + Läs också: tio broar = furniture
    es: + Le puede interesar: diez puentes = furniture
    zh: + 广告 = furniture
    zh: + 广告收入连续下降。 = text
    """))
private func `notices and furniture are told from prose that uses their words`(row: Row) {
  #expect(row.found == [row.classes, row.classes])
}

@Test func `a sentence inside a quotation of several is part of it`() {
  func found(_ middle: [String], _ marks: (String, String)) -> [[Edit.Class]] {
    let (open, close) = marks
    func text(_ sentence: String) -> ArticleText {
      article([["He said: \(open)We came early.", sentence, "We left late.\(close)", "Then he went."]])
    }
    return edits(from: text(middle[0]), to: text(middle[1])).map(\.classes)
  }
  for marks in [("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("「", "」")] {
    #expect(found(["It rained on us all day.", "It snowed on us all day."], marks) == [[.quote]])
  }
  #expect(found(["It rained on us all day.", "It snowed on us all day."], ("", "")) == [[.text]])
}

@Test func `a notice that came is no stealth edit of its own, one that went is`() {
  let old = article([["The fire is out."]])
  var new = old
  new.blocks.append(block(["Update, 12:30: the road is open."], .notice))
  #expect(!isStealth(edits(from: old, to: new), from: old, to: new))
  #expect(isStealth(edits(from: new, to: old), from: new, to: old))
}

@Test func `a verb that comes first names the speaker before a quotation`() {
  #expect(quotes(in: "قال الرئيس: «لن نستسلم».").map(\.speaker) == ["الرئيس"])
  #expect(quotes(in: "Said to reporters: “We lost.”").map(\.speaker) == [nil])
}
