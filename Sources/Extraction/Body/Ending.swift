import Model

/// What stands after an article's last words and inside its body all the same: who wrote it and how to reach them, pleas to
/// subscribe, credits, rights, lists of other articles.
enum Ending {
  /// How many of the chosen blocks, from the first on, are the article. Looks back from the end as long as blocks are of this
  /// kind, short ones between them included. Notices are never taken away.
  static func length(of choices: [BodySelection.Choice], byline: [String]) -> Int {
    let whole = lastSection(of: choices)
    var (cut, index) = (whole, whole)
    let names = byline.map { Array($0.lowercased().utf8) }.filter { $0.count >= 5 }
    var passed = 0
    while index > 1, passed < 24 {
      let choice = choices[index - 1]
      guard choice.kind != .notice, choice.kind != .table else { break }
      if isEnding(choice.block, names: names) {
        cut = index - 1
      } else if choice.block.weight >= (choice.kind == .heading || choice.kind == .caption ? 90 : 36) {
        break
      }
      index -= 1
      passed += 1
    }
    // What is left must be an article still.
    guard cut < whole else { return whole }
    let kept = choices[..<cut].reduce(0) { $0 + $1.block.weight }
    let lost = choices[cut..<whole].reduce(0) { $0 + $1.block.weight }
    return kept >= lost && kept >= 100 ? cut : whole
  }

  /// Where a last section begins that its heading says to be about the author, the firm or other articles; the end when
  /// there is none, or when it is more than the last third.
  private static func lastSection(of choices: [BodySelection.Choice]) -> Int {
    let all = choices.reduce(0) { $0 + $1.block.weight }
    var (after, index) = (0, choices.count)
    var start = choices.count
    while index > 1 {
      let choice = choices[index - 1]
      after += choice.block.weight
      guard after * 3 <= all, choice.kind != .notice else { break }
      let isLine = choice.kind == .paragraph && choice.block.weight < 50 && choice.block.punctuation == 0
      if choice.kind == .heading || isLine {
        let folded = Phrases.folded(choice.block.text)
        let isList = Phrases.match(folded, in: Phrases.readAlso) != nil || folded.starts(with: "more great ".utf8)
        if isList || abouts.contains(where: { folded.starts(with: $0) }) { start = index - 1 }
      }
      index -= 1
    }
    return start
  }

  static let abouts = list(
    "about the author|about the writer|about us|about our|contact|media contact|press contact|further information|"
      + "für weitere informationen|über den autor|über die autorin|über uns|pressekontakt|à propos de|a propos de|"
      + "contact presse|sull'autore|contatti|sobre el autor|acerca de|sobre o autor|tentang penulis|об авторе|关于作者|"
      + "references|quellen|notes|footnotes|comments|kommentare|commentaires|commenti|comentarios|comentários|komentar|комментарии"
  )

  private static func isEnding(_ block: TextBlock, names: [[UInt8]]) -> Bool {
    guard block.weight < 700 else { return false }
    if block.linkShare > 0.6 { return true }
    let text = Array(String(decoding: block.text.prefix(1400), as: UTF8.self).lowercased().utf8)
    let folded = Phrases.folded(block.text)
    if text.first == UInt8(ascii: "*") || text.starts(with: "©".utf8) || hasAddress(text) { return true }
    if names.contains(where: { introduces($0, text) }) { return true }
    if anywhere.contains(where: { BodySelection.contains(text, $0) }) { return true }
    if credits.contains(where: { folded.starts(with: $0) }) { return true }
    if block.weight < 160, !CreditLine.read(String(decoding: block.text, as: UTF8.self)).isEmpty { return true }
    return block.weight < 400 && calls.contains { folded.starts(with: $0) }
      && wares.contains { BodySelection.contains(text, $0) }
  }

  /// "Ada Miller is …", "Ada Miller, a reporter …"; not "Miller: …", as an interview has it.
  private static func introduces(_ name: [UInt8], _ text: [UInt8]) -> Bool {
    guard text.starts(with: name), text.count > name.count else { return text == name }
    let next = text[name.count]
    return next == 32 || next == UInt8(ascii: ",") || next == UInt8(ascii: "/") || next == UInt8(ascii: "(")
  }

  /// An electronic mail address, or an account: `ada@post.example`, `@adamiller`.
  private static func hasAddress(_ text: [UInt8]) -> Bool {
    for index in text.indices where text[index] == UInt8(ascii: "@") && index + 3 < text.count {
      let isWord = text[(index + 1)..<(index + 4)].allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 95
      }
      if isWord { return true }
    }
    return false
  }

  private static func list(_ text: String) -> [[UInt8]] {
    text.utf8.split(separator: UInt8(ascii: "|")).map(Array.init)
  }

  private static let anywhere = list(
    "newsletter|your inbox|thanks for signing up|thank you for subscribing|your subscription|may be reached at|can be reached at|all rights reserved|rights reserved|riproduzione riservata|"
      + "alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|все права защищены|无断转载|無断転載|"
      + "무단 전재|무단전재|저작권자|letters to the editor|premoderated|privacy policy|terms of use|contributed to this report|"
      + "contributed reporting|affiliate link|subscribe to|subscribe today|wherever you get your podcasts|"
      + "sign up for|whatsapp-kanal|whatsapp channel|whatsapp group|telegram-kanal|canal de whatsapp|pour recevoir|"
      + "подписывайтесь|saluran whatsapp|google berita|google news|consentimento|abonnieren sie|suscríbete|abonnez-vous"
  )

  /// Starts of credits and of notes on the text's origin that are no notices of a change.
  private static let credits = list(
    "reporting by|additional reporting|report by|writing by|editing by|edited by|compiled by|produced by|photographs by|"
      + "photos by|source images|more information:|journal information|provided by|published under|filed under|tags |tags:|"
      + "disclaimer|this article first appeared|this story originally|this article originally|originally published|"
      + "a version of this|this article was originally|the associated press contributed|with files from|with reporting by|"
      + "copyright|source:|sources:|quelle:|quellen:|fonte:|fuente:|sumber:|source :|источник:|来源|责任编辑|编辑：|출처|"
      + "editor:|redaktur|sendung:|dieses thema im programm|recommended|related|more on|more from|read more|read next|"
      + "up next|article continues below|click here|about the author|about this|know more|für sie empfohlen|mehr zum thema|"
      + "lesen sie auch|lire aussi|à lire aussi|leggi anche|baca juga|lea también|читайте также|must watch|auch interessant"
  )

  /// Verbs a plea begins with, and what it offers.
  private static let calls = list(
    "follow|like us|join|find us|connect with|get |want|have a|got a|do you|don't miss|if you|for more|stay |listen|watch|"
      + "download|contact|email|e-mail|send|share your|support|help us|donate|become|our journalism|keep up|see more|"
      + "folgen|folge|hören|laden|unterstützen|suivez|retrouvez|rejoignez|téléchargez|seguici|segui|scarica|sostieni|"
      + "síguenos|sigue|únete|descarga|siga|acompanhe|participe|baixe|ikuti|dapatkan|simak|читайте|смотрите|следите|"
      + "start your day|every week|hat ihnen|sie möchten|sie mögen|eine newsübersicht|\"hier ist")
  private static let wares = list(
    "twitter|facebook|instagram|tiktok|whatsapp|telegram|youtube|threads|linkedin|google|podcast|app store|our app|"
      + "subscri|member|tip?|news tip|donat|spend|support|coupon|deals|discount|newsletter|inbox|abonn|kanal|canal|channel|"
      + "канал|соцсет|comment|kommentar|premium|offer|free trial")
}
