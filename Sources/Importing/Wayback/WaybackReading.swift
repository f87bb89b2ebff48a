import Dispatch
import Fetching
import Model
import Storage

/// What of an archive has been read so far.
final class WaybackReading: @unchecked Sendable {  // handed from task to task, never used by two at once
  private struct Known: Hashable {
    let url: String
    let at: Instant
  }

  private enum Answer {
    case response(Response)
    case failed(String)
    /// The archive wants to be left alone for longer than is waited here.
    case heldBack(String)
    /// The fetcher was shut down.
    case cancelled
  }

  /// A page of the Wayback Machine's index.
  private static let rowsAPage = 5000
  /// An archive with too much to do is asked again so often.
  private static let attempts = 4
  /// After so many captures in a row that could not be had the archive is taken to be out of order.
  private static let mostFailures = 5
  private static let batchItems = 32

  private let query: Wayback.Query
  private let place: Wayback.Place
  private let fetcher: Fetcher
  private let allowsPrivateAddresses: Bool
  private let store: Store
  private let now: @Sendable () -> Instant
  private let note: @Sendable (String) -> Void

  /// Which of the place's indexes answers; nil before any did.
  private var index: (url: String, isPaged: Bool)?
  private var waiting: ArraySlice<IndexedCapture> = []
  private var resumeKey: String?
  private var isAtLastPage = false
  private var fetched = 0
  private var passedOver = 0
  private var failures = 0
  /// Why the last connection failed; nil once there was an answer.
  private var unreachable: String?
  private var hasEnded = false
  /// Captures that are here, of the articles asked about lately.
  private var known: [String: Set<Known>] = [:]
  /// Which article a URL without scheme and `www.` belongs to.
  private var articles: [String: String] = [:]

  init(
    _ query: Wayback.Query, at place: Wayback.Place, fetcher: Fetcher, allowsPrivateAddresses: Bool, store: Store,
    now: @escaping @Sendable () -> Instant, note: @escaping @Sendable (String) -> Void
  ) {
    (self.query, self.place, self.fetcher) = (query, place, fetcher)
    (self.allowsPrivateAddresses, self.store, self.now, self.note) = (allowsPrivateAddresses, store, now, note)
  }

  /// A batch is small, or a second long: an import ends between two.
  func batch() throws(ImportError) -> [Wayback.Item] {
    var (items, bytes): ([Wayback.Item], Int) = ([], 0)
    let latest = now().advanced(byMilliseconds: 1000)
    while !hasEnded, items.count < Self.batchItems, bytes < CaptureImport.batchBytes, items.isEmpty || now() < latest {
      guard let next = waiting.popFirst() else {
        if isAtLastPage { end() } else { items += try page() }
        continue
      }
      guard fetched < query.limit ?? .max else {
        end()
        continue
      }
      guard let item = try fetch(next) else { continue }
      if case .answered(let answer) = item { bytes += answer.replayed.answer.body.count }
      items.append(item)
    }
    return items
  }

  private func end() {
    hasEnded = true
    if passedOver > 0 {
      note("\(query.url.normalized): \(passedOver) captures are here already and were not asked for")
    }
  }

  // MARK: The index

  /// Asks for the next page of the index; what of it is no capture comes back.
  private func page() throws(ImportError) -> [Wayback.Item] {
    let isFirst = index == nil
    var reason = ""
    candidates: for candidate in index.map({ [$0] }) ?? place.indexes {
      switch ask(indexURL(candidate)) {
      case .response(let answer) where answer.status == 200:
        do throws(CaptureIndex.Invalid) {
          let page = try CaptureIndex(answer.body)
          waiting = page.captures[...]
          (index, resumeKey) = (candidate, page.resumeKey)
          isAtLastPage = resumeKey == nil || !candidate.isPaged
          return page.rejected.map { .rejected(place: candidate.url, reason: $0) }
        } catch { reason = "\(candidate.url): \(error.reason)" }
      case .response(let answer): reason = "\(candidate.url): answers \(answer.status)"
      case .failed(let message): reason = "\(candidate.url): \(message)"
      case .heldBack(let message):
        reason = "\(candidate.url): \(message)"
        break candidates
      case .cancelled:
        hasEnded = true
        return []
      }
    }
    // What came before is good, and kept only when the source does not fail
    guard !isFirst else { throw .unreadable(path: query.url.normalized, detail: reason) }
    hasEnded = true
    return [.rejected(place: query.url.normalized, reason: "the index breaks off: \(reason)")]
  }

  private func indexURL(_ index: (url: String, isPaged: Bool)) -> String {
    var parts = ["url=\(encoded(query.url.normalized))", "output=json"]
    if query.match != .exact { parts.append("matchType=\(query.match.rawValue)") }
    if let since = query.since {
      // To the second, and no earlier
      parts.append("from=\(since.advanced(byMilliseconds: 999).archiveTimestamp)")
    }
    if let until = query.until { parts.append("to=\(until.advanced(byMilliseconds: -1).archiveTimestamp)") }
    if let collapse = query.collapse { parts.append("collapse=\(encoded(collapse))") }
    if index.isPaged {
      parts += ["limit=\(Self.rowsAPage)", "showResumeKey=true"]
      if let resumeKey { parts.append("resumeKey=\(encoded(resumeKey))") }
    }
    return index.url + "?" + parts.joined(separator: "&")
  }

