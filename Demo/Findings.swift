/// What Stet says about the demonstration's articles, as its `--json` outputs give it.
struct Findings: Sendable {
  /// A line of `stet log URL --json`.
  struct Revision: Decodable, Sendable {
    struct Interval: Decodable, Sendable {
      /// The last capture without; nil for the first revision.
      let after: String?
      /// The first capture with.
      let by: String
    }
    let revision: Int
    let headline: String
    let since: Interval
  }

  /// A line of `stet captures URL --json`.
  struct Capture: Decodable, Sendable {
    let at: String
    let status: Int
    let verdict: String?
  }

  /// `stet diff URL@A..B --json`.
  struct Difference: Decodable, Sendable { let edits: [Edit] }

  struct Edit: Decodable, Sendable, CustomStringConvertible {
    let action: String
    let `class`: String
    let part: String
    let before: String?
    let after: String?

    var description: String {
      let wordings = [before, after].map { $0.map { "“\($0.prefix(80))”" } ?? "nothing" }.joined(separator: " → ")
      return "\(action) (\(`class`), \(part)): \(wordings)"
    }
  }

  struct Article: Sendable {
    /// Oldest first.
    let revisions: [Revision]
    /// Those of each revision against the one before: as many as revisions, the first empty.
    let edits: [[Edit]]
    /// Oldest first.
    let captures: [Capture]
  }

  /// By the name of the article's file.
  let articles: [String: Article]

  /// Asks Stet about every article.
  init(urls: [(name: String, url: String)], stet: Stet) throws(Stet.RunError) {
    var articles: [String: Article] = [:]
    for (name, url) in urls {
      let revisions = try stet.rows("log", url, "--json", as: Revision.self).sorted { $0.revision < $1.revision }
      var edits: [[Edit]] = []
      for (index, revision) in revisions.enumerated() {
        guard index > 0 else {
          edits.append([])
          continue
        }
        let range = "\(url)@\(revisions[index - 1].revision)..\(revision.revision)"
        edits.append(try stet.object("diff", range, "--json", as: Difference.self).edits)
      }
      let captures = try stet.rows("captures", url, "--json", as: Capture.self)
      articles[name] = Article(revisions: revisions, edits: edits, captures: captures.reversed(ifNewestFirst: \.at))
    }
    self.articles = articles
  }

  /// From findings at hand.
  init(articles: [String: Article]) { self.articles = articles }
}

extension Array {
  /// Oldest first, when the rows came newest first; rows of one instant keep the order of their kind.
  fileprivate func reversed(ifNewestFirst key: (Element) -> String) -> [Element] {
    guard let first, let last, key(first) > key(last) else { return self }
    return reversed()
  }
}
