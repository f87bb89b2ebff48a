/// Tells noise from edits in the order an article said things: headlines tried against each other, and texts that came back.

/// What is noticed about one value in a row of values: a headline at each revision, or a content digest.
public enum Recurrence: Hashable, Sendable {
  /// Said for the first time.
  case new
  /// The same as at this index, with something else between: it was put back.
  case revert(to: Int)
  /// As `revert`, and the value between had come and gone the same way: the two take turns.
  case flipFlop(to: Int)
  /// The same as right before.
  case unchanged
}

/// What each value of a row is to those before it. `to` is the last index, from 0, at which it stood before.
///
/// A flip-flop is a value that comes back (x y … x) when what it replaces had come back too, or comes back later: two
/// values in turns, at least x y x y. In linear time.
public func recurrences<T: Hashable>(in values: [T]) -> [Recurrence] {
  var lastSeen: [T: Int] = [:]
  var out: [Recurrence] = []
  for (n, value) in values.enumerated() {
    if n > 0, values[n - 1] == value {
      out.append(.unchanged)
    } else if let before = lastSeen[value] {
      out.append(.revert(to: before))
    } else {
      out.append(.new)
    }
    lastSeen[value] = n
  }
  // A return right before or right after a return of the value it takes turns with.
  let returns = out.indices.filter { if case .revert = out[$0] { true } else { false } }
  let turns = out.indices.filter { out[$0] != .unchanged }
  var place: [Int: Int] = [:]
  for (k, n) in turns.enumerated() { place[n] = k }
  var flips: Set<Int> = []
  for n in returns {
    guard let k = place[n], k >= 2, values[turns[k - 2]] == values[n] else { continue }
    if k >= 3, values[turns[k - 3]] == values[turns[k - 1]] { flips.formUnion([turns[k - 1], n]) }
  }
  return out.enumerated().map { n, label in
    if flips.contains(n), case .revert(let to) = label { .flipFlop(to: to) } else { label }
  }
}

/// A headline that was tried beside others.
public struct HeadlineVariant: Hashable, Sendable {
  public let headline: String
  /// Indices at which it stood, rising.
  public let at: [Int]
}

/// The headlines that an article showed in turns while it said the same otherwise: variants, as A/B tests and caches of
/// several servers show them. Empty when none came back.
///
/// - Parameter rows: one a revision, in order: the headline, and a digest or text of all else.
///
/// Headlines are variants of each other when one was replaced by another and came back with the rest unchanged in
/// between. All are kept; this only names them.
public func headlineVariants<T: Equatable>(of rows: [(headline: String, rest: T)]) -> [HeadlineVariant] {
  var members: [[UInt8]: [Int]] = [:]
  var order: [[UInt8]] = []
  var start = 0
  while start < rows.count {
    var end = start + 1
    while end < rows.count, rows[end].rest == rows[start].rest { end += 1 }
    let keys = rows[start..<end].map { Array($0.headline.utf8) }
    var seen: [[UInt8]: Int] = [:]
    // How many more stretches between two stands of a headline begin than end here: all in one took turns.
    var begins = [Int](repeating: 0, count: keys.count + 1)
    for (k, key) in keys.enumerated() {
      if let before = seen[key], before < k - 1 {
        begins[before] += 1
        begins[k + 1] -= 1
      }
      seen[key] = k
    }
    var open = 0
    for (k, key) in keys.enumerated() {
      open += begins[k]
      guard open > 0 else { continue }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(start + k)
    }
    start = end
  }
  return order.compactMap { key in
    members[key].map { HeadlineVariant(headline: String(decoding: key, as: UTF8.self), at: $0) }
  }
}
