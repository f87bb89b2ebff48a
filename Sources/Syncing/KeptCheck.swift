import Discovery
import Fetching
import Model
import Storage

/// A check whose captures are kept, and what can be said of it.
struct KeptCheck: Sendable {
  let due: DueFetch
  let outcome: FetchOutcome
  let captures: [KeptCapture]

  /// Whether there is anything to read.
  var hasWork: Bool { captures.contains { $0.confirms == nil } }

  /// What is to be read: anew, though it may read as before, where more is asked of the page than what it says. That is when it was
  /// published, at the first check, and whether it is another article, which may be watched by now.
  var work: [(kept: KeptCapture, article: String, response: Response)] {
    zip(captures, outcome.hops).map { kept, response in
      var kept = kept
      if let twin = kept.twin, due.history.isEmpty || other(canonical: twin.canonical) != nil { kept.twin = nil }
      return (kept: kept, article: due.url, response: response)
    }
  }

  /// Whether the article itself answered: success, or "not modified".
  var answered: Bool { outcome.answered }

  /// Whether only reading can tell how it went.
  var isOpen: Bool { outcome.isOpen }

  /// Why the check counts as failed; nil when it does not: a 404 is an answer, a 503 is not.
  var trouble: String? { outcome.trouble }

  /// Whether what was thought to be a page is a feed or a sitemap.
  func turnedOut(_ batch: DerivedBatch) -> SourceKind? {
    guard let last = captures.last, batch.readings[last.id]?.verdict == .notAnArticle, let answer = outcome.response
    else { return nil }
    return switch DocumentKind.of(answer.body, contentType: answer.fields["Content-Type"], url: answer.url) {
    case .feed: .feed
    case .sitemap: .sitemap
    case .page, .list, .outlines, .other: nil
    }
  }

  /// The article that this one turns out to be, if it is another.
  func join(_ batch: DerivedBatch) -> Join? {
    guard let last = captures.last, let reading = batch.readings[last.id], reading.verdict == .article,
      let (url, reason) = other(canonical: reading.text?.canonicalURL)
    else { return nil }
    return Join(article: due.article, sameAs: url, reason: reason, capture: last.id)
  }

  /// The article that this one is by how its answers came and by the URL that the page names as its own; nil when it is itself.
  private func other(canonical: String?) -> (url: WebURL, reason: String)? {
    let hops = outcome.hops.map { Identity.Hop(url: $0.url, status: $0.status) }
    let page = PageAddresses(canonical: [canonical].compactMap(\.self))
    guard case .same(let address, let reason) = Identity.of(hops, page: page), let url = try? WebURL(address),
      url.normalized != due.url
    else { return nil }  // an address that is no URL names nothing
    return (url, reason.rawValue)
  }
}

extension FetchOutcome {
  var answered: Bool {
    guard let status = response?.status else { return false }
    return (200...299).contains(status) || status == 304
  }

  var isOpen: Bool { response.map { (200...299).contains($0.status) } ?? false }

  var trouble: String? {
    if let failure { return failure.message }
    guard let status = response?.status, status == 408 || status == 429 || status >= 500 else { return nil }
    return "the server answered \(status)"
  }
}
