import Model

/// Names of persons out of what pages write where names belong.
enum Byline {
  /// Cleaned, split and without repetitions, in order; what cannot be a name is left out.
  static func names(in texts: [String]) -> [String] {
    var out: [String] = []
    for text in texts where !text.contains("://") {
      for piece in split(NormalText.of(text)) {
        let name = cleaned(piece)
        if isName(name), !out.contains(where: { $0.lowercased() == name.lowercased() }) { out.append(name) }
      }
    }
    // Beside names of several words, one word in capitals is an agency, and one with a capital inside it a login.
    guard out.contains(where: { $0.contains(" ") }) else { return out }
    return out.filter { name in
      name.contains(" ") || !name.utf8.allSatisfy { $0 < 0x80 }
        || !(name.utf8.allSatisfy { (65...90).contains($0) } || name.dropFirst().contains(where: \.isUppercase))
    }
  }

  /// Whether a text is what stands before a name, and no more: "Written by".
  static func isLabel(_ text: String) -> Bool { introductions.contains(text.lowercased().filter { $0 != ":" }) }

  /// The names of a line that introduces them ("By Ada Miller"); nil when it does not, or says much else.
  static func introduced(_ line: String) -> [String]? {
    if let name = reporter(line) { return [name] }
    let folded = line.lowercased()
    guard
      let word = introductions.first(where: { word in
        guard folded.hasPrefix(word), let next = folded.dropFirst(word.count).first else { return false }
        return next == " " || colons.contains(next)
      })
    else { return nil }
    var rest = line.dropFirst(word.count).drop { $0 == " " || colons.contains($0) }
    let isLabelled = rest.startIndex > line.startIndex && colons.contains { line[..<rest.startIndex].contains($0) }
    if let stop = rest.firstIndex(where: { "|•·—–(".contains($0) }) { rest = rest[..<stop] }
    if let digit = rest.firstIndex(where: \.isNumber) {
      // A date after the name: back to the name's end.
      rest = rest[..<digit]
      if let comma = rest.lastIndex(of: ",") { rest = rest[..<comma] }
      // "Ada Miller le 4 mai"
      var words = rest.split(separator: " ")
      while words.count > 1, words.last?.first?.isLowercase == true { words.removeLast() }
      if let last = words.last { rest = rest[..<last.endIndex] }
    }
    let names = names(in: [String(rest)])
    // What begins sentences too introduces whole names only.
    let isWeak = !isLabelled && (particles.contains(word) || word.count <= 3)
    let isPlausible = names.allSatisfy { name in
      let words = name.split(separator: " ")
      let capitals = words.count { $0.first.map { $0.isUppercase || !$0.isLowercase } ?? false }
      return words.count <= 5 && capitals > 0 && words.first?.first?.isLowercase != true
        && (!(isWeak && word != "by") || words.count >= 2 && capitals == words.count
          || !(word.utf8.allSatisfy { $0 < 0x80 }))
    }
    return names.isEmpty || !isPlausible ? nil : names
  }

  /// "홍길동 기자 hong@post.example": a name, an office, perhaps an address.
  private static func reporter(_ line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count <= 3, words.count > 1, words[1] == "기자", isName(String(words[0])) else { return nil }
    return (2...5).contains(words[0].count) ? String(words[0]) : nil
  }

  private static let colons: Set<Character> = [":", "：", "=", "＝", "／", "/"]

  private static let introductions = [
    "written by", "reported by", "story by", "posted by", "published by", "words by", "report by", "by", "verfasst von",
    "geschrieben von", "écrit par", "rédigé par", "publié par", "par", "scritto da", "a cura di", "di", "ditulis oleh",
    "oleh", "von", "escrito por", "publicado por", "por", "geschreven door", "door", "text von", "text och foto",
    "tekst og foto", "text & foto", "text", "texte", "testo", "redacción", "автор статьи", "автори", "автор", "текст",
    "penulis", "laporan", "reporter", "autor", "autora", "autorka", "autorin", "auteur", "author", "napisał",
    "napisała",
    "napisane przez", "napsal", "napsala", "piše", "írta", "szerző", "teksti", "kirjoittaja", "tekst", "skriven av",
    "skrevet av", "skrevet af", "av", "af", "yazan", "yazar", "haber", "muhabir", "γράφει ο", "γράφει η", "συντάκτης",
    "του", "της", "tác giả", "โดย", "ผู้เขียน", "作者", "本报记者", "本報記者", "记者", "記者", "撰文", "取材・文", "文", "執筆者", "執筆",
    "筆者", "글쓴이", "글", "بقلم", "كتب", "كتبت", "الكاتب", "المؤلف", "مؤلف", "نویسنده", "نگارنده", "خبرنگار", "מאת", "लेखक",
    "লেখক",
  ].sorted { $0.utf8.count > $1.utf8.count }
  /// Also parts of surnames (Di Maio): an introduction only when a name of two words follows.
  private static let particles: Set<String> = [
    "di", "von", "por", "door", "par", "av", "af", "του", "της", "haber", "laporan", "text", "texte", "testo", "tekst",
  ]
  private static let joints: Set<String> = [
    "and", "et", "e", "und", "y", "dan", "en", "och", "og", "и", "&", "和", "و", "with", "mit", "avec",
  ]

