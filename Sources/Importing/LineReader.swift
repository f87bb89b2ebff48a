import Glibc

/// Lines of a file or of standard input, in batches. A last line without LF counts; empty lines and a byte order mark at the
/// start are passed over.
public final class LineReader: @unchecked Sendable {  // handed from task to task, never used by two at once
  public struct Line: Sendable {
    /// From 1.
    public let number: Int
    public let bytes: [UInt8]
  }

  /// The longest line that is read: a capture of a body of some 190 MB in base64.
  public static let maximumLineBytes = 256 << 20

  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var ended = false

  /// `-` is standard input.
  public init(path: String) throws(ImportError) {
    self.path = path
    descriptor = path == "-" ? dup(STDIN_FILENO) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, detail: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  /// The next lines: at least one, and no more once their octets or their number pass a limit; empty at the end.
  public func batch(bytes limit: Int, lines most: Int) throws(ImportError) -> [Line] {
    var (lines, bytes): ([Line], Int) = ([], 0)
    while lines.count < most, bytes < limit, let line = try next() {
      bytes += line.bytes.count
      lines.append(line)
    }
    return lines
  }

  private func next() throws(ImportError) -> Line? {
    var searched = start
    while true {
      if let end = newline(from: searched) {
        let line = take(until: end)
        start = min(end + 1, buffer.count)
        if !line.contains(where: { $0 != 32 && $0 != 13 && $0 != 9 }) {
          searched = start
          continue
        }
        return Line(number: number, bytes: line)
      }
      if ended {
        guard start < buffer.count else { return nil }
        return Line(number: number + 1, bytes: take(until: buffer.count))
      }
      searched = buffer.count - start
      try fill()
    }
  }

  /// The octets up to there as the next line.
  private func take(until end: Int) -> [UInt8] {
    let mark = number == 0 && buffer[start..<end].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    defer { (start, number) = (end, number + 1) }
    return Array(buffer[(start + mark)..<end])
  }

  /// Reads on, dropping what was handed out.
  private func fill() throws(ImportError) {
    buffer.removeSubrange(..<start)
    start = 0
    guard buffer.count <= Self.maximumLineBytes else {
      throw .lineTooLong(path: path, line: number + 1, limitBytes: Self.maximumLineBytes)
    }
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: 4 << 20) { space, count in
      var got = 0
      repeat { got = read(descriptor, space.baseAddress, space.count) } while got < 0 && errno == EINTR
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    guard failure == 0 else { throw .unreadable(path: path, detail: String(cString: strerror(failure))) }
    if number == 0, buffer.isEmpty {
      let marks: [(octets: [UInt8], tool: String)] = [([0x1F, 0x8B], "gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd")]
      if let tool = marks.first(where: { chunk.starts(with: $0.octets) })?.tool {
        throw .unreadable(path: path, detail: "it is compressed: `\(tool) -dc` makes lines of it, and - reads them")
      }
    }
    buffer += chunk
    ended = chunk.isEmpty
  }

  private func newline(from: Int) -> Int? {
    buffer.withUnsafeBytes { raw in
      guard let base = raw.baseAddress, from < raw.count,
        let hit = memchr(base.advanced(by: from), 10, raw.count - from)
      else {
        return nil
      }
      return UnsafeRawPointer(hit) - base
    }
  }
}
