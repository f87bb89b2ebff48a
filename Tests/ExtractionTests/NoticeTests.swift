import Extraction
import Model
import Testing

/// Corrections and their like are part of what an article says, wherever they stand.
struct NoticeTests {
  private func blocks(_ extra: String, inBody: Bool) -> [Block] {
    let page = FixturePage.english
    let mark = "<div class=\"author-box\">"
    let markup = inBody ? page.markup(body: page.paragraphs.map { "<p>\($0)</p>" }.joined() + extra) : page.markup()
    let whole = inBody ? markup : markup.replacing(mark, with: extra + mark, maxReplacements: 1)
    return page.response(whole).text?.blocks ?? []
  }

  @Test(
    arguments: [
      "Correction: an earlier version gave a wrong sum.", "Clarification (14 February): the bridge has two piers.",
      "Editor's note: this text was changed after publication.", "Editor’s note — names were changed on request.",
      "Update 14/2: the port has answered our questions.",
      "This article was amended on 14 February to give the right sum.",
      "Rectificatif : le montant a été corrigé dans ce texte.", "Précision : le pont a deux piles, et non trois.",
      "Mise à jour : le port a répondu à nos questions.", "Errata corrige: la cifra era sbagliata nel testo.",
      "Rettifica: la cifra era sbagliata nel testo.", "Precisazione – il ponte ha due piloni, non tre.",
      "Koreksi: jumlah di versi sebelumnya keliru.", "Ralat: jumlah di versi sebelumnya keliru.",
      "Klarifikasi: jembatan itu punya dua tiang.",
      "Исправление: в прежней версии была неверная сумма.", "Уточнение: у моста две опоры, а не три.",
      "更正：此前版本的金额有误，现已改正，特此说明，敬请读者谅解。",
      "编者按：本文在发表之后有所改动，特此说明，敬请读者谅解。", "Korrektur: Die Summe war in einer früheren Fassung falsch.",
      "Corrección: la suma era incorrecta en el texto.", "Fe de errores: la suma era incorrecta en el texto.",
    ], [true, false])
  func `a notice is kept as one in the body and beside it`(notice: String, inBody: Bool) {
    let notices = blocks("<p>\(notice)</p>", inBody: inBody).filter { $0.kind == .notice }
    #expect(notices.map(\.text) == [notice])
  }

  @Test(arguments: [
    "Correctie: in dit artikel stond een verkeerd bedrag.",
    "In een eerdere versie van dit artikel stond een verkeerd bedrag.",
    "Rättelse: I en tidigare version stod fel summa.", "Rettelse: Beløbet var forkert i artiklen.",
    "Presisering: Broen har to pilarer, ikke tre.", "Oikaisu: Jutussa oli väärä summa alun perin.",
    "Sprostowanie: w tekście była błędna kwota.", "Oprava: v textu byla uvedena chybná částka.",
    "Helyesbítés: a cikkben hibás összeg szerepelt.", "Erată: suma din text era greșită la publicare.",
    "Διόρθωση: το ποσό στο κείμενο ήταν λάθος.", "Виправлення: у тексті була неправильна сума.",
    "Поправка: в текста имаше грешна сума отначало.", "Ispravak: u tekstu je bio naveden pogrešan iznos.",
    "Düzeltme: Metinde yanlış bir tutar yer alıyordu.", "תיקון: הסכום בטקסט היה שגוי בגרסה קודמת.",
    "اصلاحیه: مبلغ در متن پیشین نادرست بود.", "تصحيح: كان المبلغ في النص السابق خطأ.", "सुधार: पाठ में राशि गलत दी गई थी।",
    "সংশোধনী: লেখায় টাকার অঙ্ক ভুল ছিল।", "แก้ไข: จำนวนเงินในฉบับก่อนไม่ถูกต้อง", "Đính chính: số tiền trong bài trước đây bị sai.",
    "訂正：以前の版では金額が誤っていました。おわびします。", "【訂正】以前の版では金額が誤っていました。おわびします。",
    "정정: 이전 기사에 실린 금액이 잘못되었습니다.", "Correção: o valor estava errado no texto.",
    "Uma versão anterior deste texto trazia um valor errado.",
    "In einer früheren Version dieses Artikels stand eine falsche Summe.",
    "Dans une version précédente de cet article, le montant était faux.",
    "Una versión anterior de este artículo daba una suma errónea.", "Correcció: la suma del text era errònia.",
    "В предыдущей версии статьи была указана неверная сумма.", "Pembetulan: jumlah dalam teks terdahulu salah.",
  ])
  func `a notice is known in some thirty languages`(notice: String) {
    let notices = blocks("<p>\(notice)</p>", inBody: true).filter { $0.kind == .notice }
    #expect(notices.map(\.text) == [notice])
  }

  @Test func `a box is a notice by its class`() {
    let kept = blocks(
      "<aside class='article-correction'><p>The sum was wrong in an earlier edition of this text.</p></aside>",
      inBody: false)
    #expect(kept.last?.kind == .notice)
    #expect(kept.last?.text == "The sum was wrong in an earlier edition of this text.")
  }

  @Test(arguments: [
    "Update your ferry card before the spring, the port said on Monday in a letter.",
    "Corrections officers will guard the quay, the city said on Monday in a letter.",
  ])
  func `a sentence that starts with such a word is a paragraph`(sentence: String) {
    #expect(blocks("<p>\(sentence)</p>", inBody: true).last?.kind == .paragraph)
  }

  @Test func `a reader's correction among the comments is none`() {
    #expect(
      !blocks("<div class=comments><p>Correction: the writer is wrong about the piers.</p></div>", inBody: false)
        .contains { $0.kind == .notice })
  }

  @Test(arguments: [
    "Updated: 10 days ago", "Update: 3 hours ago, by the desk", "Aktualisierung: vor 3 Stunden",
    "Mise à jour : il y a 2 heures",
    "Actualización: hace 2 horas", "Pembaruan: 2 jam yang lalu", "Обновление: 3 часа назад", "更新：3小时前 港口新闻编辑部",
  ])
  func `how long ago a text was changed is no notice`(line: String) {
    #expect(!blocks("<p>\(line)</p>", inBody: true).contains { $0.text == line })
  }
}
