/// Edits that a newsroom made without saying so.

import Model

/// Whether a new text changes the substance of the old and owns up to nothing: an edit that `isSubstantive`, no correction
/// notice that is new or reads otherwise, and the same date of modification, or none, on both.
public func isStealth(_ edits: [Edit], from old: ArticleText, to new: ArticleText) -> Bool {
  guard old.modified == new.modified else { return false }
  let hasNotice = edits.contains { $0.classes.contains(.correctionNotice) && $0.after != nil && $0.action != .move }
  return !hasNotice && edits.contains(where: \.isSubstantive)
}

extension Edit {
  /// Whether it may change what readers are told: a number, a name, a quotation, a negation or the headline differs, or a
  /// sentence went, a notice too. Not so when a notice came or reads otherwise, when nothing but punctuation or a slip of
  /// the pen differs in the headline, when the same sentences were only cut or moved otherwise, or when it is suspected
  /// to be furniture.
  public var isSubstantive: Bool {
    if classes.contains(.furniture) || classes.contains(.layout) || action == .move { return false }
    let isNotice = classes.contains { [.correctionNotice, .updateNotice, .notice].contains($0) }
    if isNotice, action != .deletion { return false }
    if classes.contains(where: { [.number, .name, .quote, .negation].contains($0) }) { return true }
    if action == .deletion { return true }
    return classes.contains(.headline) && !classes.contains(.punctuation) && !classes.contains(.typo)
  }
}
