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
  let reader = QuantityReader(language.map(primarySubtag))
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
  private let spelled: WordTable<String>

  /// - Parameter language: a primary subtag; nil when it is not known.
  init(_ language: String?) {
    self.language = language
    spelled = spelledNumbers[language ?? "en"]
  }

  func quantities(in skeleton: Skeleton) -> [Quantity] {
    var out: [Quantity] = []
    var i = 0
    while i < skeleton.count {
      var next = i + 1
      switch skeleton.kind(i) {
      case .number: out.append(quantity(skeleton, i, spelled: nil, &next))
      case .word:
        // Third parties are not counted.
        let isParty =
          next < skeleton.count && skeleton.kind(next) == .word && skeleton[next].starts(with: "part".utf8)
          && skeleton[i].elementsEqual("third".utf8)
        if !isParty, let value = spelled[skeleton[i]] ?? spelledTogether(skeleton[i]) {
          out.append(quantity(skeleton, i, spelled: value, &next))
        }
      case .symbol: break
      }
      i = next
    }
    return out
  }

  /// Whether two have the same items, a number by its value: only its separators may differ.
  func areSameInWords(_ a: Skeleton, _ b: Skeleton) -> Bool {
    a.count == b.count
      && (0..<a.count).allSatisfy { i in
        a.kind(i) == b.kind(i) && (a[i] == b[i] || (a.kind(i) == .number && plain(a[i]) == plain(b[i])))
      }
  }

  /// A number as its value; as it stands where that is open.
  private func plain(_ item: ArraySlice<UInt8>) -> String {
    let (number, isPerCent) = parts(item)
    return value(of: number).map { $0 + (isPerCent ? "%" : "") } ?? String(decoding: item, as: UTF8.self)
  }

  /// A number without per cent signs, and whether it has one.
  private func parts(_ item: ArraySlice<UInt8>) -> (number: String, isPerCent: Bool) {
    let text = String(decoding: item, as: UTF8.self)
    // A single ASCII sign ends it at most, but for those of other scripts.
    guard item.last.map({ $0 == UInt8(ascii: "%") || $0 >= 0x80 }) == true else { return (text, false) }
    let number = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isPerCent($0) }))
    return (number, number.utf8.count < text.utf8.count)
  }

  /// The value of a German or Dutch word such as `einundzwanzig`.
  private func spelledTogether(_ word: ArraySlice<UInt8>) -> String? {
    guard language == "de" || language == "nl", word.suffix(2).elementsEqual("ig".utf8) else { return nil }
    let word = String(decoding: word, as: UTF8.self)
    let joiner: String
    switch language {
    case "de" where word.hasSuffix("zig") || word.hasSuffix("ßig"): joiner = "und"
    case "nl" where word.hasSuffix("tig"): joiner = "en"
    default: return nil
    }
    // `tweeëntwintig`; the first joiner of `zweiundzwanzig` is the right one, that of `zevenentwintig` the second.
    let parts = word.replacing("ë", with: "e")
    guard let range = parts.ranges(of: joiner).first(where: { spelled[parts[$0.upperBound...].utf8] != nil }) else {
      return nil
    }
    let (ones, tens) = (parts[..<range.lowerBound], parts[range.upperBound...])
    guard let tens = spelled[tens.utf8].flatMap({ Int($0) }) else { return nil }
    let one = ones == "ein" || ones == "een" ? 1 : spelled[ones.utf8].flatMap { Int($0) }
    return one.map { String(tens + $0) }
  }

  /// - Parameter next: where reading goes on, behind the units.
  private func quantity(_ skeleton: Skeleton, _ i: Int, spelled: String?, _ next: inout Int) -> Quantity {
    let (number, isPerCent) = skeleton.kind(i) == .number ? parts(skeleton[i]) : (skeleton.text(i), false)
    var units: [String] = isPerCent ? ["%"] : []
    func stands(_ word: StaticString, at k: Int) -> Bool {
      k < skeleton.count && word.withUTF8Buffer { skeleton[k].elementsEqual($0) }
    }
    if i > 0 {
      let sign = skeleton[i - 1]
      if skeleton.kind(i - 1) == .symbol {
        if isCurrency(sign) { units.append(skeleton.text(i - 1)) } else if stands("%", at: i - 1) { units.append("%") }
      } else if perCentWords.contains(sign) {
        units.append("%")
      } else if currencyCodes.contains(sign)
        || (months.contains(sign) && skeleton.kind(i) == .number && skeleton[i].count < 3)
      {
        units.append(skeleton.text(i - 1))
      }
    }
    while units.count < 3, next < skeleton.count {
      let word = skeleton[next]
      if skeleton.kind(next) == .symbol {
        guard isCurrency(word) || stands("°", at: next) else { break }
        units.append(skeleton.text(next))
      } else if perCentWords.contains(word) {
        units.append("%")
      } else if stands("per", at: next) || stands("pour", at: next) || stands("por", at: next),
        stands("cent", at: next + 1) || stands("cento", at: next + 1) || stands("ciento", at: next + 1)
      {
        units.append("%")
        next += 1
      } else if stands("a", at: next) || stands("p", at: next), stands("m", at: next + 1) {
        units.append(skeleton.text(next) + "m")
        next += 1
      } else if isUnit(word) {
        units.append(skeleton.text(next))
      } else if let scale = skeleton.text(next).unicodeScalars.first, hangulScales.contains(scale) {
        units.append(String(Character(scale)))
      } else {
        break
      }
      next += 1
    }
    return Quantity(
      text: number, value: spelled ?? value(of: number), unit: units.isEmpty ? nil : units.joined(separator: " "))
  }

  private func isUnit(_ word: ArraySlice<UInt8>) -> Bool {
    // Spanish `miles` are thousands, English ones a length.
    unitWords.contains(word) || currencies.contains(word) || scales.contains(word) || months.contains(word)
  }

  private func isCurrency(_ symbol: ArraySlice<UInt8>) -> Bool {
    String(decoding: symbol, as: UTF8.self).unicodeScalars.first?.properties.generalCategory == .currencySymbol
  }

  /// The plain decimal; nil where the separators leave it open.
  private func value(of number: String) -> String? {
    if number.utf8.allSatisfy({ (48...57).contains($0) }) { return number }
    var (sign, digits): (String, [UInt8]) = ("", [])
    var separators: [(mark: UInt8, at: Int)] = []
    let (comma, point, grouping) = (UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "'"))
    for scalar in number.unicodeScalars {
      if let digit = digit(scalar) {
        digits.append(digit)
      } else if digits.isEmpty {
        sign = isMinus(scalar) ? "-" : ""
      } else {
        switch scalar {
        case ",", "\u{66B}", "\u{FF0C}": separators.append((comma, digits.count))
        case ".", "\u{FF0E}", "\u{B7}": separators.append((point, digits.count))
        default: separators.append((grouping, digits.count))  // always grouping
        }
      }
    }
    func text(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }
    guard let last = separators.last else { return sign + text(digits[...]) }
    let isGrouped = digits.count - last.at == 3
    let hasPoint: Bool
    if last.mark == grouping {
      hasPoint = false
    } else if separators.contains(where: { $0.mark != last.mark }) {
      hasPoint = separators.count { $0.mark == last.mark } == 1
    } else if separators.count > 1 {
      // 1.2.2026 is no decimal, 1.234.567 is grouped.
      guard isGrouped else { return nil }
      hasPoint = false
    } else if !isGrouped || digits.prefix(last.at).allSatisfy({ $0 == UInt8(ascii: "0") }) || last.at > 3 {
      hasPoint = true
    } else if let language {
      hasPoint = last.mark == (commaIsDecimal.contains(language) ? comma : point)
    } else {
      return nil
    }
    guard hasPoint else { return sign + text(digits[...]) }
    return sign + text(digits[..<last.at]) + "." + text(digits[last.at...])
  }

  /// The ASCII digit for one of any script.
  private func digit(_ scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x80 { return (48...57).contains(scalar.value) ? UInt8(scalar.value) : nil }
    return scalar.properties.numericValue.flatMap { $0 >= 0 && $0 < 10 ? 48 + UInt8($0) : nil }
  }
}

/// Languages that write the decimal comma.
private let commaIsDecimal: Set<String> = [
  "de", "fr", "it", "es", "pt", "nl", "sv", "da", "no", "nb", "nn", "fi", "pl", "cs", "sk", "sl", "hr", "sr", "bs",
  "hu", "ro",
  "bg", "ru", "uk", "be", "el", "tr", "id", "vi", "ca", "gl", "eu", "et", "lv", "lt", "is", "ka", "hy", "az", "kk",
]
