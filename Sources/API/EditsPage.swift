import Answers
import HTTPAnswers
import JSON
import Model
import Storage

/// A page of edits over the archive, newest first. Its cursor names the last edit shown, so that edits that came meanwhile
/// shift nothing.
struct EditsPage {
  let answer: Answer

  init(_ asked: Asked) throws {
    let limit = try asked.limit()
    var scope = try asked.scope()
    var start = try asked.one("cursor").map { try Place($0) }
    if let at = start?.at {
      scope.until = min(scope.until ?? .init(milliseconds: .max), at.advanced(byMilliseconds: 1))
    }
    if start?.ordinal == 0 { start = nil }
    var (items, last, isMore): ([JSONValue], Place?, Bool) = ([], nil, false)
    let reached = try asked.edits(scope) { found in
      let place = Place(found)
      var skipped = 0
      if let begin = start {
        // Revisions of the same instant that the last page showed.
        guard found.came.by == begin.at else {
          start = nil
          return try take(0)
        }
        guard place.isSameRevision(as: begin) else { return true }
        (skipped, start) = (begin.edits, nil)
      }
      return try take(skipped)

      func take(_ skipped: Int) throws -> Bool {
        let new = found.edits.dropFirst(skipped)
        let taken = new.prefix(limit - items.count)
        items += found.json(taken)
        if !taken.isEmpty { last = place.after(taken.endIndex) }
        isMore = taken.count < new.count
        return !isMore
      }
    }
    // All of the instant before was looked at: nothing of the page after is to be passed over.
    if let reached { last = Place(before: reached) }
    answer = .page(items, next: isMore || reached != nil ? last?.text : nil)
  }
}

extension Asked {
  /// Edits in a scope, of the classes asked for, and of stealth edits alone where these are asked for. Only reading tells
  /// which are stealth, so fewer revisions are looked at for one page.
  /// - Returns: as `Store.edits`.
  func edits(_ scope: Scope, found: (FoundEdits) throws -> Bool) throws -> Instant? {
    let (classes, isStealth) = (try classes(), try flag("stealth"))
    return try store.edits(
      scope, classes: classes, reach: isStealth ? Store.feedReach / 5 : Store.feedReach,
      where: { !isStealth || $0.isStealth }, found: found)
  }
}

/// Where a page of edits ends: after so many edits of a revision.
private struct Place {
  let at: Instant
  let ordinal: Int
  /// The beginning of the digest of the article's URL.
  let article: String
  var edits = 0

  init(_ found: FoundEdits) {
    (at, ordinal) = (found.came.by, found.ordinal)
    article = String(Digest(ofUTF8: found.url).hexadecimal.prefix(16))
  }

  /// Where all before an instant begins.
  init(before instant: Instant) { (at, ordinal, article) = (instant.advanced(byMilliseconds: -1), 0, "-") }

  init(_ cursor: String) throws(Failure) {
    let parts = cursor.split(separator: ".")
    guard parts.count == 4, let milliseconds = Int64(parts[0]), milliseconds.magnitude < 1 << 60,
      let ordinal = Int(parts[1]), let edits = Int(parts[3]), edits >= 0
    else { throw Asked.noSuchPage }
    (at, self.ordinal, article, self.edits) = (Instant(milliseconds: milliseconds), ordinal, String(parts[2]), edits)
  }

  func isSameRevision(as other: Place) -> Bool { article == other.article && ordinal == other.ordinal }

  func after(_ edits: Int) -> Place {
    var place = self
    place.edits = edits
    return place
  }

  var text: String { "\(at.milliseconds).\(ordinal).\(article).\(edits)" }
}
