/// A history of files as the stream that git-fast-import(1) reads: one branch, a file a commit.
///
/// The stream says nothing of the clock or the machine it is made on: the same commits have the same ids everywhere.
public enum FastImport {
  public struct Person: Hashable, Sendable {
    /// Without what the format keeps for itself.
    public let name: String
    public let address: String

    public init(name: String, address: String) {
      (self.name, self.address) = (Self.clean(name), Self.clean(address))
    }

    /// `<`, `>` and line breaks end a name or an address in git's objects.
    private static func clean(_ text: String) -> String {
      let scalars = text.unicodeScalars.filter { $0.value >= 32 && $0 != "<" && $0 != ">" && $0.value != 127 }
      var rest = Substring(String(String.UnicodeScalarView(scalars)))
      while rest.first == " " { rest.removeFirst() }
      while rest.last == " " { rest.removeLast() }
      return String(rest)
    }
  }

  public struct Commit: Hashable, Sendable {
    public let author, committer: Person
    /// Seconds since the POSIX epoch. Those before it become 0: git's dates begin there.
    public let seconds: Int64
    public let message: String
    /// From the root, parts joined by slashes; printable ASCII.
    public let path: String
    public let content: [UInt8]

    public init(
      author: Person, committer: Person, seconds: Int64, message: String, path: String, content: [UInt8]
    ) {
      (self.author, self.committer, self.seconds) = (author, committer, max(0, seconds))
      (self.message, self.path, self.content) = (message, path, content)
    }
  }

  /// A stream that breaks off before `end` is refused as a whole.
  public static let start = Array("feature done\n".utf8)
  public static let end = Array("done\n".utf8)

  /// - Parameter branch: such as `refs/heads/main`. The first commit of a stream begins it anew, the others go on.
  public static func bytes(of commit: Commit, on branch: String) -> [UInt8] {
    var out = Array("commit \(branch)\n".utf8)
    for (role, person) in [("author", commit.author), ("committer", commit.committer)] {
      out += Array(
        "\(role) \(person.name)\(person.name.isEmpty ? "" : " ")<\(person.address)> \(commit.seconds) +0000\n".utf8)
    }
    out += data(Array(commit.message.utf8))
    // A path in quotes may hold anything (git-fast-import(1), "filemodify").
    out += Array("M 100644 inline ".utf8) + quoted(commit.path) + [10] + data(commit.content)
    return out
  }

  private static func data(_ bytes: [UInt8]) -> [UInt8] { Array("data \(bytes.count)\n".utf8) + bytes + [10] }

  private static func quoted(_ path: String) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 10: out += Array("\\n".utf8)
      default: out.append(byte)
      }
    }
    return out + [UInt8(ascii: "\"")]
  }
}
