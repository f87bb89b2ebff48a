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

  /// The octets of an entry; only one entry is read at a time.
  func contents(of entry: ZIPDirectory.Entry) throws(ImportError) -> Contents {
    let header = try file.octets(at: entry.header, count: ZIPDirectory.localHeaderBytes)
    let start = try Self.reading(path) { () throws(ZIPDirectory.Invalid) in
      try ZIPDirectory.contents(of: entry, header: header)
    }
    try file.seek(to: start, length: entry.storedSize)
    do throws(CodingError) { return try Contents(entry, file) } catch {
      throw .unreadable(path: "\(path): \(entry.name)", detail: error.message)
    }
  }

  /// A small file in whole, and what is wrong with it; nil when there is none of that name.
  func file(named name: String) throws(ImportError) -> (octets: [UInt8], fault: String?)? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    let contents = try contents(of: entry)
    var out: [UInt8] = []
    while case let piece = try contents.next(), !piece.isEmpty {
      out += piece
      guard out.count <= Self.maximumFileBytes else {
        throw .unreadable(path: path, detail: "\(name) is larger than \(Self.maximumFileBytes >> 20) MiB")
      }
    }
    return (out, contents.fault)
  }

  /// What an entry holds, piece by piece, and whether it is what the directory says. What is damaged or cut short ends early.
  final class Contents {
    private let entry: ZIPDirectory.Entry
    private let file: FileOctets
    /// Of a deflated entry.
    private let stream: InflateStream?
    private var coded: ArraySlice<UInt8> = []
    private var isEnded = false
    private var (crc, size): (UInt32, Int64) = (0, 0)

    init(_ entry: ZIPDirectory.Entry, _ file: FileOctets) throws(CodingError) {
      (self.entry, self.file) = (entry, file)
      stream = entry.method == .deflate ? try InflateStream(.raw) : nil
    }

    /// The next octets; empty at the end.
    func next() throws(ImportError) -> [UInt8] {
      let piece = if let stream { try inflated(stream) } else { try file.next() }
      (crc, size) = (ZipWriter.crc(piece, after: crc), size + Int64(piece.count))
      return piece
    }

    /// What is wrong with it, once all of it has been read; nil: nothing.
    var fault: String? {
      if size != entry.size { return "it holds \(size) octets, where the ZIP directory says \(entry.size)" }
      return crc == entry.crc ? nil : "its CRC-32 is not the one in the ZIP directory"
    }

    private func inflated(_ stream: InflateStream) throws(ImportError) -> [UInt8] {
      var out: [UInt8] = []
      while !isEnded, out.isEmpty {
        if coded.isEmpty { coded = try file.next()[...] }
        let isLast = coded.isEmpty
        do throws(CodingError) {
          let step = try stream.decode(coded, into: &out, room: 1 << 20)
          coded = coded.dropFirst(step.used)
          isEnded = step.ended || isLast && out.isEmpty
        } catch { isEnded = true }  // too few octets then, or others: `fault` says so
      }
      return out
    }
  }
}
