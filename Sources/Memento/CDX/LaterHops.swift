import Formats
import Model
import Storage
import Synchronization

/// Which articles redirects led through which URLs: found by reading the table of captures once, and then only what came
/// since, for no index of the archive has these URLs, which are few. Ten megabytes hold about a hundred thousand.
final class LaterHops: Sendable {
  private struct State {
    var path = ""
    /// The last capture that was looked at.
    var last: Int64 = 0
    /// By key (`SURT`), each article once.
    var articles: [String: [Int64]] = [:]
  }

  private let state = Mutex(State())

  /// Articles of which some capture is of a URL with this key, other than the article's own URL.
  func articles(withKey key: String, in store: Store) throws(StorageError) -> [Int64] {
    try refreshed(from: store) { $0.articles[key] ?? [] }
  }

  /// The same for all keys from the first on and before the second.
  func articles(
    withKeysFrom first: String, before end: String, in store: Store
  ) throws(StorageError) -> [(key: String, article: Int64)] {
    try refreshed(from: store) { state in
      state.articles.flatMap { key, articles in
        key.isOrdered(from: first, before: end) ? articles.map { (key: key, article: $0) } : []
      }
    }
  }

  private func refreshed<T: Sendable>(
    from store: Store, _ body: (borrowing State) -> T
  ) throws(StorageError) -> T {
    let result = state.withLock { state -> Result<T, StorageError> in
      if state.path != store.path { state = State(path: store.path) }
      do throws(StorageError) {
        let (hops, last) = try store.laterHops(after: state.last)
        for hop in hops {
          let key = SURT.key(of: hop.url)
          if state.articles[key]?.contains(hop.article) != true { state.articles[key, default: []].append(hop.article) }
        }
        state.last = max(state.last, last)  // a reader may look at an earlier state than the one before it
      } catch { return .failure(error) }
      return .success(body(state))
    }
    return try result.get()
  }
}

extension String {
  /// Whether its octets come at or after one text's and before another's.
  func isOrdered(from first: String, before end: String) -> Bool {
    !utf8.lexicographicallyPrecedes(first.utf8) && utf8.lexicographicallyPrecedes(end.utf8)
  }
}
