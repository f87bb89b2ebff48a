/// Numbers with what they count, and how they differ between two wordings.

/// A number as a wording has it.
public struct Quantity: Hashable, Sendable {
  /// As it stands: sign, digits of whatever script, separators; or the word that spells it.
  public let text: String
  /// In ASCII digits with `-` and `.`, grouping left out; nil where the separators leave open what is meant, as in 1.500.
  public let value: String?
  /// What stands with it: a per cent sign or word, a currency, a scale (million), these joined by spaces; nil when none.
  public let unit: String?
}

/// A number that differs: nil where one side has none in its place.
public struct NumberChange: Hashable, Sendable {
  public let before: Quantity?
  public let after: Quantity?
}

/// The numbers that differ between two wordings, in order: those of a stretch between equal numbers, the first with the
/// first.
///
/// - Parameter language: BCP 47; settles what `1.500` is, and which words spell numbers. Nil when it is not known.
public func numberChanges(from before: String, to after: String, language: String? = nil) -> [NumberChange] {
  let rephrasing = Rephrasing(before, after)
  let reader = QuantityReader(language)
  func changes(_ old: String, _ new: String) -> [NumberChange] {
    inStep(reader.quantities(in: Skeleton(of: old)), reader.quantities(in: Skeleton(of: new))).map {
      NumberChange(before: $0, after: $1)
    }
  }
  if rephrasing.old.whole.isEmpty { return changes(rephrasing.old.text, rephrasing.new.text) }
  // Of a long wording only what is near a change is read.
  return rephrasing.windows(of: rephrasing.changes).flatMap {
    changes(rephrasing.old.text($0.old), rephrasing.new.text($0.new))
  }
}

/// What differs between two rows: elements of a stretch between equal ones, the first with the first.
func inStep<T: Hashable>(_ old: [T], _ new: [T]) -> [(T?, T?)] {
  var numbers: [T: Int32] = [:]
  func number(_ element: T) -> Int32 {
    if let known = numbers[element] { return known }
    let next = Int32(numbers.count)
    numbers[element] = next
    return next
  }
  var budget = WorkBudget(500_000)
  let match = align(old.map(number), new.map(number), &budget)
  var out: [(T?, T?)] = []
  var (i, j) = (0, 0)
  while i < old.count || j < new.count {
    if i < old.count, match[i] == Int32(j) {
      (i, j) = (i + 1, j + 1)
      continue
    }
    let (oldStart, newStart) = (i, j)
    while i < old.count, match[i] < 0 { i += 1 }
    j = i < old.count ? Int(match[i]) : new.count
    for k in 0..<max(i - oldStart, j - newStart) {
      out.append((oldStart + k < i ? old[oldStart + k] : nil, newStart + k < j ? new[newStart + k] : nil))
    }
  }
  return out
}

/// Reads quantities off a skeleton.
struct QuantityReader {
  private let language: String?
  private let spelled: [String: Int]

  init(_ language: String?) {
    let language = language.map { String($0.prefix { $0 != "-" }).lowercased() }
    self.language = language
    spelled = spelledNumbers[language ?? "en"] ?? [:]
  }

  func quantities(in skeleton: Skeleton) -> [Quantity] {
    let items = skeleton.items
    var out: [Quantity] = []
    for i in items.indices {
      switch items[i].first {
      case 2: out.append(quantity(items, i, String(decoding: items[i].dropFirst(), as: UTF8.self), spelled: nil))
      case 3 where !spelled.isEmpty:
        let word = String(decoding: items[i].dropFirst(), as: UTF8.self)
        if let value = spelled[word] { out.append(quantity(items, i, word, spelled: value)) }
      default: break
      }
    }
    return out
  }

  private func quantity(_ items: [[UInt8]], _ i: Int, _ word: String, spelled: Int?) -> Quantity {
    var text = String.UnicodeScalarView()
    var units: [String] = []
    for scalar in word.unicodeScalars {
      if isPerCent(scalar) { units.append("%") } else { text.append(scalar) }
    }
    func item(_ k: Int) -> String? {
      items.indices.contains(k) ? String(decoding: items[k].dropFirst(), as: UTF8.self) : nil
    }
    func isSymbol(_ k: Int) -> Bool { items.indices.contains(k) && items[k].first == 1 }
    if isSymbol(i - 1), let sign = item(i - 1), isCurrency(sign) { units.append(sign) }
    var next = i + 1
    while units.count < 3, let word = item(next) {
      if isSymbol(next) {
        guard isCurrency(word) else { break }
        units.append(word)
      } else if perCentWords.contains(word) {
        units.append("%")
      } else if ["per", "pour", "por"].contains(word), ["cent", "cento", "ciento"].contains(item(next + 1)) {
        units.append("%")
        next += 1
      } else if unitWords.contains(word) {
        units.append(word)
      } else {
        break
      }
      next += 1
    }
    let number = String(text)
    return Quantity(
      text: number, value: spelled.map(String.init) ?? value(of: number),
      unit: units.isEmpty ? nil : units.joined(separator: " "))
  }

