/// What furniture says of itself, in the languages of the pages: all in lower case, typographic apostrophes made straight.
enum Phrases {
  /// Starts of lines that point to other articles.
  static let readAlso = table(
    "à lire aussi|a lire aussi|lire aussi|à lire également|lire également|à lire|voir aussi|sur le même sujet|leggi anche|"
      + "leggi pure|per approfondire|potrebbe interessarti|baca juga|baca selengkapnya|selanjutnya|simak juga|lihat juga|"
      + "artikel terkait|berita terkait|lesen sie auch|mehr zum thema|lesen sie hier|auch interessant|lea también|lee también|"
      + "lee además|te puede interesar|ver también|leia também|leia mais|veja também|read also|also read|read more|read next|"
      + "see also|related|related articles|related stories|related news|more on this story|more from|you may also like|"
      + "recommended|don't miss|must read|up next|читайте также|читать также|смотрите также|читайте далее|по теме|материалы по теме|"
      + "相关阅读|延伸阅读|相关新闻|相關新聞|延伸閱讀|相关报道|更多|推荐阅读|اقرأ أيضا|اقرأ أيضاً|اقرأ ايضا|شاهد أيضا|"
      + "مواضيع ذات صلة|lees ook|läs också|les også|læs også|lue myös|czytaj też|zobacz też|czytaj także|přečtěte si také|"
      + "bunlar da ilginizi çekebilir|ayrıca okuyun|関連記事|あわせて読みたい|관련기사|đọc thêm|xem thêm|इसे भी पढ़ें|यह भी पढ़ें|"
      + "découvrir plus d'articles sur|ilgili haber|ilgili haberler|läs mer|les mer|læs mere|lue lisää|lees meer|więcej|czytaj więcej|"
      + "przeczytaj także|přečtěte si|čtěte také|čítajte aj|olvassa el|kapcsolódó|citește și|citeşte şi|διαβάστε επίσης|"
      + "διαβάστε ακόμη|прочетете още|читайте також|pročitajte i|pročitajte još|preberite tudi|loe ka|lasi arī|skaitykite taip pat|"
      + "קראו גם|قراءة المزيد|إقرأ أيضا|بیشتر بخوانید|آینده بخوانید|อ่านเพิ่มเติม|ข่าวที่เกี่ยวข้อง|tin liên quan|আরও পড়ুন|"
      + "ये भी पढ़ें|baca lagi|basahin din|soma pia|llegeix també|irakurri gehiago|le também|saiba mais")

  /// Whole lines, or starts of short ones.
  static let furniture = table(
    "advertisement|download on the app store|get it on google play|disponible sur|scarica su|publicité|pubblicità|werbung|anzeige|publicidad|publicidade|iklan|реклама|广告|إعلان|"
      + "share this|share on|share this article|partager|condividi|bagikan|teilen|compartir|compartilhar|поделиться|分享|شارك|"
      + "follow us|suivez-nous|seguici|ikuti kami|folgen sie uns|síguenos|подписывайтесь|подпишитесь|关注我们|تابعنا|"
      + "sign up|subscribe|s'abonner|abonnez-vous|inscrivez-vous|iscriviti|abbonati|berlangganan|suscríbete|newsletter|"
      + "download the app|télécharger l'application|scarica l'app|view all comments|inline feedbacks|leave a comment|"
      + "laisser un commentaire|lascia un commento|back to top|retour en haut|torna su|kembali ke atas|скопировать ссылку|"
      + "copy link|copier le lien|copia link|print|imprimer|stampa|email|spotted a mistake|reply to article|"
      + "recevoir tous les articles sur ce sujet|vous suivez désormais|ce thème a bien été retiré|ultima ora|contents.media|"
      + "report a typo|click here to|cliquez ici pour|loading|chargement|view comments|show comments|all rights reserved|"
      + "tous droits réservés|tutti i diritti riservati|alle rechte vorbehalten|все права защищены|版权所有|责任编辑|"
      + "image source|image credit|photo credit|getty images|tags:|topics:|filed under|view this post on instagram|"
      + "this video can not be played|javascript is disabled|most read|most viewed|trending|latest news|editor's picks|"
      + "article continues below|recommended videos|recommended by our editors|click to unmute|caption|close|watch|must watch|"
      + "table of contents|in this guide|auf dieser seite|empfohlener redaktioneller inhalt|ein klick für den datenschutz|externer inhalt|bildrechte|listen to this article|"
      + "weitere videos|more coverage|story continues below|continue reading|"
      + "follow this topic|ikuti berita|cek berita|dapatkan update|simak berita|la suite après la publicité|"
      + "weiterlesen nach der anzeige|article continues after|story continues|scroll to continue|continue reading below|"
      + "広告|광고|廣告|reklam|reklama|annons|annonce|advertentie|mainos|hirdetés|διαφήμιση|โฆษณา|quảng cáo|विज्ञापन|תוכן ממומן|"
      + "already a subscriber|already have an account|already registered|déjà abonné|bereits abonnent|ya eres suscriptor|"
      + "sei già abbonato|já é assinante|join our whatsapp|join our telegram|view gallery")