  /// Percent-encodes all but unreserved octets (RFC 3986 §2.3).
  private func encoded(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 97...122, 65...90, 48...57, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.append(byte)
      default: out += Array("%".utf8) + Array(CollectionOfOne(byte).hexadecimal.uppercased().utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: Captures

  /// Asks for a capture; nil when it is here, or outside the times asked for.
  private func fetch(_ wanted: IndexedCapture) throws(ImportError) -> Wayback.Item? {
    guard query.since.map({ wanted.at >= $0 }) ?? true, query.until.map({ wanted.at < $0 }) ?? true else { return nil }
    let place = "\(wanted.timestamp) \(wanted.original)"
    let url: WebURL
    do throws(WebURL.Invalid) { url = try WebURL(wanted.original) } catch {
      return .rejected(place: place, reason: "its URL: \(error.reason)")
    }
    let article = try article(of: url)
    let capture = Known(url: url.normalized, at: wanted.at)
    guard try !isKnown(capture, of: article) else {
      passedOver += 1
      return nil
    }
    known[article]?.insert(capture)
    fetched += 1
    // A fragment would not be sent
    let original = wanted.original.replacing("#", with: "%23")
    switch ask("\(self.place.replay)\(wanted.timestamp)id_/\(original)") {
    case .response(let answer):
      failures = 0
      return .answered(
        Wayback.IndexedAnswer(
          wanted: wanted, article: article, url: url.normalized, place: place, replayed: ReplayedCapture(answer)))
    case .failed(let reason):
      failures += 1
      hasEnded = failures == Self.mostFailures
      return .rejected(place: place, reason: reason + (hasEnded ? "; run this again later" : ""))
    case .heldBack(let reason):
      hasEnded = true
      return .rejected(place: place, reason: reason)
    case .cancelled:
      hasEnded = true
      return nil
    }
  }

  /// Whose history a capture belongs to. An index looks URLs up without scheme and `www.`: what it takes for the one asked for
  /// is that one's; of several, what differs in no more belongs together, under the URL that is here already, else the first.
  private func article(of url: WebURL) throws(ImportError) -> String {
    if query.match == .exact { return query.url.normalized }
    let bare = url.host.hasPrefix("www.") ? String(url.host.dropFirst(4)) : url.host
    let rest = (url.port.map { ":\($0)" } ?? "") + url.target
    if let found = articles[bare + rest] { return found }
    var article = url.normalized
    for candidate in ["https://", "https://www.", "http://", "http://www."].map({ $0 + bare + rest }) {
      if try articleNumber(candidate) != nil {
        article = candidate
        break
      }
    }
    articles[bare + rest] = article
    return article
  }

  /// Of the article with exactly this URL.
  private func articleNumber(_ url: String) throws(ImportError) -> Int64? {
    do throws(StorageError) {
      guard case .one(let id, let found) = try store.article(named: url), found.utf8.elementsEqual(url.utf8) else {
        return nil
      }
      return id
    } catch { throw .storage(error) }
  }

  private func isKnown(_ capture: Known, of article: String) throws(ImportError) -> Bool {
    if known[article] == nil {
      if known.count > 64 { known.removeAll() }
      let number = try articleNumber(article)
      do throws(StorageError) {
        known[article] = Set(try number.map(store.captures)?.map { Known(url: $0.url, at: $0.at) } ?? [])
      } catch { throw .storage(error) }
    }
    return known[article]?.contains(capture) ?? false
  }

  // MARK: Asking

  /// Asks the archive once, and again while it says that it has too much to do. Its robots.txt is not asked: these are answers
  /// for programs, asked for by name.
  private func ask(_ url: String) -> Answer {
    let request = FetchRequest(url: url, ignoresRobots: true, allowsPrivateAddresses: allowsPrivateAddresses)
    var last = Answer.failed("no answer")
    for _ in 0..<Self.attempts {
      let outcome = waitFor { [fetcher] in await fetcher.fetch(request) }
      switch outcome.failure {
      case .hostBackedOff(let until):
        // After a connection that failed the pause is our own, and why it failed is what there is to tell.
        if let unreachable { return .failed(unreachable) }
        return .heldBack("the archive wants to be left alone until \(until): run this again then")
      case .tooManyRedirects, nil:
        guard let answer = outcome.hops.first else { return .failed("no answer") }
        unreachable = nil
        let isBusy = [429, 502, 503, 504].contains(answer.status) && !ReplayedCapture(answer).isReplay
        guard isBusy else { return .response(answer) }
        let reason = "the archive answers \(answer.status), \(Self.attempts) times in a row"
        last = answer.status == 429 ? .heldBack("\(reason): run this again later") : .failed(reason)
      case .cancelled: return .cancelled
      case let failure?:
        guard failure.isTransient else { return .failed(failure.message) }
        unreachable = failure.message
        last = .failed(failure.message)
      }
    }
    return last
  }
}

/// Waits on this thread, which must not be one of Swift's own pool, for what is done elsewhere.
private func waitFor<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> T {
  let (done, result) = (DispatchSemaphore(value: 0), Delivered<T>())
  Task {
    result.value = await work()
    done.signal()
  }
  while true {
    done.wait()
    if let value = result.value { return value }
  }
}

private final class Delivered<T: Sendable>: @unchecked Sendable {  // written before the signal, read after it
  var value: T?
}
