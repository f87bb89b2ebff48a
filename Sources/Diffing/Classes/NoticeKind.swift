/// What a newsroom's notice about its own article says: that it was corrected, brought up to date, or something else.

import Model

enum NoticeKind {
  case correction, update, other

  var editClass: Edit.Class {
    switch self {
    case .correction: .correctionNotice
    case .update: .updateNotice
    case .other: .notice
    }
  }

  /// The kind of a notice, by how it begins, else by a phrase in its first 300 bytes.
  init(of text: String) {
    let head = wordsHead(text, most: 300)
    if Self.corrections.length(at: 0, of: head) != nil || Self.correctionPhrases.isIn(head)
      || Self.correctedPhrases.isIn(head)
    {
      self = .correction
    } else if Self.updates.length(at: 0, of: head) != nil || Self.updatePhrases.isIn(head) {
      self = .update
    } else {
      self = .other
    }
  }

  /// The kind of a paragraph that is such a notice though nothing marks it: a label (one of the words, then a colon, a
  /// closing bracket or a dash with room for a date before it), a short line that dates an update, or a phrase about the
  /// article or its earlier version. Nil when it is no notice.
  init?(ofLabelled text: String) {
    let head = wordsHead(text, most: 200)
    func isLabel(_ table: PhraseTable) -> Bool {
      guard let length = table.length(at: 0, of: head) else { return false }
      let rest = head.dropFirst(length)
      return rest.prefix(40).contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "]") }
        || ["：", "】", "）", " —", " –", " - "].contains { rest.starts(with: $0.utf8) }
    }
    func datesItself() -> Bool {
      guard Self.updates.length(at: 0, of: head) != nil, head.count <= 70 else { return false }
      return head.contains { (48...57).contains($0) }
    }
    if isLabel(Self.corrections) || Self.correctionPhrases.isIn(head)
      || Self.weCorrected.length(at: 0, of: head) != nil
    {
      self = .correction
    } else if isLabel(Self.updates) || Self.updatePhrases.length(at: 0, of: head) != nil || datesItself() {
      self = .update
    } else if isLabel(Self.notes) {
      self = Self.correctedPhrases.isIn(head) ? .correction : .other
    } else {
      return nil
    }
  }

  private static let corrections = PhraseTable(
    "correction|corrected|clarification|erratum|errata|rectification|retraction|rectificatif|correctif|précision|rettifica|"
      + "correzione|precisazione|korrektur|richtigstellung|berichtigung|klarstellung|corrección|rectificación|fe de erratas|"
      + "fe de errores|aclaración|correção|retificação|esclarecimento|correctie|rectificatie|rättelse|rettelse|oikaisu|"
      + "sprostowanie|korekta|oprava|helyesbítés|erată|rectificare|düzeltme|исправление|исправлено|уточнение|поправка|опровержение|"
      + "виправлення|уточнення|поправка|διόρθωση|ispravak|koreksi|ralat|klarifikasi|đính chính|تصحيح|توضيح|اصلاحیه|תיקון|הבהרה|"
      + "सुधार|भूल सुधार|स्पष्टीकरण|更正|勘误|勘誤|澄清|訂正|お詫び|정정|바로잡습니다|바로잡|แก้ไข|"
      + aboutThis(["corrected", "amended"]))
  /// What tells of a correction wherever it stands.
  private static let correctionPhrases = PhraseTable(
    "earlier version of this|previous version of this|original version of this|previous headline|earlier headline|"
      + "an earlier version misstated|an earlier version said|"
      + aboutThis(["corrected", "amended"]) + "|"
      + "this article originally|this story originally|version antérieure de cet article|"
      + "version précédente de cet article|première version de cet article|cet article a été corrigé|"
      + "in einer früheren version|in einer vorherigen version|in einer ersten version|in einer früheren fassung|"
      + "in einer ersten fassung|dieser artikel wurde korrigiert|der artikel wurde korrigiert|una versión anterior|"
      + "una versión previa|este artículo ha sido corregido|una versione precedente|una prima versione di quest|"
      + "questo articolo è stato corretto|uma versão anterior|esta reportagem foi corrigida|este texto foi corrigido|"
      + "in een eerdere versie|eerder stond in dit artikel|in een vorige versie|i en tidigare version|i en tidligere version|"
      + "i en tidligere versjon|we wcześniejszej wersji|w poprzedniej wersji|v předchozí verzi|v dřívější verzi|"
      + "aiemmassa versiossa|korábbi változatában|o versiune anterioară|в более ранней версии|в предыдущей версии|"
      + "в первоначальной версии|у попередній версії|haberin önceki|önceki sürümünde|versi sebelumnya|"
      + "artikel ini telah dikoreksi|σε προηγούμενη έκδοση|phiên bản trước của|本文早前|此前版本|早前版本|先前版本|以前の版|"
      + "記事の一部を訂正|訂正しました|訂正します|기사를 바로잡|이전 버전의 기사|نسخة سابقة من هذا|نسخة سابقة من المقال|पिछले संस्करण|גרסה קודמת")
  /// What tells of one in a notice, and may tell of anything in an article.
  private static let correctedPhrases = PhraseTable(
    "has been corrected|was corrected|been amended|was amended|we regret the error|wurde korrigiert|a été corrigé|"
      + "ha sido corregid|è stato corretto|foi corrigid|is gecorrigeerd|har rättats|исправлен|düzeltildi|更正|訂正")
  /// What only a newsroom says of itself, at the beginning of a paragraph.
  private static let weCorrected = PhraseTable(
    "we have corrected|we've corrected|we corrected|wir haben den fehler korrigiert|wir haben dies korrigiert|"
      + "wir haben das korrigiert|wir haben die stelle korrigiert|nous avons corrigé|hemos corregido|abbiamo corretto|"
      + "corrigimos|we hebben dit aangepast|vi har rättat|vi har rettet|мы исправили")
  private static let updates = PhraseTable(
    "update|updated|last updated|mise à jour|mis à jour|actualisé|aggiornamento|aggiornato|aktualisierung|aktualisiert|actualización|"
      + "actualizado|última actualización|atualização|atualizado|bijgewerkt|uppdatering|uppdaterad|opdatering|opdateret|oppdatering|"
      + "oppdatert|päivitys|päivitetty|aktualizacja|aktualizováno|aktualizace|frissítés|frissítve|actualizare|actualizat|güncelleme|"
      + "güncellendi|обновление|обновлено|оновлено|оновлення|ενημέρωση|ažurirano|pembaruan|diperbarui|cập nhật|تحديث|به‌روزرسانی|"
      + "עדכון|अपडेट|अद्यतन|更新|업데이트|อัปเดต")
  private static let updatePhrases = PhraseTable(
    aboutThis(["updated"]) + "|this is a developing story|this is a breaking news story|cet article a été mis à jour|"
      + "dieser artikel wurde aktualisiert|der artikel wurde aktualisiert|este artículo ha sido actualizado|"
      + "questo articolo è stato aggiornato|esta reportagem foi atualizada|dit artikel is bijgewerkt|artikeln har uppdaterats|"
      + "artikeln uppdateras|материал дополняется|новость дополняется|новость обновл|материал обновл|текст обновл|本文已更新|記事を更新しました"
  )
  private static let notes = PhraseTable(
    "editor's note|editors' note|note from the editor|note to readers|note de la rédaction|ndlr|anmerkung der redaktion|"
      + "hinweis der redaktion|nota del editor|nota de la redacción|nota della redazione|nota da redação|nota do editor|"
      + "noot van de redactie|opmerking van de redactie|redaktionens anmärkning|redaktionens bemærkning|toimituksen huomautus|"
      + "nota redakcji|od redakcji|przypis redakcji|poznámka redakce|от редакции|примечание редакции|від редакції|editörün notu|"
      + "catatan redaksi|编者按|编者注|編者按|編者註|編集部注|편집자 주|편집자주|ملاحظة المحرر|ملاحظة من المحرر|संपादकीय टिप्पणी|संपादक की टिप्पणी|הערת המערכת"
  )
}

/// `this article was corrected` and its like, parted by `|`.
private func aboutThis(_ done: [String]) -> String {
  ["article", "story", "piece", "report", "post", "page", "headline"].flatMap { what in
    ["was", "has been"].flatMap { verb in done.map { "this \(what) \(verb) \($0)" } }
  }.joined(separator: "|")
}

/// The first bytes of a text, lower case, from its first letter or digit.
private func wordsHead(_ text: String, most: Int) -> [UInt8] {
  if let first = text.utf8.first(where: { $0 >= 0x80 || isASCIIWordByte($0) }), first < 0x80 {
    return foldedHead(text, most: most)
  }
  let scalars = text.unicodeScalars.drop { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
  return foldedHead(String(scalars.prefix(most)), most: most)
}
