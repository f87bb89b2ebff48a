import Answers
import Model
import Pages

/// The edits between two texts as the page that `--html` prints.
enum EditsPage {
  static func html(_ comparison: Comparison) -> String {
    let document = EditsDocument(
      title: comparison.url ?? "\(comparison.old.label) → \(comparison.new.label)", old: comparison.old.label,
      new: comparison.new.label, edits: comparison.edits, isStealth: comparison.isStealth,
      note: comparison.isCoarse ? Comparison.coarseNote : nil,
      language: comparison.new.text.language ?? comparison.old.text.language)
    return String(decoding: document.html.bytes, as: UTF8.self)
  }
}
