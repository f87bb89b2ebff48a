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

  /// The kind of a notice, by how it begins, else by a phrase anywhere in it; nil when it is another notice.
  init?(of text: String) {
    let folded = Self.folded(text)
    if Self.corrections.contains(where: { folded.starts(with: $0) }) {
      self = .correction
    } else if Self.correctionPhrases.contains(where: { Self.contains($0, folded) }) {
      self = .correction
    } else if Self.updates.contains(where: { folded.starts(with: $0) }) {
      self = .update
    } else {
      return nil
    }
  }

  /// The kind of a paragraph that is such a notice though nothing marks it: one of the words, then a colon, dash or
  /// bracket, or a phrase about an earlier version near its start.
  init?(ofLabelled text: String) {
    let folded = Self.folded(text)
    func isLabel(_ word: [UInt8]) -> Bool {
      guard folded.starts(with: word) else { return false }
      // Room for a date between label and mark.
      let rest = folded.dropFirst(word.count)
      return rest.prefix(40).contains { $0 == UInt8(ascii: ":") } || rest.starts(with: Array("：".utf8))
        || rest.starts(with: Array(" —".utf8)) || rest.starts(with: Array(" –".utf8))
    }
    if Self.corrections.contains(where: isLabel) || Self.correctionPhrases.contains(where: { Self.contains($0, folded) }) {
      self = .correction
    } else if Self.updates.contains(where: isLabel) {
      self = .update
    } else {
      return nil
    }
  }

  private static func contains(_ phrase: [UInt8], _ text: [UInt8]) -> Bool {
    guard let first = phrase.first, text.count >= phrase.count else { return false }
    return (0...(text.count - phrase.count)).contains {
      text[$0] == first && text[$0..<($0 + phrase.count)].elementsEqual(phrase)
    }
  }

  /// The first 300 bytes, lower case, decoration at the head left out.
  private static func folded(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in text.unicodeScalars {
      if out.count >= 300 { break }
      if out.isEmpty, !scalar.properties.isAlphabetic { continue }
      if scalar == "\u{2019}" { out.append(UInt8(ascii: "'")) } else { out += Array(scalar.properties.lowercaseMapping.utf8) }
    }
    return out
  }

  private static func table(_ list: String) -> [[UInt8]] { list.split(separator: "|").map { Array($0.utf8) } }

  private static let corrections = table(
    "correction|corrected|clarification|erratum|errata|rectification|retraction|rectificatif|correctif|précision|rettifica|"
      + "correzione|precisazione|korrektur|richtigstellung|berichtigung|klarstellung|corrección|rectificación|fe de erratas|"
      + "fe de errores|aclaración|correção|retificação|esclarecimento|correctie|rectificatie|rättelse|rettelse|oikaisu|"
      + "sprostowanie|oprava|düzeltme|исправление|уточнение|поправка|опровержение|виправлення|уточнення|διόρθωση|koreksi|ralat|"
      + "klarifikasi|đính chính|تصحيح|توضيح|اصلاحیه|תיקון|सुधार|स्पष्टीकरण|更正|勘误|勘誤|澄清|訂正|お詫び|정정|바로잡습니다|แก้ไข|"
      + "this article was amended|this article has been corrected|this story has been corrected|this story was corrected|"
      + "this article was corrected")
  private static let correctionPhrases = table(
    "an earlier version of this|a previous version of this|an earlier version misstated|has been corrected|was corrected|"
      + "has been amended to correct|version antérieure de cet article|une version précédente|in einer früheren version|"
      + "in einer früheren fassung|una versión anterior|una versione precedente|uma versão anterior|в более ранней версии|"
      + "в предыдущей версии|本文早前版本|此前版本|نسخة سابقة من هذا")
  private static let updates = table(
    "update|updated|this story has been updated|this article has been updated|mise à jour|mis à jour|actualisé|aggiornamento|"
      + "aggiornato|aktualisierung|aktualisiert|update|actualización|actualizado|atualização|atualizado|bijgewerkt|uppdatering|"
      + "uppdaterad|opdatering|opdateret|oppdatering|oppdatert|päivitys|päivitetty|aktualizacja|aktualizace|güncelleme|обновление|"
      + "обновлено|оновлено|оновлення|ενημέρωση|pembaruan|diperbarui|cập nhật|تحديث|عاجل تحديث|به‌روزرسانی|עדכון|अपडेट|अद्यतन|更新|"
      + "업데이트|อัปเดต")
}
