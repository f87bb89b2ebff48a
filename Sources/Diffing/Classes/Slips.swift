/// What looks like a slip of the pen and is another word or another form of it.

/// Whether a change may be a slip: no other mark came or went with a word that stood twice; one letter is another one, but
/// not in scripts where that makes another word (Arabic, Hebrew, Indic, Hangul), not between a German vowel and its umlaut
/// (`konnte`, `könnte`), not in `woman` and `women`.
///
/// - Parameter text: what went or came, as it stands.
func mayBeSlip(_ change: WordChange, _ text: String, language: String?) -> Bool {
  guard change.old.count == 1, change.new.count == 1 else {
    return text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.isWhitespace }
  }
  let (old, new) = (String(decoding: change.old[0], as: UTF8.self), String(decoding: change.new[0], as: UTF8.self))
  guard old.unicodeScalars.allSatisfy({ $0.value < 0x590 || (0x10A0...0x10FF).contains($0.value) }) else {
    return false
  }
  let (short, long) = (min(old, new), max(old, new))
  if short.hasSuffix("man"), long.hasSuffix("men") { return false }
  guard language?.hasPrefix("de") ?? true else { return true }
  return !zip(old, new).contains { pair in
    umlauts.contains { ($0.0 == pair.0 && $0.1 == pair.1) || ($0.0 == pair.1 && $0.1 == pair.0) }
  }
}

private let umlauts: [(Character, Character)] = [("a", "ä"), ("o", "ö"), ("u", "ü")]
