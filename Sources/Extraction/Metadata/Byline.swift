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

  /// The names of a line that introduces them ("By Ada Miller"); nil when it does not, or says much else.
  static func introduced(_ line: String) -> [String]? {
    let folded = line.lowercased()
    guard
      let word = introductions.first(where: { word in
        guard folded.hasPrefix(word), !(particles.contains(word) && word.count == 2) else { return false }
        let next = folded.dropFirst(word.count).first
        return next == " " || next == ":" || next == "："
      })
    else { return nil }
    var rest = line.dropFirst(word.count).drop { " :：".contains($0) }
    if let stop = rest.firstIndex(where: { "|•·—–(".contains($0) }) { rest = rest[..<stop] }
    if let digit = rest.firstIndex(where: \.isNumber) {
      // A date after the name: back to the name's end.
      rest = rest[..<digit]
      if let comma = rest.lastIndex(of: ",") { rest = rest[..<comma] }
    }
    let names = names(in: [String(rest)])
    let isPlausible = names.allSatisfy { name in
      let words = name.split(separator: " ")
      return words.count <= 5 && words.contains { $0.first.map { $0.isUppercase || !$0.isLowercase } ?? false }
        && words.first?.first?.isLowercase != true
    }
    return names.isEmpty || !isPlausible ? nil : names
  }

  private static let introductions = [
    "written by", "reported by", "story by", "posted by", "words by", "by", "par", "di", "oleh", "von", "por", "door",
    "text von", "text", "texte", "testo", "escrito por", "redacción", "автор", "текст", "penulis", "reporter", "autor",
    "autorin", "auteur", "author", "av", "af", "tekst", "yazar", "作者", "记者", "記者", "文", "بقلم", "كتب",
  ]
  /// Also parts of surnames (Di Maio): an introduction only when a name of two words follows.
  private static let particles: Set<String> = ["di", "von", "por", "door", "par", "av", "af"]
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
        guard next == " " || next == ":" || next == "：" else { continue }
        let bare = rest.drop { $0 == " " || $0 == ":" || $0 == "：" }
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
    "the associated press", "associated press", "for usa today", "staff writer", "chefredakteur",
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
