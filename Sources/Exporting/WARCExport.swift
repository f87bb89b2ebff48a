import Formats
import Glibc
import Model
import Storage

/// A file that an export has made.
public struct ExportedFile: Hashable, Sendable {
  public let path: String
  public let bytes: Int64
  public let records: Int
  /// It was there already, whole, from an earlier export of the same.
  public let wasThere: Bool
  /// What is not in it, because it is damaged.
  public let lost: [LostCapture]

  public init(path: String, bytes: Int64, records: Int, wasThere: Bool = false, lost: [LostCapture] = []) {
    (self.path, self.bytes, self.records, self.wasThere, self.lost) = (path, bytes, records, wasThere, lost)
  }
}

/// Writes captures as WARC files: the same archive gives the same bytes. What is damaged is left out and named in the last
/// record. docs/FORMAT.md, "WARC, CDXJ and WACZ".
public struct WARCExport: Sendable {
  private let store: Store
  private let options: RecordOptions

  public init(store: Store, _ options: RecordOptions) { (self.store, self.options) = (store, options) }

  /// Writes one file, or several where `maxOctets` asks for it. A file that begins as the one to be written would, which
  /// only a whole one from an export of the same captures does, is left as it is, unless something had to be left out of it.
  /// - Parameters:
  ///   - path: `-` is standard output, which is never split.
  ///   - progress: called now and then with the records written so far and all there are to be.
  public func run(to path: String, progress: (Int, Int) -> Void) async throws(ExportError) -> [ExportedFile] {
    var options = options
    if path == "-" { options.maxOctets = nil }
    let plan = try RecordPlan(store, options)
    let (reader, parts, total) = (plan.reader, plan.parts, plan.total)
    var (files, written): ([ExportedFile], Int) = ([], 0)
    for (part, name) in zip(parts, PartNames.names(path, parts.count)) {
      let first = try Self.fileRecord(part, store, options)
      let records = part.records + 1
      if let bytes = Self.size(of: name, beginningWith: first.octets) {
        files.append(ExportedFile(path: name, bytes: bytes, records: records, wasThere: true))
      } else {
        let file = try PartialFile(path: name)
        file.append(first.octets)
        let stream = RecordStream(part, reader, options)
        var count = written + 1
        while true {
          let pieces = try await stream.next()
          if pieces.isEmpty { break }
          for piece in pieces { file.append(piece.octets) }
          count += pieces.count
          progress(count, total)
        }
        files.append(
          ExportedFile(path: name, bytes: try file.finish(), records: count - written, lost: stream.lost))
      }
      written += records
      progress(written, total)
    }
    return files
  }

  /// A file's first record.
  static func fileRecord(
    _ part: RecordPart, _ store: Store, _ options: RecordOptions
  ) throws(ExportError) -> RecordWriter.Written {
    let origin: String
    do throws(StorageError) { origin = try store.origin() } catch { throw .storage(error) }
    return DerivedRecord.file(
      software: options.software, description: "captures of web articles exported from a Stet archive", origin: origin,
      part: part.digest, newest: part.newest, by: RecordWriter(level: options.level))
  }

  /// A regular file's size, if these are its first octets, and it does not end in a list of what it lacks; else nil.
  private static func size(of path: String, beginningWith start: [UInt8]) -> Int64? {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    // What cannot be read is no file to keep: writing says what is wrong with it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var found = [UInt8](repeating: 0, count: start.count)
    guard pread(descriptor, &found, found.count, 0) == found.count, found == start else { return nil }
    var tail = [UInt8](repeating: 0, count: 64)
    let length = pread(descriptor, &tail, tail.count, max(0, off_t(status.st_size) - off_t(tail.count)))
    guard length >= 0, !tail[..<length].contains(DerivedRecord.incompleteMark) else { return nil }
    return Int64(status.st_size)
  }
}

/// The names of an export's files.
enum PartNames {
  /// One is named as asked; several get numbers: `captures.warc.gz`, `captures-00001.warc.gz`, `captures-00002.warc.gz`.
  static func names(_ path: String, _ count: Int) -> [String] {
    guard count > 1 else { return [path] }
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    let ending = [".warc.gz", ".warc", ".gz"].first { path[name...].hasSuffix($0) && path[name...] != $0 } ?? ""
    let stem = path.dropLast(ending.count)
    return (1...count).map { number in
      let digits = String(number)
      return stem + "-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ending
    }
  }
}
