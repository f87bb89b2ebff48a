import Model

extension Edit {
  /// What was done, and where: `rewording, moved in paragraph`, `move, body to headline`. The place is left out where the
  /// edit's class says it.
  public var actionInWords: String {
    if let crossing {
      func side(_ fields: [Part], _ range: Range<Int>?) -> String {
        (fields.map(\.rawValue) + (range == nil ? [] : ["body"])).joined(separator: " and ")
      }
      return "\(action.rawValue), \(side(crossing.before, beforeRange)) to \(side(crossing.after, afterRange))"
    }
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
