import CommandRunner
import Git
import Importing
import Model
import Storage
import Syncing
import Testing

/// An archive of its own, and what becomes of a source that is imported into it.
struct ImportDesk {
  let folder: TemporaryFolder
  let store: Store

  static let now = Instant(milliseconds: 1_795_400_000_000)

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.now)
  }

  struct Outcome {
    let report: PassReport
    let rejected: [String]
  }

  func take(_ source: some CaptureSource) async throws -> Outcome {
    var rejected: [String] = []
    let report = try await CaptureImport(store: store, now: { Self.now }).run(source) { place, reason in
      rejected.append("\(place): \(reason)")
    } progress: { _ in
    }
    return Outcome(report: report, rejected: rejected)
  }

  func captures(_ url: String) throws -> [CaptureEntry] {
    guard case .one(let id, let found) = try store.article(named: url), found == url else { return [] }
    return try store.captures(id)
  }

  /// Whole captures of an article, oldest first.
  func inputs(_ url: String) throws -> [CaptureInput] {
    guard case .one(let id, _) = try store.article(named: url) else { return [] }
    return try store.load(try store.captures(id).map(\.id)).map(\.input)
  }
}

/// A bare repository made of commits as tests give them.
struct Repository {
  let path: String

  static let isPossible = (try? GitProcess.text(["--version"], in: "/")) != nil  // without git its tests are left out

  /// - Parameter stream: as git-fast-import(1) reads it.
  init(_ stream: String, in folder: TemporaryFolder, name: String = "history.git") throws {
    path = folder.file(name)
    _ = try GitProcess.text(["init", "--quiet", "--bare", name], in: folder.path)
    _ = try GitProcess.text(["symbolic-ref", "HEAD", "refs/heads/main"], in: path)
    try add(stream)
  }

  func add(_ stream: String) throws {
    let process = try GitProcess(["fast-import", "--quiet", "--force"], in: path)
    try process.send(Array(stream.utf8))
    try process.finish()
  }

  /// A commit of `main`; changes are lines of the stream, `file` makes one.
  static func commit(
    _ message: String, at seconds: Int64, author: Int64? = nil, mark: Int = 0, from: String = "", _ changes: String...,
    branch: String = "main"
  ) -> String {
    """
    commit refs/heads/\(branch)
    \(mark > 0 ? "mark :\(mark)\n" : "")author A <a> \(author ?? seconds) +0000
    committer C <c> \(seconds) +0100
    data \(message.utf8.count)
    \(message)
    \(from)\(changes.joined())

    """
  }

  static func file(_ path: String, _ content: String, mode: String = "100644") -> String {
    "M \(mode) inline \(path)\ndata \(content.utf8.count)\n\(content)\n"
  }
}
