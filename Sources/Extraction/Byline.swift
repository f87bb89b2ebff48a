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
    return out
  }

  private static let introductions = [
    "written by", "reported by", "story by", "posted by", "by", "par", "di", "oleh", "von", "por", "door", "text",
    "texte", "testo", "автор", "текст", "penulis", "reporter", "autor", "auteur", "作者", "记者", "記者", "文", "بقلم", "كتب",
  ]
  /// Also parts of surnames (Di Maio): an introduction only when a name of two words follows.
  private static let particles: Set<String> = ["di", "von", "por", "door", "par"]
  private static let joints: Set<String> = ["and", "et", "e", "und", "y", "dan", "en", "och", "og", "и", "&", "和", "و"]

  private static func split(_ text: String) -> [String] {
    var (out, words): ([String], [Substring]) = ([], [])
    func close() {
      if !words.isEmpty { out.append(words.joined(separator: " ")) }
      words.removeAll()
    }
    for part in text.split(whereSeparator: { ",;|/•·、，".contains($0) }) {
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
        guard let next = rest.first, next == " " || next == ":" || next == "：" else { continue }
        let bare = rest.drop { $0 == " " || $0 == ":" || $0 == "：" }
        if particles.contains(word), next == " ", !bare.contains(" ") { continue }
        name = bare
        break
      }
    }
    if let open = name.dropFirst().firstIndex(of: "("), name.last == ")" { name = name[..<open] }  // an abbreviation
    while let last = name.last, " .-–—:*".contains(last) { name.removeLast() }
    while let first = name.first, " .-–—:*@".contains(first) { name.removeFirst() }
    return String(name)
  }

  private static func isName(_ name: String) -> Bool {
    guard (2...60).contains(name.count), name.split(separator: " ").count <= 6 else { return false }
    guard !name.contains("http"), !name.contains("www."), !name.contains("@"), !name.contains(".com") else {
      return false
    }
    guard name.contains(where: \.isLetter), !name.contains(where: \.isNumber),
      !name.contains(where: { "()[]:".contains($0) })
    else { return false }
    // "ada-miller", from an address.
    if name.contains("-"), !name.contains(" "),
      name.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (97...122).contains($0) })
    {
      return false
    }
    return ![
      "admin", "administrator", "editor", "redaction", "la rédaction", "redazione", "redaksi", "staff", "author",
    ].contains(name.lowercased())
  }
}
