/// A commit, as far as a history of files needs it.
public struct GitCommit: Hashable, Sendable {
  /// Hexadecimal.
  public let id: String
  /// Seconds since the POSIX epoch.
  public let authoredAt, committedAt: Int64
  /// The whole message, subject first.
  public let message: String

  public init(id: String, authoredAt: Int64, committedAt: Int64, message: String) {
    (self.id, self.authoredAt, self.committedAt, self.message) = (id, authoredAt, committedAt, message)
  }
}

/// What a commit did to one path.
public struct GitChange: Hashable, Sendable {
  public let commit: GitCommit
  /// From the root of the repository, as octets: git knows no encoding of names.
  public let path: [UInt8]
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    /// A file came or changed; the blob's id in hexadecimal.
    case file(blob: String)
    case deleted
    /// A symbolic link or another repository.
    case other
  }

  public init(commit: GitCommit, path: [UInt8], kind: Kind) {
    (self.commit, self.path, self.kind) = (commit, path, kind)
  }
}

/// What the commits of a repository did to its files, oldest first; renames are a deletion and an addition.
///
/// One commit may name a path twice: a merge is compared with each of its parents.
public final class GitLog {
  private let process: GitProcess
  private var commit: GitCommit?

  /// - Parameters:
  ///   - repository: a work tree, a folder in one, or a bare repository.
  ///   - paths: pathspecs; empty: everything.
  ///   - firstParent: only the commits that the branch itself made, a merge as what it brought to it.
  public init(repository: String, paths: [String] = [], firstParent: Bool) throws(GitError) {
    process = try GitProcess(
      [
        "log", "--reverse", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
        "--no-color", "--no-notes", "--root", "--encoding=UTF-8", "--format=tformat:%H %at %ct%n%B",
      ] + (firstParent ? ["--first-parent"] : []) + ["HEAD", "--"] + paths, in: repository)
  }

  /// The next change; nil at the end. Throws what git complains of.
  public func next() throws(GitError) -> GitChange? {
    while let token = try process.read(until: 0) {
      let entry = token.first == 10 ? token.dropFirst() : token[...]
      if entry.first == UInt8(ascii: ":") {
        guard let commit, let path = try process.read(until: 0), !path.isEmpty else {
          throw .garbled(command: "log", detail: "a change without a path")
        }
        return GitChange(commit: commit, path: path, kind: try Self.kind(entry))
      }
      if !entry.isEmpty { commit = try Self.commit(entry) }
    }
    try process.finish()
    return nil
  }

  /// `:OLDMODE NEWMODE OLDID NEWID STATUS` (git-diff(1), "Raw output format").
  private static func kind(_ entry: ArraySlice<UInt8>) throws(GitError) -> GitChange.Kind {
    let words = entry.dropFirst().split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 5, words[1].utf8.count == 6 else {
      throw .garbled(command: "log", detail: String(decoding: entry, as: UTF8.self))
    }
    if words[4] == "D" { return .deleted }
    return words[1].hasPrefix("100") ? .file(blob: words[3]) : .other
  }

  private static func commit(_ entry: ArraySlice<UInt8>) throws(GitError) -> GitCommit {
    let line = entry.prefix { $0 != 10 }
    let words = line.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, let authored = Int64(words[1]), let committed = Int64(words[2]) else {
      throw .garbled(command: "log", detail: String(decoding: line.prefix(80), as: UTF8.self))
    }
    return GitCommit(
      id: words[0], authoredAt: authored, committedAt: committed,
      message: String(decoding: entry.dropFirst(line.count + 1), as: UTF8.self))
  }
}
