/// Aligns two sequences of numbers: which element of the old is which of the new, in order.

/// For each element of `old`, the index of its equal in `new`, or -1; the indices rise.
///
/// Common ends are set aside, then elements that stand on one side only. A short rest, or one without landmarks, is
/// aligned by E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986), §4b, linear
/// space: a longest common subsequence. A long one is first cut at landmarks, elements unique on both sides that
/// stand in the same order (B. Cohen's patience diff: a longest increasing subsequence of them), and its pieces
/// aligned the same way. A split that costs over `splitLimit` rounds takes the furthest point reached; once the
/// budget is spent, what is left stays unaligned but for common ends. So the result is always a valid alignment, at
/// worst a coarse one.
func align(_ old: [Int32], _ new: [Int32], _ budget: inout WorkBudget) -> [Int32] {
  var match = [Int32](repeating: -1, count: old.count)
  var prefix = 0
  while prefix < min(old.count, new.count), old[prefix] == new[prefix] {
    match[prefix] = Int32(prefix)
    prefix += 1
  }
  var suffix = 0
  while suffix < min(old.count, new.count) - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] {
    suffix += 1
    match[old.count - suffix] = Int32(new.count - suffix)
  }
  let largest = max(old.max() ?? 0, new.max() ?? 0)
  guard prefix + suffix < min(old.count, new.count), largest >= 0 else { return match }

  // Elements of one side only can match nothing.
  var sides = [UInt8](repeating: 0, count: Int(largest) + 1)
  for i in prefix..<(old.count - suffix) { sides[Int(old[i])] |= 1 }
  for j in prefix..<(new.count - suffix) { sides[Int(new[j])] |= 2 }
  let keptOld = (prefix..<(old.count - suffix)).filter { sides[Int(old[$0])] == 3 }
  let keptNew = (prefix..<(new.count - suffix)).filter { sides[Int(new[$0])] == 3 }
  guard !keptOld.isEmpty else { return match }
  var aligner = Aligner(
    old: keptOld.map { old[$0] }, new: keptNew.map { new[$0] }, largest: Int(largest), budget: budget)
  aligner.run()
  budget = aligner.budget
  for (i, j) in aligner.match.enumerated() where j >= 0 { match[keptOld[i]] = Int32(keptNew[Int(j)]) }
  return match
}

/// A rectangle of the edit graph: a stretch of the old and one of the new.
private struct Rectangle {
  var (oldLow, oldHigh, newLow, newHigh): (Int, Int, Int, Int)
  /// Whether landmarks have been looked for.
  var searched = false
}

private struct Aligner {
  let old: [Int32]
  let new: [Int32]
  var match: [Int32]
  var budget: WorkBudget
  private var pending: [Rectangle] = []
  /// Furthest x on each diagonal, from the start and from the end; index is the diagonal plus the new side's length.
  private var forward: [Int32]
  private var backward: [Int32]
  // Of each number; made when there is a rectangle to cut.
  private let largest: Int
  private var oldSeen: [Int32] = []
  private var newSeen: [Int32] = []
  private var place: [Int32] = []

  /// A rectangle with sides that add up to less goes to Myers at once.
  private static let short = 256
  /// Rounds before a split settles for the furthest point.
  private static let splitLimit = 512

  init(old: [Int32], new: [Int32], largest: Int, budget: WorkBudget) {
    (self.old, self.new, self.largest, self.budget) = (old, new, largest, budget)
    match = Array(repeating: -1, count: old.count)
    forward = Array(repeating: 0, count: old.count + new.count + 3)
    backward = forward
  }

