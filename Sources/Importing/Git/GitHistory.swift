import Git
import Model

/// The history of files in a git repository, as captures: the state of a file after each commit that changed it.
///
/// A deletion makes none: that a file is gone from a repository says nothing of what a server answered. Links and other
/// repositories are passed over. Renames are not followed: another path is another URL.
public struct GitHistory: CaptureSource {
  /// What a change stands for.
  public enum Meaning: Sendable {
    /// Nothing that an archive keeps.
    case none
    /// A capture: the article's URL, the URL that was asked for, when (seconds since the POSIX epoch), and what the body is.
    case capture(article: String, url: String, seconds: Int64, contentType: String?)
    case rejected(String)
  }

  public enum Item: Sendable {
    case capture(CaptureInput)
    case rejected(place: String, reason: String)
  }

  public let name: String
  private let reading: GitHistoryReading

  /// Opens a repository: a work tree, a folder in one, or a bare one.
  /// - Parameters:
  ///   - paths: pathspecs; empty: all files.
  ///   - firstParent: only the commits that the branch itself made.
  ///   - meaning: what a change is; asked once for each in the order of the history.
  public init(
    repository: String, paths: [String], firstParent: Bool, meaning: @escaping @Sendable (GitChange) -> Meaning
  ) throws(ImportError) {
    name = repository
    do throws(GitError) {
      reading = GitHistoryReading(
        name: repository, log: try GitLog(repository: repository, paths: paths, firstParent: firstParent),
        blobs: try GitBlobs(repository: repository), meaning: meaning)
    } catch { throw .unreadable(path: repository, detail: error.message) }
  }

  public func batch() throws(ImportError) -> [Item] { try reading.batch() }

  public func read(_ item: Item) -> Found {
    switch item {
    case .capture(let input): .capture(input)
    case .rejected(let place, let reason): .rejected(place: place, reason: reason)
    }
  }
}

extension GitHistory {
  public enum Dates: String, Sendable, CaseIterable { case author, committer }

  /// The files of any repository.
  /// - Parameter template: must tell files apart, unless the paths name a single file.
  public init(
    repository: String, paths: [String], firstParent: Bool, template: FileURLTemplate, dates: Dates
  ) throws(ImportError) {
    let only = SingleFile()
    try self.init(repository: repository, paths: paths, firstParent: firstParent) { change in
      if !template.tellsFilesApart, let other = only.other(than: change.path) {
        return .rejected("\(String(decoding: other, as: UTF8.self)) has the same URL: put {path} into it")
      }
      do throws(WebURL.Invalid) {
        let url = try template.url(ofPath: change.path)
        let seconds = dates == .author ? change.commit.authoredAt : change.commit.committedAt
        return .capture(article: url, url: url, seconds: seconds, contentType: contentType(ofPath: change.path))
      } catch { return .rejected(error.reason) }
    }
  }
}

/// The first file that a history named.
private final class SingleFile: @unchecked Sendable {  // used by a history's reading alone, never by two at once
  private var path: [UInt8]?

  /// That file, if it is another one.
  func other(than path: [UInt8]) -> [UInt8]? {
    let first = self.path ?? path
    self.path = first
    return first == path ? nil : first
  }
}

/// What a history has been read so far.
private final class GitHistoryReading: @unchecked Sendable {  // handed from task to task, never used by two at once
  /// The longest file that becomes a body, as the longest answer that a sync takes.
  private static let longestBody = 64 << 20
  private static let batchItems = 1024

  private let name: String
  private let log: GitLog
  private let blobs: GitBlobs
  private let meaning: @Sendable (GitChange) -> GitHistory.Meaning
  /// The last commit of each path that made a capture, when it was, and its place among those of the same second.
  private var last: [[UInt8]: (commit: String, seconds: Int64, sequence: Int64)] = [:]
  private var hasBegun = false
  private var hasEnded = false

