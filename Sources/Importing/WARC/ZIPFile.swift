import ContentCoding
import Formats

/// A ZIP file on disk, its entries read piece by piece.
final class ZIPFile {
  let path: String
  let entries: [ZIPDirectory.Entry]
  /// Names of what cannot be read.
  let unreadable: [String]
  private let file: FileOctets

  /// Small files are read whole up to this.
  private static let maximumFileBytes = 64 << 20

  init(path: String) throws(ImportError) {
    self.path = path
    let file = try FileOctets(path: path)
    self.file = file
    let size = try file.size()
    let start = max(0, size - Int64(ZIPDirectory.tailBytes))
    let tail = try file.octets(at: start, count: Int(size - start))
    var location: ZIPDirectory.Location
    switch try Self.reading(path, { () throws(ZIPDirectory.Invalid) in try ZIPDirectory.end(in: tail, at: start) }) {
    case .directory(let found): location = found
    case .zip64(let at):
      let record = try file.octets(at: at, count: 56)
      location = try Self.reading(path) { () throws(ZIPDirectory.Invalid) in try ZIPDirectory.end(zip64: record, at: at)
      }
    }
    let directory = try file.octets(at: location.offset, count: location.length)
    (entries, unreadable) = try Self.reading(path) { () throws(ZIPDirectory.Invalid) in
      try ZIPDirectory.entries(in: directory)
    }
  }

  private static func reading<T>(_ path: String, _ body: () throws(ZIPDirectory.Invalid) -> T) throws(ImportError) -> T
  {
    do throws(ZIPDirectory.Invalid) { return try body() } catch {
      throw .unreadable(path: path, detail: error.reason)
    }
  }

  /// The octets of an entry, piece by piece; only one entry is read at a time. What is cut short ends early.
  func contents(of entry: ZIPDirectory.Entry) throws(ImportError) -> () throws(ImportError) -> [UInt8] {
    let header = try file.octets(at: entry.header, count: ZIPDirectory.localHeaderBytes)
    let start = try Self.reading(path) { () throws(ZIPDirectory.Invalid) in
      try ZIPDirectory.contents(of: entry, header: header)
    }
    try file.seek(to: start, length: entry.storedSize)
    let file = file
    switch entry.method {
    case .stored: return { () throws(ImportError) in try file.next() }
    case .deflate:
      let inflated = try Inflated(name: "\(path): \(entry.name)", file: file)
      return { () throws(ImportError) in try inflated.next() }
    }
  }

  /// A small file in whole; nil when there is none of that name.
  func file(named name: String) throws(ImportError) -> [UInt8]? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    let next = try contents(of: entry)
    var out: [UInt8] = []
    while case let piece = try next(), !piece.isEmpty {
      out += piece
      guard out.count <= Self.maximumFileBytes else {
        throw .unreadable(path: path, detail: "\(name) is larger than \(Self.maximumFileBytes >> 20) MiB")
      }
    }
    return out
  }

  /// A deflated entry, undone piece by piece.
  private final class Inflated {
    private let name: String
    private let file: FileOctets
    private let stream: InflateStream
    private var coded: ArraySlice<UInt8> = []
    private var isEnded = false

    init(name: String, file: FileOctets) throws(ImportError) {
      do throws(CodingError) { stream = try InflateStream(.raw) } catch {
        throw .unreadable(path: name, detail: error.message)
      }
      (self.name, self.file) = (name, file)
    }

    func next() throws(ImportError) -> [UInt8] {
      var out: [UInt8] = []
      while !isEnded, out.isEmpty {
        if coded.isEmpty { coded = try file.next()[...] }
        let isLast = coded.isEmpty
        do throws(CodingError) {
          let step = try stream.decode(coded, into: &out, room: 1 << 20)
          coded = coded.dropFirst(step.used)
          isEnded = step.ended || isLast && out.isEmpty
        } catch { throw .unreadable(path: name, detail: error.message) }
      }
      return out
    }
  }
}