  private static func split(_ text: String) -> [String] {
    var (out, words): ([String], [Substring]) = ([], [])
    func close() {
      if !words.isEmpty { out.append(words.joined(separator: " ")) }
      words.removeAll()
    }
    for part in text.split(whereSeparator: { ",;|/•·、，\t".contains($0) }) {
      for word in part.split(separator: " ") {
        if joints.contains(word.lowercased()), !words.isEmpty { close() } else { words.append(word) }
      }
      close()
    }
    return out
  }

  private static func cleaned(_ text: String) -> String {
    var name = text[...]
    for _ in 0..<2 {
      let folded = name.lowercased()
      for word in introductions where folded.hasPrefix(word) {
        let rest = name.dropFirst(word.count)
        guard let next = rest.first else { return "" }  // "By", and no name
        if word == "by", next.isUppercase, name.hasPrefix("By") {  // "ByAda Miller"
          name = rest
          break
        }
        guard next == " " || colons.contains(next) else { continue }
        let bare = rest.drop { $0 == " " || colons.contains($0) }
        if particles.contains(word), next == " ", !bare.contains(" ") { continue }
        name = bare
        break
      }
    }
    for agency in agencies {
      guard name.count > agency.count + 3, name.lowercased().hasSuffix(" " + agency) else { continue }
      name = name.dropLast(agency.count + 1)
    }
    if let open = name.dropFirst().firstIndex(of: "("), name.last == ")" { name = name[..<open] }  // an abbreviation
    while let last = name.last, " .-–—:*".contains(last) { name.removeLast() }
    while let first = name.first, " .-–—:*@".contains(first) { name.removeFirst() }
    return String(name)
  }

  /// What stands after a name without a mark between.
  private static let agencies = [
    "the associated press", "associated press", "for usa today", "staff writer", "chefredakteur", "at", "on", "le",
    "am", "prije", "기자",
  ]

  private static func isName(_ name: String) -> Bool {
    guard (2...60).contains(name.count), name.split(separator: " ").count <= 6 else { return false }
    guard !name.contains("http"), !name.contains("www."), !name.contains("@"), !name.contains(".com") else {
      return false
    }
    guard name.contains(where: \.isLetter), !name.contains(where: \.isNumber),
      !name.contains(where: { "()[]:{}=".contains($0) })
    else { return false }
    // "ada-miller", from an address.
    if name.contains("-"), !name.contains(" "),
      name.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (97...122).contains($0) })
    {
      return false
    }
    let folded = name.lowercased()
    return !noNames.contains(folded) && !folded.split(separator: " ").contains { roles.contains(String($0)) }
  }

  private static let noNames: Set<String> = [
    "admin", "administrator", "editor", "redaction", "la rédaction", "redazione", "redaksi", "staff", "author", "by",
    "sponsored", "guest", "contributor", "anonymous", "web desk", "read more", "share", "updated", "published",
    "follow",
    "nachrichten", "null", "undefined", "none", "unknown", "mehr", "min read",
  ]
  /// Words of offices and of what stands in a byline beside a name.
  private static let roles: Set<String> = [
    "officer", "correspondent", "editor-in-chief", "columnist", "journalist", "journaliste", "director", "head",
    "chief",
    "reporter", "contributor", "copywriter", "published", "updated", "read", "minutes", "minute", "comments", "follow",
    "redakteur", "redakteurin", "journalistin", "korrespondent", "korrespondentin", "editor", "producer", "writer",
    "photographer",
  ]
}
