import Glibc
import Model
import Pages
import Storage

/// Writes articles, their histories and diffs as a folder of HTML files that links to itself alone: the same archive gives the
/// same bytes.
///
/// Each file appears whole under its name, and an article's first page last. That one tells what state of the archive it was
/// made of, so that a second run, after an interruption or a sync, makes only what is not there yet or has changed.
public struct SiteExport: Sendable {
  /// What an export did.
  public struct Counts: Sendable, Hashable {
    /// Articles whose pages were written, and those that were as they should be already.
    public var written = 0
    public var unchanged = 0
    public var files = 0
    /// Octets of the files written.
    public var bytes: Int64 = 0

    public init() {}
  }

  private let store: Store
  private let folder: String

  /// - Parameter folder: made if it is not there.
  public init(store: Store, folder: String) { (self.store, self.folder) = (store, folder) }

  /// - Parameters:
  ///   - some: article numbers; nil: all.
  ///   - isCancelled: asked before each article; when it is true, what is whole stays, and a later run goes on from there.
  ///   - progress: called after each article with how many are done, of how many.
  public func run(
    articles some: [Int64]?, isCancelled: () -> Bool = { false }, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ExportError) -> Counts {
    var counts = Counts()
    let articles = try reading { () throws(StorageError) in try store.articleNumbers(some) }
    let pages = StaticPages(articles: articles)
    for file in pages.common() { try write(file, &counts) }
    for (n, article) in articles.enumerated() {
      if isCancelled() { return counts }
      let state = try reading { () throws(StorageError) in try pages.state(of: article, store) }
      if isThere(pages.door(article), state) {
        counts.unchanged += 1
      } else {
        var failure: ExportError?
        var done = Counts()
        try reading { () throws(StorageError) in
          try pages.article(article, state: state, store) { file throws(StorageError) in
            guard failure == nil else { return }
            do throws(ExportError) { try write(file, &done) } catch { failure = error }
          }
        }
        if let failure { throw failure }
        counts.written += 1
        counts.files += done.files
        counts.bytes += done.bytes
      }
      progress(n + 1, articles.count)
    }
    for file in try reading({ () throws(StorageError) in try pages.lists(store) }) { try write(file, &counts) }
    return counts
  }

  private func reading<T>(_ body: () throws(StorageError) -> T) throws(ExportError) -> T {
    do throws(StorageError) { return try body() } catch { throw .storage(error) }
  }

  private func write(_ file: StaticPages.File, _ counts: inout Counts) throws(ExportError) {
    let path = folder + "/" + file.path
    try makeFolders(of: path)
    let output = try PartialFile(path: path)
    output.append(file.bytes)
    counts.bytes += try output.finish()
    counts.files += 1
  }

  private func makeFolders(of path: String) throws(ExportError) {
    var at = path.startIndex
    while let slash = path[at...].firstIndex(of: "/") {
      let part = String(path[..<slash])
      if !part.isEmpty, mkdir(part, 0o755) != 0, errno != EEXIST {
        throw .unwritable(path: part, detail: String(cString: strerror(errno)))
      }
      at = path.index(after: slash)
    }
  }

  /// Whether an article's first page is there and was made of this state.
  private func isThere(_ file: String, _ state: String) -> Bool {
    let descriptor = open(folder + "/" + file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var octets = [UInt8](repeating: 0, count: 2048)
    let count = octets.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    return octets[..<count].firstRange(of: StaticPages.mark(state)) != nil
  }
}
