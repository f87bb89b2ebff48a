/// Contents of a repository's files, by their ids.
public final class GitBlobs {
  public enum Blob: Hashable, Sendable {
    case octets([UInt8])
    /// It is not in the repository: a shallow or partial clone, or damage.
    case missing
    case tooLarge(bytes: Int)
  }

  private let process: GitProcess

  public init(repository: String) throws(GitError) {
    process = try GitProcess(["cat-file", "--batch"], in: repository)
  }

  /// - Parameters:
  ///   - id: hexadecimal.
  ///   - limit: longer ones are passed over.
  public func read(_ id: String, limit: Int) throws(GitError) -> Blob {
    try process.send(Array((id + "\n").utf8))
    guard let line = try process.read(until: 10, limit: 1024) else {
      try process.finish()
      throw .garbled(command: "cat-file", detail: "it ended before blob \(id)")
    }
    let words = line.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
    if words.count == 2, words[1] == "missing" { return .missing }
    guard words.count == 3, words[0] == id, words[1] == "blob", let size = Int(words[2]), size >= 0 else {
      throw .garbled(command: "cat-file", detail: String(decoding: line, as: UTF8.self))
    }
    guard size <= limit else {
      try process.skip(count: size + 1)
      return .tooLarge(bytes: size)
    }
    let octets = try process.read(count: size)
    try process.skip(count: 1)  // the LF after it
    return .octets(octets)
  }
}
