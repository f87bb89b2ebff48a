/// Wordings that are hardly part of an article: what a page says around one.

/// Whether a short text looks like furniture that slipped in: it begins with such a phrase, is such a word, or only counts
/// or dates itself. What begins with a small letter goes on from something. A suspicion, from the wording alone; a sentence
/// that ends with a full stop is suspected only where its beginning leaves no doubt.
func isFurniture(_ text: String) -> Bool {
  guard text.utf8.count <= 160, !(97...122).contains(text.utf8.first ?? 0) else { return false }
  let folded = foldedHead(text, most: 160)
  func begins(_ table: PhraseTable) -> Bool {
    guard let length = table.length(at: 0, of: folded) else { return false }
    return length == folded.count || !((97...122).contains(folded[length]) && (97...122).contains(folded[length - 1]))
  }
  if begins(sureStarts) { return true }
  let isSentence = [".", "。", "।", "؟", "?"].contains { text.hasSuffix($0) }
  if !isSentence, folded.count <= 110, begins(starts) { return true }
  if let length = alone.length(at: 0, of: folded), folded.count - length <= 4,
    folded[length...].allSatisfy({ $0 < 0x80 ? !isASCIIWordByte($0) : $0 == 0xE2 || $0 & 0xC0 == 0x80 })
  {
    return true
  }
  guard let first = folded.first, (48...57).contains(first), folded.count <= 40 else { return false }
  let words = folded.split { $0 == 32 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }.dropFirst()
  return words.count <= 4 && words.contains { counted.contains(Array($0)) }
}

private let sureStarts = PhraseTable(
  """
  read more|read also|also read|read next|related articles|related stories|share this|follow us|sign up for|sign up to|subscribe to|\
  click here|© |copyright ©|copyright (c)|copyright 20|copyright 19|all rights reserved|skip to main|skip to content|lire aussi|\
  à lire aussi|abonnez-vous|inscrivez-vous|tous droits réservés|lesen sie auch|lesen sie mehr|alle rechte vorbehalten|lea también|\
  lee también|suscríbete|suscríbase|todos los derechos|leggi anche|leggi di più|leia também|leia mais|assine|читайте также|\
  читайте також|подпишитесь|подписывайтесь|підпишіться|baca juga|simak juga|lees ook|lees meer|läs också|läs även|læs også|les også|\
  lue myös|czytaj także|czytaj też|przeczytaj też|čtěte také|čtěte též|citește și|olvassa el|διαβάστε επίσης|đọc thêm|xem thêm|\
  相关阅读|相關新聞|相关新闻|延伸阅读|延伸閱讀|关注我们|關注我們|関連記事|あわせて読みたい|관련기사|관련 기사|اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|قد يهمك|यह भी पढ़ें|\
  ये भी पढ़ें|इसे भी पढ़ें|קראו גם|بیشتر بخوانید|อ่านเพิ่มเติม|อ่านต่อ|ilgili haber|bunu da okuyun
  """)

private let starts = PhraseTable(
  """
  see also|more from|subscribe|sign up|newsletter|most read|related:|watch:|watch live|watch the full|watch our|listen:|skip to|cookie settings|cookie preferences|manage cookies|\
  accept all|we use cookies|copyright|loading|share on|mehr zum thema|das könnte sie auch|cookie-einstellungen|partager sur|\
  sur le même sujet|le puede interesar|te puede interesar|compartir en|potrebbe interessarti|ti potrebbe|condividi su|veja também|\
  compartilhe|поделиться|zobacz|abonează-te|dela artikeln|del artiklen
  """)

/// Furniture when nothing else stands there.
private let alone = PhraseTable(
  """
  advertisement|advertisements|sponsored|newsletter|newsletters|loading|share|comments|print|publicité|partager|imprimer|\
  anzeige|werbung|teilen|drucken|publicidad|compartir|pubblicità|condividi|publicidade|compartilhar|compartilhe|реклама|поделиться|\
  iklan|bagikan|广告|廣告|分享|إعلان|شارك|広告|シェア|광고|공유|quảng cáo|reklama|reklam|advertentie|annons|annonce|delen|dela|udostępnij|\
  sdílet|paylaş|विज्ञापन|שתפו|โฆษณา|แชร์|hirdetés|publicitate|mainos|διαφήμιση
  """)

private let counted: Set<[UInt8]> = Set(
  [
    "comments", "comment", "shares", "share", "views", "likes", "replies", "reactions", "ago", "commentaires",
    "partages", "kommentare", "comentarios", "comentários", "commenti", "komentar", "комментариев", "комментария",
    "просмотров", "read", "lesezeit", "lecture", "lectura", "lettura", "leitura", "reacties", "kommentarer",
    "komentarzy", "yorum", "評論", "评论",
  ].map { Array($0.utf8) })
