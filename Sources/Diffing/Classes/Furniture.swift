/// Wordings that are hardly part of an article: what a page says around one.

/// Whether a short text looks like furniture that slipped in: it begins with such a phrase, or only counts or dates itself.
/// A suspicion, from the wording alone.
func isFurniture(_ text: String) -> Bool {
  guard text.utf8.count <= 120 else { return false }
  let folded = foldedHead(text, most: 120)
  if folded.count <= 80, starts.length(at: 0, of: folded) != nil { return true }
  guard let first = folded.first, (48...57).contains(first), folded.count <= 40 else { return false }
  let words = folded.split { $0 == 32 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }.dropFirst()
  return words.count <= 4 && words.contains { counted.contains(Array($0)) }
}

private let starts = PhraseTable(
  """
  advertisement|read more|read also|also read|read next|see also|related articles|related stories|more from|share this|follow us|\
  subscribe|sign up|newsletter|click here|loading|copyright|© |all rights reserved|most read|watch:|listen:|skip to|cookie|\
  publicité|lire aussi|à lire aussi|abonnez-vous|inscrivez-vous|partager|tous droits réservés|anzeige|werbung|lesen sie auch|\
  mehr zum thema|teilen|alle rechte vorbehalten|publicidad|lea también|suscríbete|compartir|todos los derechos|pubblicità|\
  leggi anche|abbonati|condividi|publicidade|leia também|leia mais|compartilhe|реклама|читайте также|подпишитесь|подписывайтесь|\
  поделиться|iklan|baca juga|bagikan|simak juga|广告|相关阅读|相關新聞|分享|关注我们|إعلان|اقرأ أيضا|شارك|関連記事|広告|シェア|광고|관련기사|\
  đọc thêm|quảng cáo|reklam|lees ook|advertentie
  """)

private let counted: Set<[UInt8]> = Set(
  [
    "comments", "comment", "shares", "share", "views", "likes", "replies", "reactions", "ago", "commentaires",
    "partages",
    "kommentare", "comentarios", "comentários", "commenti", "komentar", "комментариев", "комментария", "просмотров",
    "read",
  ].map { Array($0.utf8) })
