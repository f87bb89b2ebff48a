import Foundation
import GRDB
import Model

/// Edits as they are recorded.
extension Store {
  /// The edits that made a revision out of the one before, in reading order.
  static func edits(ofRevision revision: Int64, in db: Database) throws -> [Edit] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT action, classes, part, old.text, new.text, before_index, after_index
        FROM edit LEFT JOIN sentence AS old ON old.id = before LEFT JOIN sentence AS new ON new.id = after
        WHERE revision = ? ORDER BY n
        """)
    return try Row.fetchAll(statement, arguments: [revision]).map { row in
      guard let action = Edit.Action(rawValue: try row[0]), let part = Edit.Part(rawValue: try row[2]) else {
        throw StorageError.damaged(path: "edits of revision \(revision)", detail: "an unknown action or part")
      }
      let classes = (try row[1] as String).split(separator: " ").compactMap { Edit.Class(rawValue: String($0)) }
      return Edit(
        action: action, classes: classes, part: part, before: try row[3], after: try row[4], beforeIndex: try row[5],
        afterIndex: try row[6])
    }
  }
}