  /// Whole lines alone: what stands on the buttons of players, and above the list of a text's parts.
  static let labels = Set(
    ("stream type live|play|pause|mute|unmute|replay|fullscreen|captions|subtitles|quality|settings|skip ad|skip|listen|live|login|log in|"
      + "sign in|register|menu|search|contents|inhaltsverzeichnis|sommaire|índice|indice|оглавление|содержание|目次|目录|目錄|"
      + "spis treści|inhoud|obsah|içindekiler|daftar isi|mục lục|more|mehr|plus|voir plus|show more|see more|mostra altro")
      .split(
        separator: "|"
      ).map { Array($0.utf8) })

  /// Starts of notices about the text itself.
  static let notices = table(
    "correction|corrections|clarification|editor's note|editors' note|editor note|update|updated|this article was amended|"
      + "this article has been corrected|this story has been corrected|this story has been updated|"
      + "this article has been updated|an earlier version of this|a previous version of this|rectificatif|correctif|précision|"
      + "erratum|errata|mise à jour|mis à jour|note de la rédaction|rettifica|precisazione|errata corrige|aggiornamento|"
      + "nota della redazione|nota di redazione|koreksi|ralat|klarifikasi|pembaruan|catatan redaksi|catatan editor|"
      + "исправление|уточнение|обновление|обновлено|от редакции|поправка|更正|澄清|编者按|編者按|更新|勘误|korrektur|richtigstellung|"
      + "anmerkung der redaktion|aktualisierung|corrección|fe de errores|fe de erratas|rectificación|aclaración|actualización|"
      + "nota de la redacción|nota del editor|correção|errata|esclarecimento|atualização|تصحيح|توضيح|تحديث|ملاحظة المحرر|"
      + "correctie|rectificatie|rättelse|rettelse|sprostowanie|düzeltme|訂正|수정|정정|バージョン訂正|お詫びと訂正|訂正とお詫び|바로잡습니다|"
      + "정정보도|rättat|korrigering|presisering|präzisierung|oikaisu|tarkennus|täsmennys|oprava|upřesnění|upresnenie|helyesbítés|"
      + "helyreigazítás|frissítés|erată|rectificare|διόρθωση|διευκρίνιση|виправлення|спростування|редакторска бележка|ispravka|"
      + "ispravak|popravek|parandus|labojums|patikslinimas|pataisymas|תיקון|הבהרה|اصلاحیه|اصلاح|تصويب|تنويه|सुधार|स्पष्टीकरण|भूल सुधार|"
      + "সংশোধনী|แก้ไข|đính chính|pembetulan|correcció|rectificació|zuzenketa|correção|retificação|erramos|"
      + "in einer früheren version|in einer früheren fassung|eine frühere version dieses|une version précédente de|"
      + "dans une version précédente|cet article a été modifié|cet article a été corrigé|cet article a été mis à jour|"
      + "una versión anterior de este|este artículo ha sido|uma versão anterior|este texto foi|una versione precedente di|"
      + "in een eerdere versie|een eerdere versie van|en tidigare version av|i en tidigere versjon|i en tidligere version|"
      + "w poprzedniej wersji|в предыдущей версии|в более ранней версии|artikel ini telah dikoreksi|artikel ini telah diperbarui|"
      + "this story was corrected|this story was updated|this post has been updated|this article was corrected|"
      + "this article was updated|this report has been|this headline has been|this headline was")

