import Formats
import Model
import Storage

/// One revision with what is known of it, on its way into a file.
struct RevisionDocument: Sendable {
  let url: String
  let entry: LogEntry
  let text: ArticleText
  /// The first and the last capture that said it.
  let firstCapture, lastCapture: Digest

  /// `0003-20261120T100000Z.md`: the revision, and when it was first captured.
  var fileName: String {
    let digits = String(entry.ordinal)
    let stamp = String(entry.firstCapture.description.prefix(19).filter { $0 != "-" && $0 != ":" })
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "-\(stamp)Z.md"
  }

  /// Front matter and text. Title, author and date have the names by which other tools know them.
  /// - Parameter complete: with what a later capture that says the same changes.
  func markdown(complete: Bool) -> [UInt8] {
    var front = FrontMatter()
    front.add("url", url)
    front.add("revision", entry.ordinal)
    front.add("after", entry.after?.description)
    front.add("by", entry.firstCapture.description)
    front.add("first_capture", firstCapture.description)
    if complete { front.add("last_capture", lastCapture.description) }
    front.add("title", text.headline.isEmpty ? nil : text.headline)
    front.add("author", text.byline)
    front.add("date", text.published?.description)
    front.add("modified", text.modified?.description)
    front.add("language", text.language)
    front.add("snapshot", entry.snapshot.description)
    front.add("extractor", entry.extractor)
    return front.bytes + [10] + Markdown.document(text)
  }
}

extension Store {
  /// The revisions of an article that came within a scope's times, oldest first, and what they said when asked for.
  func revisions(
    of article: (id: Int64, url: String), in scope: Scope
  ) throws(StorageError) -> [(entry: LogEntry, document: () throws(StorageError) -> RevisionDocument)] {
    let entries = try log(article.id).filter { entry in
      scope.since.map { entry.firstCapture >= $0 } ?? true && scope.until.map { entry.firstCapture < $0 } ?? true
    }
    guard !entries.isEmpty else { return [] }
    var ends: [Int: (first: Digest, last: Digest)] = [:]
    for capture in try captures(article.id) {
      guard let ordinal = capture.revision else { continue }
      ends[ordinal] = (ends[ordinal]?.first ?? capture.digest, capture.digest)
    }
    return entries.reversed().map { entry in
      let range = ends[entry.ordinal]
      return (
        entry, { () throws(StorageError) in try self.document(article, entry, range) }
      )
    }
  }

  private func document(
    _ article: (id: Int64, url: String), _ entry: LogEntry, _ range: (first: Digest, last: Digest)?
  ) throws(StorageError) -> RevisionDocument {
    // Each is read by itself, and an import may come in between.
    guard let range, let found = try text(article.id, .ordinal(entry.ordinal)), found.digest == entry.snapshot else {
      throw .failed(
        path: article.url, detail: "its history changed while it was being read; what was exported before stands")
    }
    return RevisionDocument(
      url: article.url, entry: entry, text: found.text, firstCapture: range.first, lastCapture: range.last)
  }
}
