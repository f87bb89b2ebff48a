import HTTPAnswers
import Model
import Storage

/// An archive as other web archives and their tools ask it: Memento (RFC 7089) below `/web/`, and the index of captures at
/// `/cdx` in pywb's dialect and at `/cdx/search/cdx` in the Wayback Machine's. docs/MEMENTO.md lists addresses and parameters.
public struct MementoAnswers: Answering {
  let lookup = CaptureLookup()

  public init() {}

  public func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer? {
    switch question.path {
    case "/cdx", "/web/cdx", "/cdx/search/cdx":
      let dialect: CDXDialect = question.path == "/cdx/search/cdx" ? .wayback : .pywb
      return try cdx(question.query, dialect, in: store)
    case "/web": return .redirect(to: question.base + ReplayAddress.prefix)
    case let path where path.hasPrefix(ReplayAddress.prefix): return try replay(question, from: store)
    default: return nil
    }
  }

  private func replay(_ question: Question, from store: Store) throws(StorageError) -> Answer {
    let address: ReplayAddress
    do throws(ReplayAddress.Invalid) {
      address = try ReplayAddress(path: question.path, query: question.rawQuery)
    } catch {
      return .plain(error.message + "\n", status: 400)
    }
    switch address {
    case .timeGate(let url, let form): return try timeGate(url, form, question, store)
    case .memento(let at, let form, let url): return try memento(of: url, at: at, form, question, store)
    case .timeMap(let format, let from, let until, let url):
      return try timeMap(of: url, format, from: from, until: until, question, store)
    case .history(let asked): return try history(of: asked, question, store)
    }
  }

  /// The page on which people see an article's captures; for what is not filed as an article, its TimeMap.
  private func history(of asked: String, _ question: Question, _ store: Store) throws(StorageError) -> Answer {
    if asked.hasSuffix("*") || asked.hasPrefix("*.") {
      return .redirect(to: question.base + "/cdx?url=" + PercentCoding.encoded(asked), validity: .archive)
    }
    guard let url = ArchivedURL(asked) else { return .plain(ReplayAddress.Invalid.noURL.message + "\n", status: 400) }
    if let article = try lookup.filed(under: url, in: store).first {
      return .redirect(to: question.base + "/article/\(article)", validity: .archive)
    }
    return .redirect(to: MementoAddresses(base: question.base, form: .page).timeMap(url.text), validity: .archive)
  }

  /// What is said of a URL of which nothing can be shown.
  func notArchived(_ url: ArchivedURL, timeGate: Bool = false) -> Answer {
    var answer = Answer.plain("not archived: \(url.text)\n", status: 404)
    if timeGate { answer.fields.append(("Vary", "accept-datetime")) }
    return answer
  }
}
