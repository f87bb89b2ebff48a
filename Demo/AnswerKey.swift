import Foundation

/// What Stet has to find, as Site/key.json says it: for each article the captures, the revisions and their edits.
struct AnswerKey: Decodable, Sendable {
  struct Stage: Decodable, Sendable {
    /// What `stet sync` has to exit with.
    let exit: Int32
    /// What the newsrooms did, for people.
    let newsroom: String
  }

  struct Article: Decodable, Sendable {
    /// The name of its file.
    let article: String
    /// Status and verdict, oldest first.
    let captures: [String]
    /// Oldest first.
    let revisions: [Revision]
  }

  struct Revision: Decodable, Sendable {
    /// The stage at which it came.
    let stage: Int
    let headline: String
    /// Against the revision before; none for the first.
    let edits: [Edit]
  }

  struct Edit: Decodable, Sendable, CustomStringConvertible {
    let action: String
    let `class`: String
    let part: String
    /// A fragment of the old wording; nil when there was none.
    let before: String?
    /// A fragment of the new wording; nil when there is none.
    let after: String?

    var description: String {
      let wordings = [before, after].map { $0.map { "“\($0)”" } ?? "nothing" }.joined(separator: " → ")
      return "\(action) (\(`class`), \(part)): \(wordings)"
    }
  }

  let stages: [Stage]
  let articles: [Article]

  /// How many edits the newsrooms made.
  var editCount: Int { articles.flatMap(\.revisions).map(\.edits.count).reduce(0, +) }

  /// How many revisions there have to be, first captures included.
  var revisionCount: Int { articles.map(\.revisions.count).reduce(0, +) }

  /// Reads `key.json` in the site's folder.
  init(folder: String) throws(SiteError) {
    let file = folder + "/key.json"
    do {
      self = try JSONDecoder().decode(AnswerKey.self, from: Data(contentsOf: URL(filePath: file)))
    } catch {
      throw .unreadable(file: file, reason: "\(error)")
    }
  }
}