  mutating func run() {
    pending = [Rectangle(oldLow: 0, oldHigh: old.count, newLow: 0, newHigh: new.count)]
    while var r = pending.popLast() {
      trim(&r)
      let (width, height) = (r.oldHigh - r.oldLow, r.newHigh - r.newLow)
      guard width > 0, height > 0, !budget.isSpent else { continue }
      if width + height >= Self.short, !r.searched {
        if cutAtLandmarks(r) { continue }
        r.searched = true
      }
      let (x, y) = split(r)
      // A split at a corner makes no progress: nothing in common.
      if (x, y) == (r.oldLow, r.newLow) || (x, y) == (r.oldHigh, r.newHigh) { continue }
      pending.append(Rectangle(oldLow: x, oldHigh: r.oldHigh, newLow: y, newHigh: r.newHigh, searched: r.searched))
      pending.append(Rectangle(oldLow: r.oldLow, oldHigh: x, newLow: r.newLow, newHigh: y, searched: r.searched))
    }
  }

  /// Matches the common ends.
  private mutating func trim(_ r: inout Rectangle) {
    while r.oldLow < r.oldHigh, r.newLow < r.newHigh, old[r.oldLow] == new[r.newLow] {
      match[r.oldLow] = Int32(r.newLow)
      r.oldLow += 1
      r.newLow += 1
    }
    while r.oldLow < r.oldHigh, r.newLow < r.newHigh, old[r.oldHigh - 1] == new[r.newHigh - 1] {
      r.oldHigh -= 1
      r.newHigh -= 1
      match[r.oldHigh] = Int32(r.newHigh)
    }
  }

  /// Matches the landmarks of a rectangle and leaves what is between them to be done; false when there are none.
  private mutating func cutAtLandmarks(_ r: Rectangle) -> Bool {
    if oldSeen.isEmpty {
      oldSeen = Array(repeating: 0, count: largest + 1)
      newSeen = oldSeen
      place = oldSeen
    }
    for i in r.oldLow..<r.oldHigh { oldSeen[Int(old[i])] += 1 }
    for j in r.newLow..<r.newHigh {
      newSeen[Int(new[j])] += 1
      place[Int(new[j])] = Int32(j)
    }
    var candidates: [(old: Int, new: Int)] = []
    for i in r.oldLow..<r.oldHigh where oldSeen[Int(old[i])] == 1 && newSeen[Int(old[i])] == 1 {
      candidates.append((i, Int(place[Int(old[i])])))
    }
    for i in r.oldLow..<r.oldHigh { oldSeen[Int(old[i])] = 0 }
    for j in r.newLow..<r.newHigh { newSeen[Int(new[j])] = 0 }
    budget.spend(r.oldHigh - r.oldLow + r.newHigh - r.newLow)
    guard !candidates.isEmpty else { return false }
    var (x, y) = (r.oldLow, r.newLow)
    for k in longestIncreasingSubsequence(of: candidates.map(\.new)) {
      let landmark = candidates[k]
      match[landmark.old] = Int32(landmark.new)
      pending.append(Rectangle(oldLow: x, oldHigh: landmark.old, newLow: y, newHigh: landmark.new))
      (x, y) = (landmark.old + 1, landmark.new + 1)
    }
    pending.append(Rectangle(oldLow: x, oldHigh: r.oldHigh, newLow: y, newHigh: r.newHigh))
    return true
  }

