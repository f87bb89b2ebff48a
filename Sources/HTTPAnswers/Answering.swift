import Storage

/// What answers requests about an archive: the API, the pages, Memento. Each is a plain function over a store, so that it is
/// tested without sockets and serves an export of pages too.
public protocol Answering: Sendable {
  /// The answer; nil when the path is not one of its own. Blocks while it reads.
  ///
  /// - Parameter store: opened to read; to write when the question's method is POST, which is only asked when writing is
  ///   allowed and the token was right.
  func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer?
}