  private func isCurrency(_ text: String) -> Bool {
    text.unicodeScalars.first?.properties.generalCategory == .currencySymbol
  }

  /// The plain decimal; nil where the separators leave it open.
  private func value(of number: String) -> String? {
    var (sign, digits): (String, [Character]) = ("", [])
    var separators: [(mark: Character, at: Int)] = []
    for scalar in number.unicodeScalars {
      if let value = scalar.properties.numericValue, value >= 0, value < 10 {
        digits.append(Character(String(Int(value))))
      } else if digits.isEmpty {
        sign = isMinus(scalar) ? "-" : ""
      } else {
        switch scalar {
        case ",", "\u{66B}", "\u{FF0C}": separators.append((",", digits.count))
        case ".", "\u{FF0E}", "\u{B7}": separators.append((".", digits.count))
        default: separators.append(("'", digits.count))  // always grouping
        }
      }
    }
    guard let last = separators.last else { return sign + String(digits) }
    let marks = Set(separators.map(\.mark))
    let isGrouped = digits.count - last.at == 3
    let hasPoint: Bool
    if last.mark == "'" {
      hasPoint = false
    } else if marks.count > 1 {
      hasPoint = separators.count { $0.mark == last.mark } == 1
    } else if separators.count > 1 {
      // 1.2.2026 is no decimal, 1.234.567 is grouped.
      guard isGrouped else { return nil }
      hasPoint = false
    } else if !isGrouped || digits.prefix(last.at).allSatisfy({ $0 == "0" }) || last.at > 3 {
      hasPoint = true
    } else if let language {
      hasPoint = last.mark == (commaIsDecimal.contains(language) ? "," : ".")
    } else {
      return nil
    }
    guard hasPoint else { return sign + String(digits) }
    return sign + String(digits[..<last.at]) + "." + String(digits[last.at...])
  }
}

/// Languages that write the decimal comma.
private let commaIsDecimal: Set<String> = [
  "de", "fr", "it", "es", "pt", "nl", "sv", "da", "no", "nb", "nn", "fi", "pl", "cs", "sk", "sl", "hr", "sr", "bs",
  "hu", "ro",
  "bg", "ru", "uk", "be", "el", "tr", "id", "vi", "ca", "gl", "eu", "et", "lv", "lt", "is", "ka", "hy", "az", "kk",
]

private let perCentWords: Set<String> = [
  "percent", "pct", "prozent", "procent", "procento", "persen", "процент", "процента", "процентов", "yüzde", "προσέντ",
  "phần trăm",
]

/// Scales, and names of currencies, that belong to the number before them.
private let unitWords: Set<String> = Set(
  """
  hundred thousand million millions billion billions trillion trillions bn mn m k dozen dollars dollar euros euro pounds pound \
  yen yuan crowns rupees lakh crore mille million milliard milliards millier milliers tausend millionen milliarde milliarden mio \
  mrd billionen mil millón millones mila milione milioni miliardo miliardi milhão milhões bilhão bilhões miljoen miljard miljoner \
  miljarder tysięcy mln mld mlrd тысяч тысячи тысяча тыс млн млрд миллион миллиона миллионов миллиард миллиарда миллиардов \
  рублей долларов евро ribu juta miliar triliun rupiah nghìn triệu tỷ bin milyon milyar लाख करोड़ हज़ार ألف مليون مليار مليونا \
  百 千 万 萬 亿 億 兆 만 억 천 조 元 円 원 km kg cm mm ha
  """.split { $0 == " " || $0 == "\n" }.map(String.init))

/// Words that spell cardinals, by language; one is left out, for it is an article in most.
private let spelledNumbers: [String: [String: Int]] = [
  "en": words("two three four five six seven eight nine ten eleven twelve"),
  "fr": words("deux trois quatre cinq six sept huit neuf dix onze douze"),
  "de": words("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
  "es": words("dos tres cuatro cinco seis siete ocho nueve diez once doce"),
  "it": words("due tre quattro cinque sei sette otto nove dieci undici dodici"),
  "pt": words("dois três quatro cinco seis sete oito nove dez onze doze"),
  "nl": words("twee drie vier vijf zes zeven acht negen tien elf twaalf"),
  "sv": words("två tre fyra fem sex sju åtta nio tio elva tolv"),
  "pl": words("dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście"),
  "ru": words("два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"),
  "id": words("dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"),
  "tr": words("iki üç dört beş altı yedi sekiz dokuz on"),
  "zh": words("二 三 四 五 六 七 八 九 十"), "ja": words("二 三 四 五 六 七 八 九 十"),
]

/// From two up.
private func words(_ list: String) -> [String: Int] {
  Dictionary(uniqueKeysWithValues: list.split(separator: " ").enumerated().map { (String($1), $0 + 2) })
}