  /// Starts of lines that say when a text was published or changed.
  static let dated = table(
    "published|updated|last updated|posted|publié|mis à jour|modifié|pubblicato|aggiornato|diterbitkan|diperbarui|"
      + "veröffentlicht|aktualisiert|publicado|actualizado|atualizado|опубликовано|обновлено|发布时间|更新时间|发布于|更新于|نشر|آخر تحديث"
  )

  /// The words that make a line a counter: "0 Commenti", "17 shares", "5 min read", "Listen 3:30", "vor 3 Stunden".
  private static let counted = words(
    "comment comments commentaire commentaires commento commenti komentar kommentar kommentare comentario comentarios "
      + "comentários комментариев комментария комментарий 条评论 评论 評論 댓글 コメント تعليق تعليقات yorum reacties kommentarer "
      + "komentarzy komentarze share shares partages condivisioni compartidos views likes vues visite visualizações "
      + "visualizaciones просмотров просмотра просмотр dibaca görüntülenme votes replies read reading lesezeit lecture lectura "
      + "leitura lettura leestijd lästid lesetid læsetid czytania baca чтения 阅读时间 読了時間 okuma đọc listen people duration loaded "
      + "remaining current ago vor il hace há atrás fa назад тому lalu yang 小时前 分钟前 天前 小時前 分鐘前 時間前 分前 日前 전 منذ قبل "
      + "geleden sedan siden sitten temu önce trước पहले")
  /// What may stand beside them.
  private static let measures = words(
    "k m mio min mins minute minutes minuten minuto minutos minuti минут минуты минута мин menit dakika phút minuter minutter "
      + "minuut minut perc λεπτά хв dk sec secs second seconds sekunden secondes time to temps de tiempo tempo di czas waktu время "
      + "süresi thời gian this article are now watching here online old hour hours day days week weeks stunde stunden tag tagen y "
      + "a heure heures jour jours h horas hora días día ore ora giorni giorno час часа часов дня день дней jam hari 시간 분 일 ساعة "
      + "ساعات دقيقة دقائق uur dagen timmar timme timer tuntia godzin godziny saat giờ ngày घंटे मिनट updated last update posted "
      + "published just aktualisiert zuletzt mis à jour actualizado aggiornato atualizado обновлено diperbarui güncellendi "
      + "uppdaterad oppdatert opdateret bijgewerkt")

  private static func words(_ list: String) -> Set<[UInt8]> { Set(list.utf8.split(separator: 32).map(Array.init)) }

  /// The longest first, for one may start another.
  private static func table(_ list: String) -> [[UInt8]] {
    list.utf8.split(separator: UInt8(ascii: "|")).map(Array.init).sorted { $0.count > $1.count }
  }

  /// Whether a text says when something was published, and no more: digits, few words, no end of a sentence.
  static func isDateLine(_ text: [UInt8]) -> Bool {
    guard text.count < 120, let last = text.last, !".!?".utf8.contains(last) else { return false }
    let digits = text.count { (48...57).contains($0) }
    let letters = text.count { $0 >= 0x80 || (97...122).contains($0 | 32) }
    return digits >= 4 && letters <= digits * 5
  }

  /// What says, before a date, that it is the day of a change.
  static let updates = table(
    "updated|last updated|last modified|modified|mis à jour|modifié|aggiornato|ultimo aggiornamento|diperbarui|aktualisiert|"
      + "zuletzt aktualisiert|stand|actualizado|última actualización|atualizado|обновлено|更新|最終更新|수정|آخر تحديث|güncelleme|"
      + "bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|aktualizacja|aktualizováno|cập nhật|update|last update|edited|"
      + "geändert|modificado|modificato|mise à jour|修改|改訂|עודכן|ενημερώθηκε|τελευταία ενημέρωση|frissítve|módosítva|actualizat|"
      + "оновлено|актуализирана|อัปเดต|अपडेटेड|अपडेट|আপডেট|হালনাগাদ|ažurirano|posodobljeno|uuendatud|atnaujinta|dikemas kini|"
      + "به روزرسانی|بروزرسانی|تم التحديث|güncellendi|son güncelleme|viimati muudetud")

