/// A limit on work, counted in steps so that the same input always gives the same edits: never a clock.

/// Steps (comparisons of two tokens, about 2 to 5 ns each) that may still be taken.
struct WorkBudget {
  private(set) var left: Int

  init(_ steps: Int) { left = steps }

  var isSpent: Bool { left <= 0 }

  mutating func spend(_ steps: Int) { left -= steps }
}
