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
    inStep(reader.quantities(in: Skeleton(of: old)), reader.quantities(in: Skeleton(of: new)), by: \.comparable).map {
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
func inStep<T, Key: Hashable>(_ old: [T], _ new: [T], by key: (T) -> Key) -> [(T?, T?)] {
  var numbers: [Key: Int32] = [:]
  func number(_ element: T) -> Int32 {
    let key = key(element)
    if let known = numbers[key] { return known }
    let next = Int32(numbers.count)
    numbers[key] = next
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

extension Quantity {
  /// What makes two the same: the value with its scale multiplied in, and the unit, whichever way either is written.
  var comparable: String {
    var exponent = 0
    var rest: [String] = []
    let units = unit?.split(separator: " ").map(String.init) ?? []
    let isMoney = units.contains {
      currencies[$0] != nil || $0.unicodeScalars.first?.properties.generalCategory == .currencySymbol
    }
    for unit in units {
      if let scale = scales[unit] ?? (unit == "m" && isMoney ? 6 : nil) {
        exponent += scale
      } else {
        rest.append(currencies[unit] ?? unit)
      }
    }
    return "\(scaled(exponent)) \(rest.sorted().joined(separator: " "))"
  }

  /// Digits without zeros at either end, times a power of ten; the text where the value is open.
  private func scaled(_ exponent: Int) -> String {
    guard let value else { return "\(text)e\(exponent)" }
    let parts = value.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    var digits = parts.joined().drop { $0 == "0" }
    var exponent = exponent - (parts.count > 1 ? parts[1].count : 0)
    while digits.last == "0" {
      digits.removeLast()
      exponent += 1
    }
    return digits.isEmpty ? "0" : "\(value.first == "-" ? "-" : "")\(digits)e\(exponent)"
  }
}

/// Reads quantities off a skeleton.
struct QuantityReader {
  private let language: String?
  private let spelled: [String: String]

  init(_ language: String?) {
    let language = language.map { String($0.prefix { $0 != "-" }).lowercased() }
    self.language = language
    spelled = spelledNumbers[language ?? "en"] ?? [:]
  }

  func quantities(in skeleton: Skeleton) -> [Quantity] {
    let items = skeleton.items
    var out: [Quantity] = []
    var i = 0
    while i < items.count {
      var next = i + 1
      switch items[i].first {
      case 2: out.append(quantity(items, i, word(items[i]), spelled: nil, &next))
      case 3:
        let word = word(items[i])
        // Third parties are not counted.
        let isParty = word == "third" && next < items.count && items[next].starts(with: [3] + Array("part".utf8))
        if !isParty, let value = spelled[word] ?? crowds[word] ?? spelledTogether(word) {
          out.append(quantity(items, i, word, spelled: value, &next))
        }
      default: break
      }
      i = next
    }
    return out
  }

  /// The items, each number as its value: what stays the same when only its separators change.
  func plain(_ skeleton: Skeleton) -> [[UInt8]] {
    skeleton.items.map { item in
      guard item.first == 2 else { return item }
      let number = word(item)
      let sign = number.unicodeScalars.contains(where: isPerCent) ? "%" : ""
      let digits = String(String.UnicodeScalarView(number.unicodeScalars.filter { !isPerCent($0) }))
      return value(of: digits).map { [2] + Array("\($0)\(sign)".utf8) } ?? item
    }
  }

  /// The value of a German or Dutch word such as `einundzwanzig`.
  private func spelledTogether(_ word: String) -> String? {
    let joiner: String
    switch language {
    case "de" where word.hasSuffix("zig") || word.hasSuffix("ßig"): joiner = "und"
    case "nl" where word.hasSuffix("tig"): joiner = "en"
    default: return nil
    }
    // `tweeëntwintig`; the first joiner of `zweiundzwanzig` is the right one, that of `zevenentwintig` the second.
    let parts = word.replacing("ë", with: "e")
    guard let range = parts.ranges(of: joiner).first(where: { spelled[String(parts[$0.upperBound...])] != nil }) else {
      return nil
    }
    let (ones, tens) = (parts[..<range.lowerBound], parts[range.upperBound...])
    guard let tens = spelled[String(tens)].flatMap({ Int($0) }) else { return nil }
    let one = ones == "ein" || ones == "een" ? 1 : spelled[String(ones)].flatMap { Int($0) }
    return one.map { String(tens + $0) }
  }

  private func word(_ item: [UInt8]) -> String { String(decoding: item.dropFirst(), as: UTF8.self) }

  /// - Parameter next: where reading goes on, behind the units.
  private func quantity(_ items: [[UInt8]], _ i: Int, _ word: String, spelled: String?, _ next: inout Int) -> Quantity {
    var text = String.UnicodeScalarView()
    var units: [String] = []
    for scalar in word.unicodeScalars {
      if isPerCent(scalar) { units.append("%") } else { text.append(scalar) }
    }
    func item(_ k: Int) -> String? { items.indices.contains(k) ? self.word(items[k]) : nil }
    func isSymbol(_ k: Int) -> Bool { items.indices.contains(k) && items[k].first == 1 }
    if let sign = item(i - 1) {
      if isSymbol(i - 1) {
        if isCurrency(sign) { units.append(sign) } else if sign == "%" { units.append("%") }
      } else if perCentWords.contains(sign) {
        units.append("%")
      } else if currencyCodes.contains(sign) || (months.contains(sign) && items[i].first == 2 && items[i].count < 4) {
        units.append(sign)
      }
    }
    while units.count < 3, let word = item(next) {
      if isSymbol(next) {
        guard isCurrency(word) || word == "°" else { break }
        units.append(word)
      } else if perCentWords.contains(word) {
        units.append("%")
      } else if ["per", "pour", "por"].contains(word), ["cent", "cento", "ciento"].contains(item(next + 1)) {
        units.append("%")
        next += 1
      } else if word == "a" || word == "p", item(next + 1) == "m" {
        units.append(word + "m")
        next += 1
      } else if isUnit(word) {
        units.append(word)
      } else if let scale = word.unicodeScalars.first, hangulScales.contains(scale) {
        units.append(String(Character(scale)))
      } else {
        break
      }
      next += 1
    }
    let number = String(text)
    return Quantity(
      text: number, value: spelled ?? value(of: number), unit: units.isEmpty ? nil : units.joined(separator: " "))
  }

  private func isUnit(_ word: String) -> Bool {
    // Spanish `miles` are thousands, English ones a length.
    unitWords.contains(word) || currencies[word] != nil || scales[word] != nil || months.contains(word)
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
