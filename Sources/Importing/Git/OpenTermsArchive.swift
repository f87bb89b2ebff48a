import Git
import Model

/// The snapshots repository of an Open Terms Archive collection: `Service/Terms Type.html`, a commit a fetch whose content
/// was new, dated by the fetch.
///
/// Engines of 2025 and later end a commit's message in trailers, `X-source-document-location` among them: the URL that was
/// fetched. An older commit does not say. A file's captures are filed under the first location its history states, so that
/// they stay one history when the document moves; what was asked for is only ever what the commit itself says, else a URL
/// made of service and type, `ota:GitHub/Terms%20of%20Service`.
public enum OpenTermsArchive {
  /// Opens a repository; its whole log is read once before, for the locations.
  public static func history(repository: String) throws(ImportError) -> GitHistory {
    var locations: [[UInt8]: String] = [:]
    do throws(GitError) {
      let log = try GitLog(repository: repository, firstParent: false)
      while let change = try log.next() {
        guard locations[change.path] == nil, let record = Record(change), let stated = record.location else { continue }
        locations[change.path] = stated
      }
    } catch { throw .unreadable(path: repository, detail: error.message) }
    let known = locations
    return try GitHistory(repository: repository, paths: [], firstParent: false) { change in
      guard let record = Record(change) else { return .none }
      return .capture(
        article: known[change.path] ?? record.name, url: record.location ?? record.name,
        seconds: change.commit.authoredAt, contentType: contentType(ofPath: change.path))
    }
  }

  /// What one commit says of one document.
  struct Record {
    /// `ota:` and service and type of terms, with the number of the document if there are several, percent-encoded.
    let name: String
    /// The URL that was fetched, in normal form, if the commit says so.
    let location: String?

    /// Titles of commits that record what was fetched, those of earlier engines included. `Refilter` and `Apply technical …`
    /// make a text of an old fetch anew, in repositories of versions.
    private static let titles = ["First record of ", "Record new changes of ", "Start tracking ", "Update "]

    /// Nil when the change is no record: the collection's own files, merges, what a person committed.
    init?(_ change: GitChange) {
      guard Self.titles.contains(where: change.commit.message.hasPrefix) else { return nil }
      // Folders that begin with a point are the repository's own, as are files at its root.
      let parts = change.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, parts[0].first != UInt8(ascii: "."),
        let point = parts[1].lastIndex(of: UInt8(ascii: ".")), point > parts[1].startIndex
      else { return nil }
      do throws(WebURL.Invalid) {
        name = try FileURLTemplate.opaque("ota:", change.path[..<point])
      } catch { return nil }
      location = Self.location(change.commit.message)
    }

    /// The value of the trailer, whatever its case. One that is no URL is as none.
    private static func location(_ message: String) -> String? {
      let key = Array("x-source-document-location:".utf8)
      for line in Array(message.utf8).split(separator: 10).reversed() {
        guard line.count > key.count, zip(line, key).allSatisfy({ ($0 | 32) == $1 }) else { continue }
        guard let url = try? WebURL(String(decoding: line.dropFirst(key.count), as: UTF8.self)),
          url.scheme == "http" || url.scheme == "https"
        else { return nil }
        return url.normalized
      }
      return nil
    }
  }
}

extension FileURLTemplate {
  /// A URL of a scheme without authority: the scheme with its colon, and a path.
  static func opaque(_ scheme: String, _ path: ArraySlice<UInt8>) throws(WebURL.Invalid) -> String {
    try WebURL(scheme + encoded(path)).normalized
  }
}
