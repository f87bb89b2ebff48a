/// An order in which every body is decoded once, each after its base, with few bases held at a time: for `verify --deep`,
/// and whatever else reads all bodies.
///
/// A base is held until the last body coded against it has been decoded. The one with the most bodies behind it comes
/// last, when the base itself can be let go, so at most log2(bodies) + 1 are held at any time, however long the chains.
struct ChainOrder: Sendable {
  struct Step: Sendable, Hashable {
    let body: Int
    /// Nil: coded alone.
    let base: Int?
    /// Whether the base is needed no more after this.
    let releasesBase: Bool
    /// Whether this body must be held for others.
    let isBase: Bool
  }

  let steps: [Step]

  /// - Parameter bases: for each body, by place, the place of its base; always a lower one. A base that is not is taken for
  ///   none: a damaged archive may say anything, and the body then fails to decode.
  init(bases: [Int?]) {
    let bases = bases.enumerated().map { place, base in base.flatMap { (0..<place).contains($0) ? $0 : nil } }
    // How many bodies stand on each, itself included.
    var weight = [Int](repeating: 1, count: bases.count)
    for place in bases.indices.reversed() { if let base = bases[place] { weight[base] += weight[place] } }
    // Bodies on each base as linked lists: the heaviest first in the list, so last off the stack.
    var first = [Int](repeating: -1, count: bases.count)
    var next = first
    for place in bases.indices {
      guard let base = bases[place] else { continue }
      let head = first[base]
      if head < 0 || weight[place] >= weight[head] {
        (next[place], first[base]) = (head, place)
      } else {
        (next[place], next[head]) = (next[head], place)
      }
    }
    var steps: [Step] = []
    steps.reserveCapacity(bases.count)
    var stack: [Int] = []
    for root in bases.indices where bases[root] == nil {
      stack.append(root)
      while let place = stack.popLast() {
        let base = bases[place]
        steps.append(
          Step(
            body: place, base: base, releasesBase: base.map { first[$0] == place } ?? false, isBase: first[place] >= 0))
        var child = first[place]
        while child >= 0 {
          stack.append(child)
          child = next[child]
        }
      }
    }
    self.steps = steps
  }
}
