import Model

extension Edit {
  /// What was done, and where: `rewording, moved in paragraph`. The place is left out where the edit's class says it.
  public var actionInWords: String {
    let place = classes.first?.rawValue == part.rawValue ? "" : " in \(part.rawValue)"
    var words = action.rawValue
    if action == .rewording, !isLayout {
      if let count = afterRange?.count, count > 1 { words += ", split into \(count)" }
      if let count = beforeRange?.count, count > 1 { words += ", merged from \(count)" }
      if isMoved { words += ", moved" }
    }
    return words + place
  }
}
