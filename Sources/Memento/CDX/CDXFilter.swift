/// Which lines of an index are wanted: `[!][=|~]field:what`.
struct CDXFilter: Sendable {
  private enum Condition: Sendable {
    case equals(String)
    /// From the value's beginning.
    case begins(TextPattern)
    /// Contains the text, or is matched by it whole, if it is a pattern: what a plain filter means to pywb, and what it means
    /// to the Wayback Machine.
    case containsOrIs(String, TextPattern?)
    /// From the value's beginning to its end.
    case whole(TextPattern)
  }

  private let isInverted: Bool
  /// Nil: the whole line.
  private let field: CDXField?
  private let condition: Condition

  /// Steps that all filters of one question may take together.
  static let budget = 200_000_000

  init(_ text: String, _ dialect: CDXDialect) throws(CDXQuestion.Invalid) {
    var rest = text[...]
    isInverted = rest.first == "!"
    if isInverted { rest.removeFirst() }
    let kind = rest.first
    if kind == "=" || kind == "~" { rest.removeFirst() }
    var wanted = rest
    if let colon = rest.firstIndex(of: ":") {
      guard let named = CDXField(String(rest[..<colon])) else {
        throw CDXQuestion.Invalid("there is no field \"\(rest[..<colon])\" to filter by")
      }
      field = named
      wanted = rest[rest.index(after: colon)...]
    } else {
      field = nil
    }
    let value = String(wanted)
    func pattern() throws(CDXQuestion.Invalid) -> TextPattern {
      do throws(TextPattern.Invalid) { return try TextPattern(value) } catch {
        throw CDXQuestion.Invalid("\"\(value)\" is no pattern to filter by: \(error.reason)")
      }
    }
    condition =
      switch kind {
      case "=": .equals(value)
      case "~": .begins(try pattern())
      default:
        // Text that is no pattern is still text that a field may contain.
        dialect == .wayback ? .whole(try pattern()) : .containsOrIs(value, try? pattern())
      }
  }

  /// Throws when all filters together have taken too many steps.
  func admits(_ row: CDXRow, budget: inout Int) throws(CDXQuestion.Invalid) -> Bool {
    let value = field.map { row.value(of: $0) ?? "" } ?? row.cdxj(CDXField.usual)
    let found: Bool? =
      switch condition {
      case .equals(let text): value == text
      case .begins(let pattern): pattern.matches(value.utf8, whole: false, budget: &budget)
      case .whole(let pattern): pattern.matches(value.utf8, whole: true, budget: &budget)
      case .containsOrIs(let text, let pattern):
        value.contains(text) ? true : pattern.map { $0.matches(value.utf8, whole: true, budget: &budget) } ?? false
      }
    guard let found else {
      throw CDXQuestion.Invalid("the filters take too long: ask for fewer lines, or more plainly")
    }
    return found != isInverted
  }
}