  init(
    name: String, log: GitLog, blobs: GitBlobs, meaning: @escaping @Sendable (GitChange) -> GitHistory.Meaning
  ) {
    (self.name, self.log, self.blobs, self.meaning) = (name, log, blobs, meaning)
  }

  func batch() throws(ImportError) -> [GitHistory.Item] {
    var (items, bytes): ([GitHistory.Item], Int) = ([], 0)
    do throws(GitError) {
      while !hasEnded, items.count < Self.batchItems, bytes < CaptureImport.batchBytes {
        guard let change = try log.next() else {
          hasEnded = true
          break
        }
        guard case .file(let blob) = change.kind, last[change.path]?.commit != change.commit.id else { continue }
        switch meaning(change) {
        case .none: continue
        case .rejected(let reason): items.append(.rejected(place: place(change), reason: reason))
        case .capture(let article, let url, let seconds, let contentType):
          let sequence = sequence(of: change, seconds)
          switch try blobs.read(blob, limit: Self.longestBody) {
          case .octets(let octets):
            bytes += octets.count
            items.append(
              capture(change, article: article, url: url, seconds, sequence, contentType, octets))
          case .missing:
            items.append(.rejected(place: place(change), reason: "blob \(blob) is not in the repository"))
          case .tooLarge(let size):
            items.append(
              .rejected(place: place(change), reason: "longer than \(Self.longestBody >> 20) MiB: \(size) bytes"))
          }
        }
        hasBegun = true
      }
    } catch {
      // What came before is good, and kept only when the source does not fail
      guard hasBegun else { throw .unreadable(path: name, detail: error.message) }
      hasEnded = true
      items.append(.rejected(place: name, reason: error.message))
    }
    return items
  }

  /// Commits of one second are told apart by their order, as git itself does.
  private func sequence(of change: GitChange, _ seconds: Int64) -> Int64 {
    let before = last[change.path]
    let sequence = before?.seconds == seconds ? (before?.sequence ?? 0) + 1 : 0
    last[change.path] = (change.commit.id, seconds, sequence)
    return sequence
  }

  private func capture(
    _ change: GitChange, article: String, url: String, _ seconds: Int64, _ sequence: Int64, _ contentType: String?,
    _ octets: [UInt8]
  ) -> GitHistory.Item {
    if octets.count < 1024, octets.starts(with: Self.pointerStart) {
      return .rejected(place: place(change), reason: "a Git LFS pointer: what the file held is not in the repository")
    }
    guard (Self.firstSecond...Self.lastSecond).contains(seconds) else {
      return .rejected(place: place(change), reason: "its date is in no year from 0 to 9999")
    }
    return .capture(
      CaptureInput(
        article: article, origin: nil,
        response: Response(
          url: url, at: Instant(milliseconds: seconds * 1000), status: 200,
          fields: contentType.flatMap { HTTPFields([("Content-Type", $0)]) } ?? HTTPFields(), body: octets),
        sequence: sequence))
  }

  private func place(_ change: GitChange) -> String {
    "\(name): \(change.commit.id.prefix(12)):\(String(decoding: change.path, as: UTF8.self))"
  }

  private static let pointerStart = Array("version https://git-lfs.github.com/spec/".utf8)
  private static let firstSecond: Int64 = -62_167_219_200
  private static let lastSecond: Int64 = 253_402_300_799
}

/// What a file's name says of its content; nil when it says nothing that is read.
func contentType(ofPath path: [UInt8]) -> String? {
  let name = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
  guard let point = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
  return switch String(decoding: name[(point + 1)...], as: UTF8.self).lowercased() {
  case "html", "htm": "text/html"
  case "xhtml": "application/xhtml+xml"
  case "md", "markdown": "text/markdown"
  case "txt", "text": "text/plain"
  case "pdf": "application/pdf"
  case "json": "application/json"
  case "xml": "application/xml"
  default: nil
  }
}
