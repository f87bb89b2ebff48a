import Formats
import Glibc
import Model
import Storage

/// Writes revisions as Markdown, a file each: `HOST/SLUG/0001-20261120T100000Z.md` below a folder.
///
/// A file that is there already with the same octets is left alone, so that an export that broke off, or one of an archive
/// that has grown, writes what is missing. Nothing is deleted.
public struct MarkdownExport: Sendable {
  /// Files written and files left alone.
  public struct Counts: Hashable, Sendable {
    public var written: Int
    public var unchanged: Int

    public init(written: Int = 0, unchanged: Int = 0) { (self.written, self.unchanged) = (written, unchanged) }
  }

  private let store: Store
  public init(store: Store) { self.store = store }

  /// - Parameters:
  ///   - scope: articles, source and times; a revision is within the times by its first capture.
  ///   - progress: called now and then with the files done so far.
  public func run(_ scope: Scope, to folder: String, progress: (Int) -> Void) throws(ExportError) -> Counts {
    var counts = Counts()
    do {
      for article in try store.articles(of: scope) {
        let revisions = try store.revisions(of: article, in: scope)
        guard !revisions.isEmpty else { continue }
        let path = ArticlePath(url: article.url)
        let place = "\(folder)/\(path.host)/\(path.slug)"
        try Self.makeFolders(place, below: folder)
        for revision in revisions {
          let document = try revision.document()
          if try Self.write(document.markdown(complete: true), to: "\(place)/\(document.fileName)") {
            counts.written += 1
          } else {
            counts.unchanged += 1
          }
          if (counts.written + counts.unchanged) % 64 == 0 { progress(counts.written + counts.unchanged) }
        }
      }
    } catch let error as StorageError { throw .storage(error) } catch let error as ExportError { throw error } catch {
      throw .unwritable(path: folder, detail: "\(error)")
    }
    return counts
  }

  /// Makes a folder with those above it, down from one that is made too.
  private static func makeFolders(_ path: String, below top: String) throws(ExportError) {
    var made = top
    var names = path.dropFirst(top.count).split(separator: "/").makeIterator()
    repeat {
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
        throw .unwritable(path: made, detail: String(cString: strerror(errno)))
      }
      guard let next = names.next() else { return }
      made += "/" + next
    } while true
  }

  /// Whether it had to be written.
  private static func write(_ bytes: [UInt8], to path: String) throws(ExportError) -> Bool {
    if holds(path, bytes) { return false }
    let file = try PartialFile(path: path)
    file.append(bytes)
    _ = try file.finish()
    return true
  }

  /// Whether a file has exactly these octets. One that cannot be read has not: writing it will say why.
  private static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == bytes.count else {
      return false
    }
    var (there, had) = ([UInt8](repeating: 0, count: bytes.count), 0)
    while had < there.count {
      let n = there.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: had), $0.count - had) }
      if n > 0 { had += n } else if n == 0 || errno != EINTR { return false }
    }
    return there == bytes
  }
}