  /// Whether a text is a language's own name, perhaps with a country behind it: `Português (Brasil)`.
  static func isLanguageName(_ text: [UInt8]) -> Bool {
    let name = String(decoding: text, as: UTF8.self).lowercased()
    return languageNames.contains(String(name.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")))
  }

  private static let languageNames = Set(
    ("english|deutsch|español|français|italiano|português|polski|română|türkçe|русский|українська|日本語|中文|简体中文|繁體中文|"
      + "한국어|العربية|עברית|हिन्दी|ไทย|ภาษาไทย|tiếng việt|nederlands|svenska|dansk|norsk|norsk bokmål|suomi|čeština|magyar|ελληνικά|"
      + "български|hrvatski|slovenčina|slovenščina|bahasa indonesia|bahasa melayu|català|eesti|latviešu|lietuvių|српски|filipino|"
      + "বাংলা|اردو|فارسی|shqip|македонски|íslenska|euskara|galego|afrikaans|kiswahili").split(separator: "|").map(
        String.init))

  /// Whether a folded text that is short says how long ago something was: what it says changes without anybody's doing.
  static func saysHowLongAgo(_ folded: [UInt8]) -> Bool {
    folded.count < 60 && agos.contains { BodySelection.contains(folded, $0) }
  }

  private static let agos =
    table(
      " ago| hours old|il y a |vor einer |vor einem |hace |minuti fa|ore fa|giorni fa|ora fa| lalu|há | atrás| назад|тому|"
        + "分钟前|小时前|天前|分前|時間前|日前|분 전|시간 전|일 전|منذ |قبل | geleden| sedan| siden| sitten| temu| önce| trước|पहले|yesterday|today"
    )
    + (1...9).flatMap { digit in
      [" tagen", " stunden", " minuten", " wochen", " monaten"].map { Array("\(digit)\($0)".utf8) }
    }

  /// Whether a folded text is a number and what it counts, and no more.
  static func isCounter(_ folded: [UInt8]) -> Bool {
    guard folded.count < 60, folded.contains(where: { (48...57).contains($0) }) else { return false }
    var isCounted = false
    for word in folded.split(whereSeparator: { $0 <= 64 || (91...96).contains($0) || (123...126).contains($0) }) {
      if counted.contains(Array(word)) { isCounted = true } else if !measures.contains(Array(word)) { return false }
    }
    return isCounted
  }

  /// Whether a text asks its reader for something in a few sentences: to subscribe, to follow, to install. It begins with the
  /// verb, and names what is offered.
  static func isPlea(_ text: [UInt8], folded: [UInt8]) -> Bool {
    guard pleas.contains(where: { folded.starts(with: $0) }) else { return false }
    let lower = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
    return offers.contains { BodySelection.contains(lower, $0) }
  }

  private static let pleas = table(
    "to view this video|your browser|please enable|this is a modal|video player|beginning of dialog|sign up|subscribe|join our|join the|get the|get our|follow us|follow our|download our|download the|don't miss|register for|"
      + "receive |stay up to date|stay informed|want more|like what you|you have |you've |abonnieren|melden sie sich|jetzt abonnieren|"
      + "erhalten sie|bleiben sie|folgen sie|laden sie|inscrivez-vous|abonnez-vous|recevez|rejoignez|suivez|téléchargez|"
      + "restez informé|suscríbete|suscríbase|suscribite|recibe|regístrate|únete|síguenos|descarga|apúntate|iscriviti|ricevi|"
      + "registrati|seguici|scarica|unisciti|assine|inscreva-se|receba|cadastre-se|siga |baixe|participe|подпишитесь|"
      + "подписывайтесь|читайте нас|следите|получайте|підписуйтесь|підпишіться|schrijf je in|meld je aan|abonneer|ontvang|volg ons|"
      + "prenumerera|registrera dig|anmäl dig|meld deg på|tilmeld|få |zapisz się|subskrybuj|dołącz|obserwuj|přihlaste|odebírejte|"
      + "iratkozz|iratkozzon|abonează|abonați|εγγραφείτε|ακολουθήστε|abone ol|bültenimize|takip edin|daftar|berlangganan|ikuti|"
      + "dapatkan|gabung|đăng ký|theo dõi|登録|購読|メルマガ|ニュースレター|订阅|訂閱|关注|加入|구독|뉴스레터|اشترك|تابعنا|انضم|הירשמו|הצטרפו|सब्सक्राइब")
  private static let offers = table(
    "javascript|html5|modal|is loading|dialog window|newsletter|inbox|infolettre|boletín|boletim|бюллетен|рассылк|розсилк|nieuwsbrief|nyhetsbrev|nyhedsbrev|biuletyn|"
      + "hírlevél|ενημερωτικό|bülten|buletin|bản tin|ニュースレター|メルマガ|뉴스레터|邮件|電子報|النشرة|ניוזלטר|whatsapp|telegram|"
      + "our app|notre application|nuestra app|nossa app|unsere app|google news|facebook|instagram|youtube|free article|"
      + "articles left|our channel|nuestro canal|notre chaîne|nosso canal|unseren kanal|наш канал|kanalı|公众号")

  /// Whether a text asks for consent to cookies.
  static func asksForConsent(_ text: [UInt8]) -> Bool {
    guard text.count < 1500, cookies.contains(where: { BodySelection.contains(text, $0) }) else { return false }
    let lower = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
    return consents.contains { BodySelection.contains(lower, $0) }
  }

  /// Without first letters, which may be capitals.
  private static let cookies = table(
    "ookie|クッキー|erezler|تعريف الارتباط|쿠키|עוגיות|iasteczk|västei|akor|nformasjonskaps|ütik")
  private static let consents = table(
    "accept|agree|consent|you continue|experience|preferences|akzept|einwillig|zustimm|stimmen sie|accept|autoris|utilis|acept|"
      + "utiliza|acconsent|accett|utilizz|aceita|соглаша|соглас|принима|использу|同意|使用|kabul|kullan|akkoord|gebruik|godkän|använd|"
      + "samtyk|bruker|hyväks|käyt|zgod|używa|souhlas|používá|elfogad|haszn|accepta|folos|αποδ|χρησιμοπ|موافق|نستخدم|동의|사용|הסכמ"
  )

  /// The start of a text folded: lower case, `’` as `'`, decoration at its head left out. At most about 60 characters.
  static func folded(_ text: [UInt8]) -> [UInt8] {
    var end = min(text.count, 120)
    while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    var out: [UInt8] = []
    if text[..<end].allSatisfy({ $0 < 0x80 }) {
      out.reserveCapacity(end)
      for byte in text[..<end] {
        let lower = (65...90).contains(byte) ? byte | 32 : byte
        if out.isEmpty, !(97...122).contains(lower), !(48...57).contains(lower) { continue }
        out.append(lower)
      }
      return out
    }
    let head = String(decoding: text[..<end], as: UTF8.self)
    for scalar in head.unicodeScalars {
      if out.isEmpty, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil { continue }
      if scalar == "\u{2019}" || scalar == "\u{2018}" {
        out.append(UInt8(ascii: "'"))
      } else {
        out += Array(scalar.properties.lowercaseMapping.utf8)
      }
    }
    return out
  }

  /// How a folded text begins: with a phrase followed by what ends it, or by nothing.
  static func match(_ folded: [UInt8], in phrases: [[UInt8]]) -> Match? {
    for phrase in phrases where folded.starts(with: phrase) {
      let rest = folded[phrase.count...].drop { $0 == 32 }
      guard let next = rest.first else { return .whole }
      if separates(rest) { return .labelled }
      if folded[phrase.count] == 32 || phrase.last.map({ $0 >= 0x80 }) == true || next >= 0xE0 { return .start }
    }
    return nil
  }

  enum Match {
    /// Nothing else in the text.
    case whole
    /// A colon, dash or the like follows.
    case labelled
    /// More words follow.
    case start
  }

  /// Colon, dash, bar, arrow, bracket or full stop first.
  private static func separates(_ rest: ArraySlice<UInt8>) -> Bool {
    if let byte = rest.first, ":-|>[(.!?»".utf8.contains(byte), byte < 0x80 { return true }
    return ["：", "—", "–", "»", "→", "【", "（", "›", "।", "。", "、", "】", "］"].contains { rest.starts(with: $0.utf8) }
  }
}
