/// Quotations that came, went or were reworded, and who is said to have spoken them.

/// A quotation as a wording has it.
public struct Quotation: Hashable, Sendable {
  /// Inside the marks.
  public let text: String
  /// Who spoke, by the words next to a verb of saying; nil when the wording does not tell.
  public let speaker: String?
}

/// A quotation that differs: nil before, it was added; nil after, it was removed.
public struct QuoteChange: Hashable, Sendable {
  public let before: Quotation?
  public let after: Quotation?
}

/// The quotations that differ between two wordings, in order; of an addition or deletion, all it has. Nil stands for no
/// wording. A quotation that stayed while its speaker changed is one too.
public func quoteChanges(from before: String?, to after: String?) -> [QuoteChange] {
  inStep(before.map(quotes) ?? [], after.map(quotes) ?? [], by: \.self).map { QuoteChange(before: $0, after: $1) }
}

/// The quotations of a wording with their speakers.
public func quotes(in text: String) -> [Quotation] {
  let scalars = Array(text.unicodeScalars)
  let ranges = quotationRanges(in: scalars)
  return ranges.enumerated().map { n, range in
    // What stands outside the marks on either side, up to the next quotation.
    let before = scalars[(n == 0 ? 0 : min(ranges[n - 1].upperBound + 1, range.lowerBound))..<range.lowerBound]
    let after = scalars[range.upperBound..<(n + 1 < ranges.count ? ranges[n + 1].lowerBound : scalars.count)]
    return Quotation(text: string(scalars[range]), speaker: speaker(before: before, after: after))
  }
}

/// The speaker by the clause after a quotation, else by the clause before it.
private func speaker(before: ArraySlice<Unicode.Scalar>, after: ArraySlice<Unicode.Scalar>) -> String? {
  let following = clause(after.drop { !$0.properties.isAlphabetic })
  if let found = attributed(following, isAfter: true) { return found }
  // "The captain, Jane Doe, said:" names her in the clause before the verb's.
  let clauses = lastClauses(before)
  guard let verb = clauses.last else { return nil }
  return attributed(verb, isAfter: false)
    ?? (clauses.count > 1 ? attributed("\(clauses[clauses.count - 2]) \(verb)", isAfter: false) : nil)
}

/// Up to the end of a sentence, or a comma once there are words; at most 80 scalars.
private func clause(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  string(scalars.prefix(80).prefix { !isClauseEnd($0) })
}

/// The last two clauses of a sentence that a quotation ends.
private func lastClauses(_ scalars: ArraySlice<Unicode.Scalar>) -> [String] {
  var out: [String] = []
  var rest = scalars.suffix(120)
  while out.count < 2 {
    while let last = rest.last, !last.properties.isAlphabetic, out.isEmpty || last == "," || last == " " {
      rest.removeLast()
    }
    let clause = ArraySlice(rest.reversed().prefix { !isClauseEnd($0) }.reversed())
    if clause.isEmpty { break }
    out.append(string(clause))
    rest.removeLast(clause.count)
  }
  return out.reversed()
}

private func isClauseEnd(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case ".", ",", ";", "!", "?", "。", "，", "！", "？", "؟", "،", "\u{964}", "\u{201D}", "\u{201C}", "\"", "»", "«",
    "\u{201E}", "」", "「", "\n":
    true
  default: false
  }
}

/// The words of a clause beside its verb of saying: those after it when it comes first, those before it else.
private func attributed(_ clause: String, isAfter: Bool) -> String? {
  for verb in unspacedVerbs {
    guard let range = clause.firstRange(of: verb) else { continue }
    var who = String(clause[..<range.lowerBound])
    for particle in ["は", "が", "と"] where who.hasSuffix(particle) || who.hasPrefix(particle) {
      who = who.hasSuffix(particle) ? String(who.dropLast()) : String(who.dropFirst())
    }
    return named(who)
  }
  let words = clause.split(separator: " ").map(String.init)
  guard let at = words.firstIndex(where: { verbs.contains(key($0)) }) else { return nil }
  let (head, tail) = (words[..<at], words[(at + 1)...])
  // "said the mayor" after a quotation, "the mayor said" on both sides, "said to reporters" of nobody.
  // Where the verb comes first, as in Arabic, also before a quotation.
  let comesFirst = at == 0 && !(tail.first.map { addressing.contains(key($0)) } ?? true)
  return named(head.joined(separator: " ")) ?? (isAfter || comesFirst ? named(tail.joined(separator: " ")) : nil)
}

private func key(_ word: String) -> String {
  var out = ""
  for scalar in word.unicodeScalars where scalar.properties.isAlphabetic || scalar.properties.isGraphemeExtend {
    out += scalar.properties.lowercaseMapping
  }
  return out
}

/// Some words as a name: no conjunction at their head, not too many, nil when none are left.
private func named(_ words: String) -> String? {
  var rest = words.split(separator: " ")
  while let first = rest.first, leading.contains(first.lowercased()) { rest.removeFirst() }
  while let last = rest.last, trailing.contains(last.lowercased()) { rest.removeLast() }
  guard !rest.isEmpty, rest.count <= 8 else { return nil }
  return rest.joined(separator: " ")
}

private let leading: Set<String> = [
  "and", "but", "as", "then", "who", "also", "et", "mais", "und", "aber", "y", "pero", "e", "ma", "mas", "и", "но",
  "dan", "وقد", "و", "that", "que",
]
/// Words after a verb of saying with whom, where or what was said.
private let addressing: Set<String> = [
  "to", "at", "in", "on", "reporters", "journalists", "à", "aux", "zu", "a", "ai", "إن", "أن",
]
/// Words between a speaker and the verb.
private let trailing: Set<String> = [
  "has", "had", "have", "also", "later", "a", "ha", "hat", "hatte", "avait", "había", "aveva", "also,", "ने", "diye",
]

/// Verbs of saying, in the forms that stand beside a quotation.
private let verbs = Set(
  """
  said says say told tells added adds stated wrote writes asked replied explained claimed warned insisted argued announced \
  declared noted tweeted posted recalled admitted denied responded confirmed dit disait déclaré déclare affirme affirmé ajoute \
  ajouté expliqué explique écrit précise souligne estime raconte indiqué assure assuré sagte sagt erklärte erklärt meinte \
  betonte schrieb fügte teilte kritisierte dijo dice afirmó afirma declaró aseguró explicó agregó añadió señaló sostuvo indicó \
  escribió ha_detto detto dichiarato afferma spiega spiegato aggiunto scritto sottolinea disse diz afirmou declarou explicou \
  acrescentou escreveu contou zei zegt stelde vertelde sade säger sa sagde siger powiedział powiedziała dodał dodała mówi \
  сказал сказала сказали заявил заявила заявили отметил отметила добавил добавила сообщил сообщила написал пояснил подчеркнул \
  подчеркнула говорит сказав заявив kata ujar tutur ucap jelas ungkap tegas menurut katanya ujarnya dedi söyledi belirtti \
  konuştu nói قال قالت قالوا أكد أكدت صرح أضاف أضافت أوضح وقال وأضاف وأكد وأضافت אמר אמרה אמרו הוסיף گفت कहा कहना बताया είπε δήλωσε ανέφερε
  """.split { $0 == " " || $0 == "\n" }.map(String.init))

private let unspacedVerbs = [
  "表示", "指出", "强调", "強調", "宣布", "称", "稱", "說", "说", "と述べ", "と話し", "と語っ", "と言っ", "と説明し", "と強調し", "กล่าว", "말했다", "밝혔다",
  "전했다",
]
