/// Words that negate, and parts of words that do.

/// By language. What else such a word may mean is left aside: it counts only where it stands in one wording and not in
/// the other.
private let negations = LexiconByLanguage(
  [
    "en": """
    not no never none nobody nothing neither nor without nowhere cannot didn't doesn't don't isn't aren't wasn't weren't won't \
    wouldn't can't couldn't shouldn't haven't hasn't hadn't mustn't needn't ain't no_longer=not failed_to fails_to fail_to unable hardly barely scarcely
    """,
    "fr": "ne=n' pas jamais aucun* sans ni nul nulle guère rien non",
    "de": "nicht kein* nie niemals niemand* nichts ohne weder nirgends nirgendwo",
    "es": "no nunca jamás ningún ninguna ninguno nadie nada sin tampoco ni",
    "it": "non mai nessun* niente nulla senza né neanche nemmeno neppure",
    "pt": "não nunca jamais nenhum* ninguém nada sem nem tampouco",
    "nl": "niet geen* nooit niemand niets zonder noch nergens evenmin",
    "sv": "inte ej ingen inget inga aldrig utan icke ingenting varken",
    "da": "ikke ingen intet aldrig uden hverken", "no": "ikke ikkje ingen intet aldri uten ingenting verken",
    "fi": "ei en et emme ette eivät älä ilman eikä", "hu": "nem ne nincs nincsenek sem soha senki semmi nélkül",
    "ro": "nu n- nici niciun nicio fără niciodată nimeni nimic",
    "pl": "nie nigdy nikt nikogo nic bez żaden żadna żadne żadnych ani",
    "cs": "není nejsou nebyl* nikdy nikdo nic bez žádn* ani nikoli",
    "hr": "ne nije nisu nema bez nikad nikada nitko ništa",
    "sr": "не није нису нема без никад нико ништа ne nije nisu nema bez",
    "bg": "не няма никога никой нищо без нито",
    "ru": "не нет ни никогда никто ничего никого никаких никакой без нельзя",
    "uk": "не ні ніколи ніхто нічого без немає нема жодн*",
    "tr": "değil* yok yoktu hiç hiçbir asla", "id": "tidak bukan tak tiada jangan belum tanpa",
    "ms": "tidak bukan tak tiada jangan belum tanpa", "vi": "không chưa chẳng chả đừng",
    "ar": "لا لم لن ليس ليست ليسوا غير دون بدون ولا ولم ولن وليس فلا فلم بلا ألا",
    "fa": "نه نیست نبود نیستند بدون هیچ نمی* نکرد* نشد* ندار* نخواه*", "he": "לא אין אף בלי ללא איננו אינו אינה",
    "hi": "नहीं नही न मत बिना बगैर", "bn": "না নেই নয় নি ছাড়া", "ur": "نہیں نہ بغیر",
    "el": "δεν μην όχι ποτέ χωρίς κανείς κανένα* καμία δε",
    "zh": """
    不 没 沒 无 無 未 非 别 勿 否 !非洲 !非常 !未来 !未來 !不过 !不過 !不仅 !不僅 !不断 !不斷 !不久 !不少 !不管 !不但 !不得不 !差不多 !无线 !無線 \
    !别的 !别人 !别墅 !分别 !特别 !区别 !级别 !性别 !个别 !是否 !能否 !会否 !否则 !否則 !没收 !沒收 !除非 !莫非
    """,
    "ja": """
    ない ません なかった なく ず 無 不 未 非 !少ない !少なく !少なかった !危ない !はず !まず !ず、 !必ず !わずか !ずつ !ずれ !ずっと !非常 !未来 !無料 !無線 \
    !無事 !不動産 !不思議 !未明 !未満 !東南 !みずから !おなく !けなく
    """,
    "ko": "않* 없* 못* 아니* 안 지않* 말라*", "th": "ไม่ มิได้ อย่า ไร้ !ไม่กี่",
  ], alone: ["pt", "it", "sv", "da", "no", "cs", "ms", "fi", "hu", "ro", "hr", "sr", "bg", "ja", "vi", "ko"])

/// Tells whether a change negates, or takes a negation away.
struct NegationReader {
  private let lexicon: Lexicon
  private let prefixes: [[UInt8]]
  private let isTurkish: Bool

  /// - Parameter language: a primary subtag; nil when it is not known.
  init(_ language: String?) {
    lexicon = negations.lexicon(for: language)
    prefixes = (negatingPrefixes[language ?? "en"] ?? "").split(separator: " ").map { Array($0.utf8) }
    isTurkish = language == "tr"
  }

  func differs(in change: WordChange) -> Bool {
    lexicon.count(in: change.oldAround) != lexicon.count(in: change.newAround) || differsByAffix(change.old, change.new)
  }

  /// Whether one word was exchanged for itself with a negating part before it, as legal and illegal; or, in Turkish, more or
  /// fewer words have one inside.
  private func differsByAffix(_ old: [[UInt8]], _ new: [[UInt8]]) -> Bool {
    if isTurkish { return old.count(where: isNegatedInTurkish) != new.count(where: isNegatedInTurkish) }
    guard !prefixes.isEmpty, old.count <= 24, new.count <= 24 else { return false }
    return old.contains { a in
      new.contains { b in
        let ((short, long), besides) = a.count < b.count ? ((a, b), old) : ((b, a), new)
        guard short.count >= 4, long.count - short.count <= 8 else { return false }
        return prefixes.contains {
          // `in form` and `inform` are no such pair.
          $0.count + short.count == long.count && long.starts(with: $0) && long.ends(with: short)
            && !besides.contains($0)
        }
      }
    }
  }
}

/// Whether a verb has the negating -me- or -ma- before its ending.
private func isNegatedInTurkish(_ word: [UInt8]) -> Bool {
  let word = String(decoding: word, as: UTF8.self)
  return word.hasSuffix("maz") || word.hasSuffix("mez") || turkishEndings.contains { word.contains($0) }
}

private let turkishEndings = [
  "madı", "medi", "mamış", "memiş", "mıyor", "miyor", "muyor", "müyor", "mayacak", "meyecek", "mayan", "meyen", "mamak",
  "memek",
]

private let negatingPrefixes = [
  "en": "un in im il ir dis non non-", "de": "un in il ir nicht", "fr": "in im il ir non", "es": "in im i des",
  "it": "in im il ir s",
  "pt": "in im i des", "nl": "on in", "sv": "o", "da": "u", "no": "u", "ru": "не без бес", "uk": "не без",
  "bg": "не без",
  "cs": "ne", "sk": "ne", "sl": "ne", "hr": "ne", "pl": "nie", "ro": "ne in", "lt": "ne", "lv": "ne", "el": "α αν μη",
  "eo": "mal ne", "hu": "nem",
]

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
