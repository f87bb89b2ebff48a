/// One Allow or Disallow line (RFC 9309 §2.2.2): a path, `*` for any octets, `$` at its end for the end of the URL.
public struct RobotsRule: Hashable, Sendable {
  public let allows: Bool
  /// In the form that is compared.
  private let pattern: [UInt8]

  /// Nil for an empty value, which is no rule: `Disallow:` forbids nothing.
  init?(_ value: ArraySlice<UInt8>, allows: Bool) {
    guard !value.isEmpty else { return nil }
    (self.allows, pattern) = (allows, RobotsPath.comparable(value, isPattern: true))
  }

  /// The octets that the rule counts when the longest wins.
  public var length: Int { pattern.count }

  /// Whether a path, in the form that is compared, starts with what the pattern describes. Nil once the steps are used up.
  ///
  /// Each `*` may take as little as it can: if a match exists, one with the leftmost place for every piece does.
  func matches(_ path: [UInt8], steps: inout Int) -> Bool? {
    let (star, end) = (UInt8(ascii: "*"), UInt8(ascii: "$"))
    let isAnchored = pattern.last == end
    let patternEnd = pattern.count - (isAnchored ? 1 : 0)
    var (p, t) = (0, 0)
    /// After the last `*` that was met, and where in the path its rest was last tried.
    var retry: (pattern: Int, path: Int)?
    while true {
      steps -= 1
      guard steps > 0 else { return nil }
      if p < patternEnd, pattern[p] == star {
        p += 1
        retry = (p, t)
      } else if p == patternEnd, !isAnchored || t == path.count {
        return true
      } else if p < patternEnd, t < path.count, pattern[p] == path[t] {
        (p, t) = (p + 1, t + 1)
      } else if let last = retry, last.path < path.count {
        retry = (last.pattern, last.path + 1)
        (p, t) = (last.pattern, last.path + 1)
      } else {
        return false
      }
    }
  }
}
