/// What of a compared text stands on one page: runs of units, with how many unchanged ones were left out before each; and
/// where the next page begins.
struct CompareWindow {
  private(set) var runs: [(skipped: Int, units: Range<Int>)] = []
  private(set) var skippedAtEnd = 0
  /// The unit that the next page begins with; nil on the last.
  private(set) var next: Int?

  /// Texts up to so many octets are shown whole; of longer ones only what changed and what is around it.
  private static let whole = 24_000
  /// A page ends after about so many octets of text.
  private static let limit = 60_000

  /// - Parameter block: the first unit shown; what comes before it stands on an earlier page.
  init(_ flow: CompareFlow, from block: Int) {
    let units = flow.units
    let size = units.reduce(0) { $0 + $1.pieces.reduce(0) { $0 + ($1.new ?? $1.old ?? "").utf8.count } }
    let isWhole = size <= Self.whole
    var (used, skipped) = (0, 0)
    for i in units.indices where i >= block {
      let isNear =
        isWhole || units[max(0, i - 1)...min(units.count - 1, i + 1)].contains { $0.isChanged }
      guard isNear else {
        skipped += 1
        continue
      }
      if used > Self.limit {
        next = i
        return
      }
      used += units[i].pieces.reduce(80) { sum, piece in
        sum + 40 + (piece.new?.utf8.count ?? 0) + (piece.kind == .same ? 0 : 160 + (piece.old?.utf8.count ?? 0))
      }
      if skipped == 0, let run = runs.last {
        runs[runs.count - 1].units = run.units.lowerBound..<(i + 1)
      } else {
        runs.append((skipped, i..<(i + 1)))
      }
      skipped = 0
    }
    skippedAtEnd = skipped
  }
}
