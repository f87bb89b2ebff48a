/// Octets that come piece by piece, looked at by their position among all that came.
///
/// A piece is read where it lies. Only what lies in two is put together, and what follows is read in its own piece again: so
/// what a reader takes out of it is mostly a slice of a piece as it came.
struct OctetWindow: Sendable {
  /// The octets in sight.
  private(set) var octets: [UInt8] = []
  /// The position of the first of them.
  private(set) var base = 0
  /// Pieces that are not in sight yet; of the first, `joined` octets are.
  private var ahead: [[UInt8]] = []
  private var joined = 0
  /// How many octets have come.
  private(set) var arrived = 0

  /// The position after the last octet in sight.
  var end: Int { base + octets.count }

  subscript(position: Int) -> UInt8 { octets[position - base] }
  subscript(range: Range<Int>) -> ArraySlice<UInt8> { octets[(range.lowerBound - base)..<(range.upperBound - base)] }

  /// Takes the next piece.
  /// - Parameter start: what is before it is not needed any more.
  mutating func take(_ piece: [UInt8], keepingFrom start: Int) {
    if ahead.isEmpty, start >= end { (octets, base, joined) = (piece, arrived, 0) } else { ahead.append(piece) }
    arrived += piece.count
  }

  /// Brings octets into sight up to a position, as far as they have come. What is before `start` may go out of sight.
  /// - Returns: whether all up to there are in sight.
  mutating func see(to wanted: Int, from start: Int) -> Bool {
    while end < wanted, let next = ahead.first {
      let fresh = end - joined
      if start >= fresh {
        (octets, base, joined) = (next, fresh, 0)
        ahead.removeFirst()
        continue
      }
      if start > base { (octets, base) = (Array(self[start..<end]), start) }
      let count = min(next.count - joined, max(wanted - end, Self.leastJoined))
      octets += next[joined..<(joined + count)]
      joined += count
      if joined == next.count {
        ahead.removeFirst()
        joined = 0
      }
    }
    return end >= wanted
  }

  private static let leastJoined = 4096
}
