import Formats
import Model
import Storage

/// Writes edits as a table after the scheme of NewsEdits (Spangher et al., NAACL 2022, §3): pairs of versions, sentences by
/// their indices on both sides, and the actions Addition, Deletion, Edit and Refactor. docs/FORMAT.md describes the columns.
public struct EditsTableExport: Sendable {
  public static let columns = [
    "url", "version_x", "version_y", "after", "by", "action", "classes", "part", "sent_idx_x", "sent_idx_y",
    "sent_count_x", "sent_count_y", "moved", "sentence_x", "sentence_y", "words_removed", "words_added", "stealth",
  ]

  private let store: Store
  /// How many words an edit removed and added.
  private let words: @Sendable (Edit) -> (removed: Int, added: Int)
  private let isStealth: @Sendable (RevisionChange) -> Bool

  public init(
    store: Store, words: @escaping @Sendable (Edit) -> (removed: Int, added: Int),
    isStealth: @escaping @Sendable (RevisionChange) -> Bool
  ) { (self.store, self.words, self.isStealth) = (store, words, isStealth) }

  /// Writes a head and a row an edit, the newest revisions first; gives the number of edits.
  /// - Parameters:
  ///   - classes: edits that are of one of these; empty: all.
  ///   - stealth: only stealth edits.
  ///   - limit: no more edits than these.
  public func run(
    _ scope: Scope, classes: Set<Edit.Class>, stealth: Bool = false, limit: Int?, to file: borrowing PartialFile,
    progress: (Int) -> Void
  ) throws(ExportError) -> Int {
    file.append(CSV.row(Self.columns))
    var written = 0
    do throws(StorageError) {
      try store.edits(scope, classes: classes) { found in
        let isStealth = isStealth(found.change)
        if stealth, !isStealth { return true }
        for edit in found.edits.prefix((limit ?? .max) - written) {
          file.append(CSV.row(row(edit, of: found) + [isStealth ? "1" : "0"]))
          written += 1
        }
        progress(written)
        return written < limit ?? .max
      }
    } catch { throw .storage(error) }
    return written
  }

  private func row(_ edit: Edit, of found: FoundEdits) -> [String] {
    let words = words(edit)
    func number(_ value: Int?) -> String { value.map(String.init) ?? "" }
    return [
      found.url, String(found.ordinal - 1), String(found.ordinal), found.came.after?.description ?? "",
      found.came.by.description, Self.name(edit.action), edit.classes.map(\.rawValue).joined(separator: ";"),
      edit.part.rawValue, number(edit.beforeIndex), number(edit.afterIndex), number(edit.beforeRange?.count),
      number(edit.afterRange?.count), edit.isMoved ? "1" : "0", edit.before ?? "", edit.after ?? "",
      String(words.removed), String(words.added),
    ]
  }

  /// NewsEdits' names.
  private static func name(_ action: Edit.Action) -> String {
    switch action {
    case .addition: "Addition"
    case .deletion: "Deletion"
    case .rewording: "Edit"
    case .move: "Refactor"
    }
  }
}
