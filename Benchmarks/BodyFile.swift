import Foundation

/// The bodies of a corpus, one after the other in one file, with their lengths in a second (64 bits each, this machine's order):
/// what tools that know no captures can read.
struct BodyFile {
  let path: String
  private var lengthsPath: String { path + ".lengths" }

  init(path: String) { self.path = path }

  struct ReadError: Error, CustomStringConvertible {
    let path: String
    var description: String { "reading \(path): \(String(cString: strerror(errno)))" }
  }

  /// Gives each body in order. The bytes are only there during the call.
  func forEach(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    let lengths = try Data(contentsOf: URL(filePath: lengthsPath))
    guard let file = fopen(path, "r") else { throw ReadError(path: path) }
    defer { fclose(file) }
    var buffer: [UInt8] = []
    for i in stride(from: 0, to: lengths.count, by: 8) {
      let length = lengths.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: i, as: UInt64.self)) }
      if buffer.count < length { buffer = [UInt8](repeating: 0, count: length) }
      try buffer.withUnsafeMutableBytes { raw in
        guard fread(raw.baseAddress, 1, length, file) == length else { throw ReadError(path: path) }
        try take(UnsafeRawBufferPointer(rebasing: raw[..<length]))
      }
    }
  }

  /// A part of the file.
  func bytes(from start: Int, count: Int) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw ReadError(path: path) }
    defer { fclose(file) }
    guard fseek(file, start, SEEK_SET) == 0 else { throw ReadError(path: path) }
    var bytes = [UInt8](repeating: 0, count: count)
    guard fread(&bytes, 1, count, file) == count else { throw ReadError(path: path) }
    return bytes
  }

  func remove() {
    unlink(path)
    unlink(lengthsPath)
  }

  /// Writes both files.
  final class Writer {
    private let bodies, lengths: FileWriter

    init(_ file: BodyFile) throws {
      bodies = try FileWriter(path: file.path)
      lengths = try FileWriter(path: file.lengthsPath)
    }

    func append(_ body: [UInt8]) throws {
      try bodies.write(body)
      try withUnsafeBytes(of: UInt64(body.count)) { try lengths.write(Array($0)) }
    }

    func close() throws {
      try bodies.close()
      try lengths.close()
    }
  }
}

/// A file that is written from its beginning, buffered.
final class FileWriter {
  private var file: UnsafeMutablePointer<FILE>?
  private let path: String

  struct WriteError: Error, CustomStringConvertible {
    let path: String
    let errno: Int32
    var description: String { "writing \(path): \(String(cString: strerror(errno)))" }
  }

  init(path: String) throws {
    self.path = path
    file = fopen(path, "w")
    guard file != nil else { throw WriteError(path: path, errno: errno) }
  }

  deinit { if let file { fclose(file) } }

  func write(_ bytes: [UInt8]) throws {
    guard let file, fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw WriteError(path: path, errno: errno)
    }
  }

  func close() throws {
    guard let open = file else { return }
    file = nil
    guard fclose(open) == 0 else { throw WriteError(path: path, errno: errno) }
  }
}
