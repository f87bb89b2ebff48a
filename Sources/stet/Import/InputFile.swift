import Foundation

/// A file given on the command line, `-` being standard input.
enum InputFile {
  /// The most that is read: as much as a sync would keep of one page.
  static let maximumBytes = 64 << 20

  static func read(_ path: String, doing: String) throws -> [UInt8] {
    do {
      let handle = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      let bytes = [UInt8](try handle.read(upToCount: maximumBytes + 1) ?? Data())
      guard bytes.count <= maximumBytes else {
        throw CommandFailure(doing, code: "too-large", "it is larger than \(maximumBytes >> 20) MiB")
      }
      return bytes
    } catch let failure as CommandFailure { throw failure } catch {
      let reason =
        (error as NSError).code == CocoaError.fileReadNoSuchFile.rawValue
        ? "there is no such file" : "it cannot be read"
      throw CommandFailure(doing, code: "unreadable", reason, hint: "- reads standard input")
    }
  }

  /// A media type by the file's name, for files that are no HTML; nil leaves it to the octets.
  static func mediaType(_ path: String) -> String? {
    for (ending, type) in [
      (".txt", "text/plain"), (".md", "text/markdown"), (".markdown", "text/markdown"), (".html", "text/html"),
      (".htm", "text/html"),
    ]
    where path.hasSuffix(ending) { return type }
    return nil
  }
}
