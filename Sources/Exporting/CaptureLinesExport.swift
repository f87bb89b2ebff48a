import Formats
import Model
import Storage

/// Which captures an export takes.
public struct ExportSelection: Sendable {
  /// Article numbers; nil for all.
  public var articles: [Int64]?
  /// Captures at or after.
  public var since: Instant?
  /// Captures before.
  public var until: Instant?

  public init(articles: [Int64]? = nil, since: Instant? = nil, until: Instant? = nil) {
    (self.articles, self.since, self.until) = (articles, since, until)
  }
}

/// Writes captures as JSON Lines, by article and then by instant: the same archive gives the same bytes.
public struct CaptureLinesExport: Sendable {
  private let store: Store
  public init(store: Store) { self.store = store }

  /// - Parameter progress: called now and then with the captures written so far.
  public func run(
    _ selection: ExportSelection, to file: borrowing PartialFile, progress: (Int) -> Void
  ) throws(ExportError) -> Int {
    var written = 0
    do throws(StorageError) {
      for article in try store.articleNumbers(selection.articles) {
        for batch in try store.exportable(article, since: selection.since, until: selection.until).chunked(32) {
          for stored in try store.load(batch) {
            file.append(CaptureLine.encode(stored.input, digest: stored.digest))
            written += 1
          }
          if written % 64 == 0 { progress(written) }
        }
      }
    } catch { throw .storage(error) }
    return written
  }
}

extension Array {
  fileprivate func chunked(_ size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

/// What ends an export.
public enum ExportError: Error, Hashable, Sendable {
  case storage(StorageError)
  case unwritable(path: String, detail: String)
}
