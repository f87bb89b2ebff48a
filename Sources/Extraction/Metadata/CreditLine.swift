import Model

/// Lines that credit: "Source: Reuters", "Sumber: CNBC | Editor: Ada", "Version originale : Ada Miller/Post", "Übersetzt von …".
enum CreditLine {
  typealias Credit = (role: Credits.Role, names: [String])

  /// The credits of a line that begins with one; none when it does not, or says much else.
  static func read(_ line: String) -> [Credit] {
    guard line.utf8.count < 300 else { return [] }
    let segments = line.split(whereSeparator: { "|｜•·".contains($0) })
    // What begins with no credit only mentions one.
    guard let start = segments.first, labelled(start) != nil else { return [] }
    var out: [Credit] = []
    for segment in segments {
      guard let (role, value) = labelled(segment) else { continue }
      var role_ = role
      for piece in value.split(whereSeparator: { ",，、;；".contains($0) }) {
        // "Source: Post, translated by Ada Miller"
        let inner = labelled(piece)
        if let inner { role_ = inner.role }
        let name = cleaned(inner?.value ?? piece)
        guard isName(name) else { continue }
        if let last = out.indices.last, out[last].role == role_ {
          out[last].names.append(name)
        } else {
          out.append((role_, [name]))
        }
      }
    }
    return out
  }

  /// Whether a text begins as a credit of one of these roles, and what follows the label.
  private static func labelled(_ text: Substring) -> (role: Credits.Role, value: Substring)? {
    let bare = text.drop { !$0.isLetter }
    let folded = bare.prefix(48).lowercased().replacing("\u{2019}", with: "'")
    guard let first = folded.utf8.first, let labels = labels[first] else { return nil }
    for (label, role) in labels where folded.hasPrefix(label) {
      let rest = bare.dropFirst(label.count)
      let next = rest.drop { $0 == " " || $0 == "\u{A0}" }
      if let mark = next.first, ":：".contains(mark) { return (role, next.dropFirst()) }
      // "Translated by Ada Miller": a label that ends in its preposition needs no colon.
      if verbs.contains(where: { label.hasSuffix($0) }), rest.first == " ", next.first?.isLowercase == false {
        return (role, next)
      }
    }
    return nil
  }

  static func cleaned(_ text: some StringProtocol) -> String {
    var name = Substring(NormalText.of(String(text)))
    while let last = name.last, " .-–—:*]".contains(last) || (last == ")" && !name.contains("(")) { name.removeLast() }
    while let first = name.first, " .-–—:*©[".contains(first) || (first == "(" && !name.contains(")")) {
      name.removeFirst()
    }
    return String(name)
  }

  private static func isName(_ name: String) -> Bool {
    (2...80).contains(name.count) && name.contains(where: \.isLetter) && !name.contains("://")
      && name.split(separator: " ").count <= 10
  }

  private static let verbs = [" by", " par", " von", " por", " da", " di", " de", " oleh", " door", " av", " af"]

