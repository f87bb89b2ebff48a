import Foundation

/// A folder for what the benchmarks write on the way, removed at the end.
struct WorkFolder {
  let root: String

  /// Makes it, inside the folder given or the system's for temporary files.
  init(in parent: String?) throws {
    let parent = parent ?? FileManager.default.temporaryDirectory.path
    root = "\(parent)/stet-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  func path(of name: String) -> String { "\(root)/\(name)" }

  func bytes(of name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(of: name)))) }

  func remove() {
    try? FileManager.default.removeItem(atPath: root)  // what stays behind is temporary anyway
  }

  /// The octets of a file; 0 when there is none.
  static func size(ofFile path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// An archive that a benchmark makes and drops.
struct Archive {
  let path: String

  /// Its files: the archive, what SQLite lays beside it, the lock, the origin key and the head.
  private var files: [String] { ["", "-wal", "-shm", "-journal", "-lock", "-key", "-head"].map { path + $0 } }

  /// Octets of the archive, and of a write-ahead log that was left beside it.
  var size: (file: Int, log: Int) { (WorkFolder.size(ofFile: path), WorkFolder.size(ofFile: path + "-wal")) }

  func remove() {
    for file in files { unlink(file) }
  }

  /// A new one in its place.
  func renew(_ setting: Setting) throws {
    remove()
    _ = try setting.stet(self, ["init"]).run(in: setting.work)
  }
}
