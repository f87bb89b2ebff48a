import Foundation
import LoopbackServer

/// Pages of some 60 KB at /article/0, /article/1, …, and without validators, so that no one is told 304, at /bare/0, …; kept in one
/// file: held in memory they would count as the children's (Run.peak).
struct LoopbackSite: Sendable {
  static let lastModified = "Sat, 21 Nov 2026 09:00:00 GMT"

  /// Of all pages together.
  let octets: Int
  private let path: String
  private let file: Int32
  /// Where each page begins, and where the last ends.
  private let starts: [Int]

  init(pages: Int, in work: WorkFolder) throws {
    path = work.path(of: "pages")
    let writer = try FileWriter(path: path)
    let corpus = SyntheticCorpus(captures: pages, rules: 300...300)
    var starts = [0]
    for i in 0..<pages {
      let page = corpus.page(ofArticle: i)
      try writer.write(page)
      starts.append(starts[i] + page.count)
    }
    try writer.close()
    file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw BodyFile.ReadError(path: path) }
    (self.starts, octets) = (starts, starts[pages])
  }

  /// The page with its validators, or 304 to those who have it.
  func reply(to request: Request) -> Reply {
    let place = request.path.split(separator: "/")
    guard place.count == 2, let i = Int(place[1]), starts.indices.contains(i + 1) else {
      return .text("no such page", status: 404)
    }
    let body = [UInt8](unsafeUninitializedCapacity: starts[i + 1] - starts[i]) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, buffer.count, off_t(starts[i])))
    }
    let type = ("Content-Type", "text/html; charset=utf-8")
    guard place[0] == "article" else { return Reply(headers: [type], body: body) }
    return Reply(headers: [type, ("Last-Modified", Self.lastModified), ("ETag", "\"\(i)\"")], body: body)
      .conditional(on: request)
  }

  func remove() {
    close(file)
    unlink(path)
  }
}
