import Git
import Glibc

/// A git repository that holds an exported history, and nothing else.
///
/// It only ever grows: the whole history is handed to git-fast-import(1) each time, which knows the commits it has and
/// refuses to put another history in the place of what is there.
public struct HistoryRepository {
  private let folder: String
  private let importer: GitProcess
  /// The last commit of an earlier export.
  private let before: String?
  /// How many commits there were.
  public let commitsBefore: Int

  /// Opens a repository that an earlier export made, or makes one in a folder that is not there or empty. Any other folder
  /// is refused.
  public init(_ folder: String) throws(ExportError) {
    self.folder = folder
    if try Self.isEmpty(folder) {
      try Self.run(["init", "--quiet", "."], in: folder)
      try Self.run(["symbolic-ref", "HEAD", GitExport.branch], in: folder)
      try Self.run(["config", "--local", "stet.history", "true"], in: folder)
    } else if try !Self.isOurs(folder) {
      throw .unwritable(path: folder, detail: "it is not empty, and no history that was exported by stet")
    }
    do throws(GitError) {
      // Fails when there is no commit yet, which an export that broke off leaves behind
      before = try? GitProcess.text(["rev-parse", "--verify", "--quiet", GitExport.branch], in: folder)
        .filter { $0 != "\n" }
      commitsBefore =
        before == nil
        ? 0
        : Int(try GitProcess.text(["rev-list", "--count", GitExport.branch], in: folder).filter { $0 != "\n" }) ?? 0
      importer = try GitProcess(["fast-import", "--quiet", "--done", "--date-format=raw"], in: folder)
    } catch { throw .unwritable(path: folder, detail: error.message) }
  }

  public func write(_ bytes: [UInt8]) throws(ExportError) {
    do throws(GitError) { try importer.send(bytes) } catch { throw .unwritable(path: folder, detail: error.message) }
  }

  /// Ends the stream and brings the work tree up to date, without touching what somebody changed there.
  /// - Parameter commits: how many the stream had.
  public func finish(commits: Int) throws(ExportError) {
    do throws(GitError) { try importer.finish() } catch .failed(_, _, let detail) where before != nil {
      throw .unwritable(
        path: folder,
        detail:
          "the history there does not go on as the archive's does: captures older than its last commit came in, or "
          + "another selection was exported (\(detail))")
    } catch { throw .unwritable(path: folder, detail: error.message) }
    guard commits > 0 else { return }
    try Self.run(["read-tree", "-m", "-u"] + (before.map { [$0] } ?? []) + ["HEAD"], in: folder)
  }

  private static func run(_ arguments: [String], in folder: String) throws(ExportError) {
    do throws(GitError) { _ = try GitProcess.text(arguments, in: folder) } catch {
      throw .unwritable(path: folder, detail: error.message)
    }
  }

  /// Whether a folder holds nothing; it is made if it is not there.
  private static func isEmpty(_ folder: String) throws(ExportError) -> Bool {
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST, let listing = opendir(folder) else {
      throw .unwritable(path: folder, detail: String(cString: strerror(errno)))
    }
    defer { closedir(listing) }
    var names = 0
    while readdir(listing) != nil { names += 1 }
    return names <= 2  // itself and its parent
  }

  /// Whether the folder itself, and not one above it, is a repository that an export made.
  private static func isOurs(_ folder: String) throws(ExportError) -> Bool {
    guard access("\(folder)/.git", F_OK) == 0 else { return false }
    do throws(GitError) {
      return try GitProcess.text(["config", "--local", "--get", "stet.history"], in: folder) == "true\n"
    } catch .failed(_, 1, _) { return false } catch { throw .unwritable(path: folder, detail: error.message) }
  }
}
