/// What a newsroom's notice about its own article says: that it was corrected, or brought up to date.

import Model

enum NoticeKind {
  case correction, update

  var editClass: Edit.Class {
    switch self {
    case .correction: .correctionNotice
    case .update: .updateNotice
    }
  }

  /// The kind of a notice, by how it begins, else by a phrase in its first 300 bytes; nil when it is another notice.
  init?(of text: String) {
    let head = foldedHead(text, most: 300)
    if Self.corrections.length(at: 0, of: head) != nil || Self.correctionPhrases.isIn(head) {
      self = .correction
    } else if Self.updates.length(at: 0, of: head) != nil {
      self = .update
    } else {
      return nil
    }
  }

  /// The kind of a paragraph that is such a notice though nothing marks it: one of the words, then a colon or dash with
  /// room for a date before it, or a phrase about an earlier version.
  init?(ofLabelled text: String) {
    let head = foldedHead(text, most: 200)
    func isLabel(_ table: PhraseTable) -> Bool {
      guard let length = table.length(at: 0, of: head) else { return false }
      let rest = head.dropFirst(length)
      return rest.prefix(40).contains { $0 == UInt8(ascii: ":") }
        || ["：", " —", " –"].contains { rest.starts(with: $0.utf8) }
    }
    if isLabel(Self.corrections) || Self.correctionPhrases.isIn(head) {
      self = .correction
    } else if isLabel(Self.updates) {
      self = .update
    } else {
      return nil
    }
  }

  private static let corrections = PhraseTable(
    "correction|corrected|clarification|erratum|errata|rectification|retraction|rectificatif|correctif|précision|rettifica|"
      + "correzione|precisazione|korrektur|richtigstellung|berichtigung|klarstellung|corrección|rectificación|fe de erratas|"
      + "fe de errores|aclaración|correção|retificação|esclarecimento|correctie|rectificatie|rättelse|rettelse|oikaisu|"
      + "sprostowanie|oprava|düzeltme|исправление|уточнение|поправка|опровержение|виправлення|уточнення|διόρθωση|koreksi|ralat|"
      + "klarifikasi|đính chính|تصحيح|توضيح|اصلاحیه|תיקון|सुधार|स्पष्टीकरण|更正|勘误|勘誤|澄清|訂正|お詫び|정정|바로잡습니다|แก้ไข|"
      + "this article was amended|this article has been corrected|this story has been corrected|this story was corrected|"
      + "this article was corrected")
  private static let correctionPhrases = PhraseTable(
    "an earlier version of this|a previous version of this|an earlier version misstated|has been corrected|was corrected|"
      + "has been amended to correct|version antérieure de cet article|une version précédente|in einer früheren version|"
      + "in einer früheren fassung|una versión anterior|una versione precedente|uma versão anterior|в более ранней версии|"
      + "в предыдущей версии|本文早前版本|此前版本|نسخة سابقة من هذا")
  private static let updates = PhraseTable(
    "update|updated|this story has been updated|this article has been updated|mise à jour|mis à jour|actualisé|aggiornamento|"
      + "aggiornato|aktualisierung|aktualisiert|update|actualización|actualizado|atualização|atualizado|bijgewerkt|uppdatering|"
      + "uppdaterad|opdatering|opdateret|oppdatering|oppdatert|päivitys|päivitetty|aktualizacja|aktualizace|güncelleme|обновление|"
      + "обновлено|оновлено|оновлення|ενημέρωση|pembaruan|diperbarui|cập nhật|تحديث|عاجل تحديث|به‌روزرسانی|עדכון|अपडेट|अद्यतन|更新|"
      + "업데이트|อัปเดต")
}
