import Glibc

/// A file, a part of one, or standard input, read piece by piece.
final class FileOctets: @unchecked Sendable {  // handed from task to task, never used by two at once
  private let path: String
  private let descriptor: Int32
  /// Octets to come; nil until the file ends.
  private var left: Int64?

  private static let pieceBytes = 4 << 20

  /// `-` is standard input.
  init(path: String) throws(ImportError) {
    self.path = path
    descriptor = path == "-" ? dup(STDIN_FILENO) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, detail: String(cString: strerror(errno))) }
  }

  deinit { close(descriptor) }

  /// How long a regular file is.
  func size() throws(ImportError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, detail: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, detail: "not a regular file") }
    return Int64(status.st_size)
  }

  /// Goes to a part of the file.
  func seek(to offset: Int64, length: Int64) throws(ImportError) {
    guard lseek(descriptor, Int(offset), SEEK_SET) == Int(offset) else {
      throw .unreadable(path: path, detail: String(cString: strerror(errno)))
    }
    left = length
  }

  /// The next octets; empty at the end.
  func next() throws(ImportError) -> [UInt8] {
    let most = Int(min(left ?? .max, Int64(Self.pieceBytes)))
    guard most > 0 else { return [] }
    var failure: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: most) { space, count in
      while count < most {
        let got = read(descriptor, space.baseAddress?.advanced(by: count), most - count)
        if got > 0 {
          count += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw .unreadable(path: path, detail: String(cString: strerror(failure))) }
    if let left { self.left = left - Int64(piece.count) }
    return piece
  }

  /// So many octets from a place; fewer at the end of the file.
  func octets(at offset: Int64, count: Int) throws(ImportError) -> [UInt8] {
    try seek(to: offset, length: Int64(count))
    var out: [UInt8] = []
    while case let piece = try next(), !piece.isEmpty { out += piece }
    return out
  }
}
