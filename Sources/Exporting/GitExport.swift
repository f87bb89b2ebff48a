import Formats
import Model
import Storage

/// The archive's history as a history of git: a file an article, a commit a revision, in the order of the revisions' first
/// captures over all articles.
///
/// Commits depend on what the revisions are and on nothing else: not on when, where or how often they are exported.
public struct GitExport: Sendable {
  public static let branch = "refs/heads/main"
  /// Stet makes the commits; whoever runs it need not be known.
  private static let committer = FastImport.Person(name: "Stet", address: "stet")

  private let store: Store
  public init(store: Store) { self.store = store }

  /// Writes the stream for git-fast-import(1); gives the number of commits. Holds some hundred octets for each, and one text.
  /// - Parameters:
  ///   - write: called with one piece of the stream after the other.
  ///   - progress: called now and then with the commits written so far.
  public func run(_ scope: Scope, progress: (Int) -> Void, write: ([UInt8]) throws -> Void) throws -> Int {
    var order: [(at: Instant, url: String, ordinal: Int, document: () throws(StorageError) -> RevisionDocument)] = []
    for article in try store.articles(of: scope) {
      for revision in try store.revisions(of: article, in: scope) {
        order.append((revision.entry.firstCapture, article.url, revision.entry.ordinal, revision.document))
      }
    }
    order.sort { a, b in
      if a.at != b.at { return a.at < b.at }
      let (one, other) = (a.url.utf8, b.url.utf8)
      return one.elementsEqual(other) ? a.ordinal < b.ordinal : one.lexicographicallyPrecedes(other)
    }
    try write(FastImport.start)
    for (count, next) in order.enumerated() {
      try write(FastImport.bytes(of: Self.commit(try next.document()), on: Self.branch))
      if count % 64 == 0 { progress(count) }
    }
    try write(FastImport.end)
    return order.count
  }

  private static func commit(_ revision: RevisionDocument) -> FastImport.Commit {
    let path = ArticlePath(url: revision.url)
    let host = hostName(of: revision.url)
    return FastImport.Commit(
      author: FastImport.Person(name: revision.text.site ?? host, address: host), committer: committer,
      seconds: revision.entry.firstCapture.milliseconds / 1000, message: message(revision),
      path: "\(path.host)/\(path.slug).md", content: revision.markdown(complete: false))
  }

  /// The host of a URL, or what stands in its place.
  private static func hostName(of url: String) -> String {
    // What was imported need not have a host
    let host = (try? WebURL(url))?.host ?? ""
    return host.isEmpty ? String(url.prefix { $0 != ":" }) : host
  }

  /// What git shows: the headline, what changed, and trailers that lead back to the archive.
  private static func message(_ revision: RevisionDocument) -> String {
    let entry = revision.entry
    var lines = [revision.text.headline.isEmpty ? revision.url : revision.text.headline, ""]
    if let returned = entry.returnsTo { lines.append("As in revision \(returned) again.") }
    if entry.ordinal == 1 {
      lines.append("First revision.")
    } else {
      lines.append(
        "\(entry.edits) \(entry.edits == 1 ? "edit" : "edits"): \(tally(entry.classes)); "
          + "\(entry.wordsAdded) words added, \(entry.wordsRemoved) removed.")
    }
    lines += ["", "Article: \(revision.url)", "Revision: \(entry.ordinal)"]
    if let after = entry.after { lines.append("After: \(after)") }
    lines += [
      "By: \(entry.firstCapture)", "Capture: \(revision.firstCapture)", "Snapshot: \(entry.snapshot)", "",
    ]
    return lines.joined(separator: "\n")
  }

  /// `headline, 2 number, text`, in the order they come.
  private static func tally(_ classes: [String]) -> String {
    var (order, counts): ([String], [String: Int]) = ([], [:])
    for name in classes {
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    return order.map { name in
      let count = counts[name] ?? 1
      return count == 1 ? name : "\(count) \(name)"
    }.joined(separator: ", ")
  }
}
