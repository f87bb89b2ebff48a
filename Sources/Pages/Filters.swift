import HTTPAnswers
import Model
import Storage

/// What a reader asked the listing of edits for.
public struct TodayFilter: Hashable, Sendable {
  var classes: [Edit.Class] = []
  /// A source's URL or a part of it, as typed.
  var source = ""
  var language = ""
  /// As typed.
  var since = ""
  var until = ""
  var stealthFirst = false
  /// Stealth edits were shown before, all of them: the others are next.
  var isPastStealth = false
  var cursor: RevisionCursor?

  public init() {}

  /// All that is asked but the place.
  var isAll: Bool { pairs(withCursor: false).allSatisfy { $0.value == nil } }

  var pairs: [(name: String, value: String?)] { pairs(withCursor: true) }

  private func pairs(withCursor: Bool) -> [(name: String, value: String?)] {
    func text(_ text: String) -> String? { text.isEmpty ? nil : text }
    return classes.map { ("class", $0.rawValue) } + [
      ("source", text(source)), ("language", text(language)), ("since", text(since)), ("until", text(until)),
      ("order", stealthFirst ? "stealth" : nil), ("after", withCursor ? place : nil),
    ]
  }

  /// Where its page begins, as `after` gives it.
  private var place: String? {
    let written = cursor.map { "\($0.at.milliseconds)-\($0.article)-\($0.ordinal)" }
    guard isPastStealth else { return written }
    return written.map { "\(Self.past)\($0)" } ?? Self.past
  }

  private static let past = "others"

  /// Reads a query. Throws what a reader got wrong.
  init(_ question: Question) throws(BadQuestion) {
    for name in question.all(query: "class") where !name.isEmpty {
      guard let one = Edit.Class(rawValue: name) else {
        throw BadQuestion(
          "There is no class of edits called “\(clipped(name, to: 60))”.", hint: "Choose one from the list.")
      }
      if !classes.contains(one) { classes.append(one) }
    }
    source = question[query: "source"] ?? ""
    language = question[query: "language"] ?? ""
    since = question[query: "since"] ?? ""
    until = question[query: "until"] ?? ""
    stealthFirst = question[query: "order"] == "stealth"
    guard var text = question[query: "after"], !text.isEmpty else { return }
    if stealthFirst, text.hasPrefix(Self.past) {
      isPastStealth = true
      text.removeFirst(Self.past.count)
      if text.isEmpty { return }
    }
    let parts = text.split(separator: "-").compactMap { Int64($0) }
    guard parts.count == 3, let ordinal = Int(exactly: parts[2]) else { throw .place }
    cursor = RevisionCursor(at: Instant(milliseconds: parts[0]), article: parts[1], ordinal: ordinal)
  }
}

/// What a reader asked the search for.
public struct SearchFilter: Hashable, Sendable {
  var words = ""
  var source = ""
  var language = ""
  var since = ""
  var until = ""
  /// What was shown before.
  var after: SaidCursor?

  public init() {}

  var pairs: [(name: String, value: String?)] {
    func text(_ text: String) -> String? { text.isEmpty ? nil : text }
    return [
      ("q", text(words)), ("source", text(source)), ("language", text(language)), ("since", text(since)),
      ("until", text(until)), ("after", after?.description),
    ]
  }

  init(_ question: Question) throws(BadQuestion) {
    words = question[query: "q"] ?? ""
    source = question[query: "source"] ?? ""
    language = question[query: "language"] ?? ""
    since = question[query: "since"] ?? ""
    until = question[query: "until"] ?? ""
    after = try question.saidCursor("after")
  }
}

/// Why a page cannot be made of what was asked: shown as a page of its own.
struct BadQuestion: Error {
  let status: Int
  let message: String
  let hint: String

  init(_ message: String, hint: String, status: Int = 400) {
    (self.message, self.hint, self.status) = (message, hint, status)
  }

  static let place = BadQuestion(
    "That place in the list does not exist.", hint: "Begin at the first page of the list.")
}

extension Question {
  /// A place in what was said; nil when it is not given.
  func saidCursor(_ name: String) throws(BadQuestion) -> SaidCursor? {
    guard let text = self[query: name], !text.isEmpty else { return nil }
    guard let cursor = SaidCursor(text) else { throw .place }
    return cursor
  }

  /// A parameter that is a number from 0 on; 0 when it is not given.
  func count(_ name: String) throws(BadQuestion) -> Int {
    guard let text = self[query: name], !text.isEmpty else { return 0 }
    guard let number = Int(text), number >= 0 else { throw .place }
    return number
  }
}

extension Scope {
  /// Of filters as they were typed.
  init(
    source: String, language: String, since: String, until: String, in store: Store, now: Instant
  ) throws(PageError) {
    self.init()
    func time(_ text: String) throws(PageError) -> TypedTime? {
      guard !text.isEmpty else { return nil }
      guard let time = TypedTime(text, now: now) else {
        throw .bad(
          BadQuestion(
            "“\(clipped(text, to: 60))” is no day or instant.",
            hint: "Write 2026-11-20, 2026-11-20T10:00Z, yesterday, or 7d for seven days ago."))
      }
      return time
    }
    self.since = try time(since)?.start
    self.until = try time(until)?.end
    self.language = language.isEmpty ? nil : language
    guard !source.isEmpty else { return }
    let match: ArticleMatch
    do { match = try store.everySource(named: source) } catch { throw .storage(error) }
    switch match {
    case .one(let id, _): self.source = id
    case .none:
      throw .bad(
        BadQuestion(
          "No source has “\(clipped(source, to: 60))” in its URL.", hint: "The page of sources lists those there are."))
    case .several(let urls):
      throw .bad(
        BadQuestion(
          "More than one source has “\(clipped(source, to: 60))” in its URL.",
          hint: "Give more of it: " + urls.prefix(3).map { clipped($0, to: 80) }.joined(separator: ", ")))
    }
  }
}

/// What ends the making of a page.
enum PageError: Error {
  case storage(StorageError)
  case bad(BadQuestion)
}

/// A text cut to so many scalars, with an ellipsis where it was cut.
func clipped(_ text: String, to count: Int) -> String {
  let scalars = text.unicodeScalars
  guard scalars.count > count else { return text }
  return String(String.UnicodeScalarView(scalars.prefix(count))) + "…"
}