  /// A point on a shortest edit path through the rectangle (Myers 1986, §4b: where furthest paths from both corners
  /// meet), or, past the limit, the furthest one from a corner. Both sides must be non-empty.
  private mutating func split(_ r: Rectangle) -> (x: Int, y: Int) {
    let (n, m) = (r.oldHigh - r.oldLow, r.newHigh - r.newLow)
    let delta = n - m
    let isOdd = delta & 1 != 0
    let base = m + 1  // diagonal k = x - y, from -m to n, stands at base + k
    var steps = 0
    defer { budget.spend(steps) }
    for d in 0...((n + m + 1) / 2) {
      let low = -d + 2 * max(0, d - m)
      let high = d - 2 * max(0, d - n)
      // From the start: forward[k] is the furthest x with d edits on diagonal k, or -1 when none reaches it.
      for k in stride(from: low, through: high, by: 2) {
        var x = d == 0 ? 0 : -1
        if k > -d, k - 1 >= -m { x = forward[base + k - 1] >= 0 ? Int(forward[base + k - 1]) + 1 : -1 }
        if k < d, k + 1 <= n { x = max(x, Int(forward[base + k + 1])) }
        if x > n || x - k > m { x = -1 }
        if x >= 0 {
          let start = x
          while x < n, x - k < m, old[r.oldLow + x] == new[r.newLow + x - k] { x += 1 }
          steps += x - start
        }
        steps += 1
        forward[base + k] = Int32(x)
        let mirrored = delta - k  // the same diagonal, counted from the end
        if isOdd, x >= 0, abs(mirrored) <= d - 1, backward[base + mirrored] >= 0,
          x + Int(backward[base + mirrored]) >= n
        {
          return (r.oldLow + x, r.newLow + x - k)
        }
      }
      // From the end, with the axes reversed: backward[k] counts elements from the ends.
      for k in stride(from: low, through: high, by: 2) {
        var x = d == 0 ? 0 : -1
        if k > -d, k - 1 >= -m { x = backward[base + k - 1] >= 0 ? Int(backward[base + k - 1]) + 1 : -1 }
        if k < d, k + 1 <= n { x = max(x, Int(backward[base + k + 1])) }
        if x > n || x - k > m { x = -1 }
        if x >= 0 {
          let start = x
          while x < n, x - k < m, old[r.oldHigh - 1 - x] == new[r.newHigh - 1 - x + k] { x += 1 }
          steps += x - start
        }
        steps += 1
        backward[base + k] = Int32(x)
        let mirrored = delta - k
        if !isOdd, x >= 0, abs(mirrored) <= d, forward[base + mirrored] >= 0, x + Int(forward[base + mirrored]) >= n {
          return (r.oldHigh - x, r.newHigh - x + k)
        }
      }
      if d >= Self.splitLimit || steps >= budget.left { return furthest(r, base, low, high) }
    }
    return (r.oldLow, r.newLow)  // not reached: the paths meet by then
  }

  /// The point that paths from one corner have come to with the most elements behind it.
  private func furthest(_ r: Rectangle, _ base: Int, _ low: Int, _ high: Int) -> (x: Int, y: Int) {
    var best = (x: r.oldLow, y: r.newLow)
    var most = 0
    for k in stride(from: low, through: high, by: 2) {
      let (f, b) = (Int(forward[base + k]), Int(backward[base + k]))
      if f >= 0, 2 * f - k > most { (most, best) = (2 * f - k, (r.oldLow + f, r.newLow + f - k)) }
      if b >= 0, 2 * b - k > most { (most, best) = (2 * b - k, (r.oldHigh - b, r.newHigh - b + k)) }
    }
    return best
  }
}

/// Indices of a longest strictly increasing subsequence, in order: patience sorting with back links
/// (M. Fredman, "On computing the length of longest increasing subsequences", 1975), n log n.
func longestIncreasingSubsequence(of values: [Int]) -> [Int] {
  var tops: [Int] = []  // index of the smallest value that ends a subsequence of each length
  var previous = [Int](repeating: -1, count: values.count)
  for i in values.indices {
    // Most often the longest so far goes on.
    var (low, high) = (tops.last.map { values[$0] < values[i] } ?? false ? tops.count : 0, tops.count)
    while low < high {
      let middle = (low + high) / 2
      if values[tops[middle]] < values[i] { low = middle + 1 } else { high = middle }
    }
    if low > 0 { previous[i] = tops[low - 1] }
    if low == tops.count { tops.append(i) } else { tops[low] = i }
  }
  var out: [Int] = []
  var at = tops.last ?? -1
  while at >= 0 {
    out.append(at)
    at = previous[at]
  }
  return out.reversed()
}
