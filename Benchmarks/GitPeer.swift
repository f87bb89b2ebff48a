import Foundation

/// Git on the same captures, the nearest that others have to an archive of versions: a commit for each capture, a file for
/// each article, fed by `git fast-import`.
struct GitPeer {
  /// The input of fast-import (git-fast-import(1)).
  let stream: String
  /// The bare repository.
  let repository: String

  /// Writes the stream of a corpus.
  init(_ corpus: Corpus, in work: WorkFolder) throws {
    (stream, repository) = (work.path(of: "\(corpus.name).fast-import"), work.path(of: "\(corpus.name).git"))
    let writer = try FileWriter(path: stream)
    var number = 0
    try CaptureLines(path: corpus.lines).forEach(most: .max) { line in
      let capture = try CaptureLine(line)
      number += 1
      let head = """
        commit refs/heads/main
        committer stet <stet@example.invalid> \(1_700_000_000 + number) +0000
        data 0
        M 100644 inline \(Self.path(capture.url))
        data \(capture.body.count)

        """
      try writer.write(Array(head.utf8))
      try writer.write(capture.body + [UInt8(ascii: "\n")])
    }
    try writer.close()
  }

  /// A URL as a path: what git might mistake is escaped, and a file never has the name of a folder.
  private static func path(_ url: String) -> String {
    var path = ""
    for part in url.split(separator: "/") {
      path += path.isEmpty ? "" : "/"
      for octet in part.utf8 {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          path.unicodeScalars.append(Unicode.Scalar(octet))
        default: path += "%" + String(octet, radix: 16)
        }
      }
    }
    return path + ".page"
  }

  /// Makes an empty repository in the place of any other.
  func renew(_ work: WorkFolder) throws {
    remove(repository)
    _ = try Command("git", ["init", "-q", "--bare", repository]).run(in: work)
  }

  var fastImport: Command { Command("git", ["-C", repository, "fast-import", "--quiet"], input: stream) }

  var collect: Command { Command("git", ["-C", repository, "gc", "--aggressive", "--prune=now", "--quiet"]) }

  /// Octets of the packs: bodies, trees and commits, without the indexes that git keeps beside them.
  func packOctets() throws -> Int {
    let folder = "\(repository)/objects/pack"
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pack") }
      .reduce(0) { $0 + WorkFolder.size(ofFile: "\(folder)/\($1)") }
  }

  func remove() {
    remove(repository)
    unlink(stream)
  }

  private func remove(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)  // that there is none is as well
  }
}
