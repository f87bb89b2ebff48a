import Foundation

/// The folder in which the demonstration leaves its archive. It is emptied for a new run only when an earlier run made it.
struct WorkFolder: Sendable {
  enum Failure: Error, CustomStringConvertible {
    case notOurs(path: String)
    case cannotPrepare(path: String, reason: String)

    var description: String {
      switch self {
      case .notOurs(let path): "emptying \(path): it was not made by the demonstration\nhint: name another with --work"
      case .cannotPrepare(let path, let reason): "preparing \(path): \(reason)"
      }
    }
  }

  private static let marker = ".stet-demo"

  let path: String
  var archive: String { path + "/archive.stet" }
  var list: String { path + "/list.txt" }
  var export: String { path + "/captures.jsonl" }

  /// Makes the folder, or empties the one that an earlier run left.
  init(preparing path: String) throws(Failure) {
    let files = FileManager.default
    do {
      if files.fileExists(atPath: path) {
        let content = try files.contentsOfDirectory(atPath: path)
        guard content.isEmpty || content.contains(Self.marker) else { throw Failure.notOurs(path: path) }
        // The marker goes last: a run that is cut short leaves a folder that is still ours.
        for name in content where name != Self.marker { try files.removeItem(atPath: path + "/" + name) }
      } else {
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try Data("made by stet-demo, which may empty this folder\n".utf8)
        .write(to: URL(filePath: path + "/" + Self.marker))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .cannotPrepare(path: path, reason: error.localizedDescription)
    }
    self.path = path
  }

  /// Writes the list of URLs to watch.
  func write(list urls: [String]) throws(Failure) {
    do {
      try Data((urls.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
    } catch {
      throw .cannotPrepare(path: list, reason: error.localizedDescription)
    }
  }
}