  /// By their first octet, the longest first, for one may start another.
  private static let labels: [UInt8: [(String, Credits.Role)]] = {
    let lists: [(Credits.Role, String)] = [
      (
        .source,
        "source|sources|quelle|quellen|fonte|fonti|fuente|fuentes|sumber|sumber berita|bron|bronnen|källa|kilde|źródło|"
          + "zdroj|forrás|sursa|kaynak|nguồn|источник|источники|джерело|来源|來源|文章来源|稿源|消息来源|출처|出典|"
          + "المصدر|مصدر|מקור|स्रोत|ที่มา|πηγή|lähde"
      ),
      (
        .original,
        "version originale|article original|texte original|originalartikel|originalfassung|original article|"
          + "original version|original story|original story by|versión original|artículo original|versione originale|"
          + "articolo originale|versão original|artigo original|artikel asli|oorspronkelijk artikel|оригинал|原文|원문"
      ),
      (
        .translator,
        "translated by|translation by|translation|translator|traduit par|traduction|traduction par|traduction de|"
          + "traduit de l'anglais par|adapté de l'anglais par|traduit et adapté par|übersetzt von|übersetzung|übersetzung von|"
          + "übersetzer|übersetzerin|aus dem englischen von|aus dem englischen übersetzt von|aus dem französischen von|"
          + "traducido por|traducción|traducción de|traductor|traductora|tradotto da|traduzione|traduzione di|"
          + "traduzione a cura di|traduzido por|tradução|tradução de|diterjemahkan oleh|penerjemah|alih bahasa|перевод|"
          + "переводчик|переклад|翻译|翻譯|译者|譯者|编译|編譯|訳者|翻訳|번역|vertaald door|vertaling|översättning|oversatt av|"
          + "oversat af|tłumaczenie|tłumacz|çeviren|çeviri|ترجمة|người dịch"
      ),
      (
        .editor,
        "editor|editors|edited by|editing by|redaktur|penyunting|redakteur|redakteurin|édité par|éditeur|editado por|"
          + "edición|a cura di|редактор|责任编辑|責任編輯|责编|编辑|編輯|編集|redaktor"
      ),
      (
        .photo,
        "photo|photos|photo by|photos by|photo credit|photo credits|photograph|photographs|photograph by|photographs by|"
          + "photography|photography by|picture|pictures|image|images|image credit|image credits|image source|image by|"
          + "credit|credits|foto|fotos|foto di|foto de|bild|bilder|bildquelle|bildnachweis|titelbild|fotocredit|crédit photo|"
          + "crédits photo|crédit photos|crédit|crédits|photographie|fotografía|fotografia|imagen|imagem|immagine|crédito|"
          + "crédito da foto|фото|фотография|图|图片|图片来源|圖|摄影|攝影|写真|사진|صورة|الصورة|ảnh|kuva|zdjęcie|fot|fotó|fotoğraf"
      ),
    ]
    let all = lists.flatMap { role, list in list.split(separator: "|").map { (String($0), role) } }
      .sorted { $0.0.utf8.count > $1.0.utf8.count }
    return Dictionary(grouping: all) { $0.0.utf8.first ?? 0 }
  }()

  // MARK: Captions

  /// Whom a caption credits its picture to: after `©`, after "Photo:" and the like, in brackets at its end, or in a last
  /// phrase that names an agency. Empty when it credits nobody.
  static func ofPhoto(caption: String) -> [String] {
    guard caption.utf8.count < 1500 else { return [] }
    if let sign = caption.lastIndex(where: { $0 == "©" }) {
      let name = upToEnd(caption[caption.index(after: sign)...])
      if isName(name) { return [name] }
    }
    let pieces = pieces(caption)
    for piece in pieces.reversed() {
      if let (role, value) = labelled(piece), role == .photo || role == .source {
        let name = upToEnd(value)
        if isName(name) { return [name] }
      }
    }
    guard let last = pieces.last else { return [] }
    let name = cleaned(last)
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let namesAgency = words.contains(where: agencies.contains) || words.contains("getty")
    return namesAgency && isName(name) && name.count <= 60 ? [name] : []
  }

  /// A caption cut at the ends of its sentences and at its brackets.
  private static func pieces(_ caption: String) -> [Substring] {
    var out: [Substring] = []
    var start = caption.startIndex
    var previous: Character = " "
    for index in caption.indices {
      let character = caption[index]
      if "([|".contains(character) || (character == " " && ".!?。)".contains(previous)) {
        out.append(caption[start..<index])
        start = caption.index(after: index)
      }
      previous = character
    }
    return (out + [caption[start...]]).filter { $0.contains(where: \.isLetter) }
  }

  /// Up to a bracket, a bar or the end of a sentence; a full stop after one letter ends none ("A. N. Other").
  private static func upToEnd(_ text: Substring) -> String {
    var (end, letters) = (text.startIndex, 0)
    while end < text.endIndex, !")]|".contains(text[end]) {
      let next = text.index(after: end)
      if text[end] == ".", letters > 1, next < text.endIndex, text[next] == " " { break }
      letters = text[end].isLetter ? letters + 1 : 0
      end = next
    }
    return cleaned(text[..<end])
  }

  private static let agencies = Set(
    ("afp reuters ap epa dpa ansa xinhua tass imago shutterstock istock alamy antara kyodo keystone belga efe pap lusa "
      + "anadolu zuma nurphoto unsplash pixabay pexels gettyimages istockphoto apa ritzau tt anp lehtikuva yonhap upi")
      .split(
        separator: " "
      ).map(String.init))
}
