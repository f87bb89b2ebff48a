import HTTPAnswers
import Model
import Storage

/// What the forms of the page of sources ask for. They come only where writing is allowed and the token was right.
struct SourceForms {
  /// Does what was posted; gives what to tell.
  static func take(_ question: Question, _ store: Store) throws(PageError) -> HTML {
    guard let form = question.form else {
      throw .bad(
        BadQuestion("That is no form.", hint: "Use the forms of this page, or the API for programs.", status: 415))
    }
    func field(_ name: String) -> String { form.first { $0.name == name }?.value ?? "" }
    let name = field("name")
    switch field("do") {
    case "add": return try add(name, kind: field("kind"), question.now, store)
    case "pause": return try change(name, .pause, "is paused", question.now, store)
    case "resume": return try change(name, .resume, "is watched again", question.now, store)
    case "remove": return try change(name, .remove, "is off the list; what was captured stays", question.now, store)
    default: throw .bad(BadQuestion("The form does not say what to do.", hint: "Go back and try again."))
    }
  }

  private static func add(_ text: String, kind: String, _ now: Instant, _ store: Store) throws(PageError) -> HTML {
    let url: WebURL
    do throws(WebURL.Invalid) { url = try WebURL(text) } catch {
      throw .bad(
        BadQuestion("“\(clipped(text, to: 80))” cannot be watched: \(error.reason).", hint: "Give a whole URL."))
    }
    guard url.scheme == "http" || url.scheme == "https" else {
      throw .bad(BadQuestion("Only http and https can be watched.", hint: "Give a URL that begins with https://."))
    }
    do throws(StorageError) {
      let kind = SourceKind(rawValue: kind) ?? .page
      let done = try store.add([NewSource(url: url, kind: kind)], now: now)
      return done.added.isEmpty
        ? "<b>\(url.normalized)</b> was on the list already." : "<b>\(url.normalized)</b> is watched, and due at once."
    } catch { throw .storage(error) }
  }

  private static func change(
    _ name: String, _ change: WatchChange, _ words: HTML, _ now: Instant, _ store: Store
  ) throws(PageError) -> HTML {
    do throws(StorageError) {
      if let source = try store.source(named: name), try store.change([source], change, now: now) == [true] {
        return "<b>\(source.url)</b> \(words)."
      }
    } catch { throw .storage(error) }
    throw .bad(
      BadQuestion(
        "Nothing on the list is called “\(clipped(name, to: 80))”.", hint: "It may have been removed already."))
  }
}
