/// Sentences by their numbers, for asking of very many numbers whether they are among them.
struct SentenceSet {
  private(set) var members: Set<Int64>
  /// A bit for each remainder that a member has: most of the others are told by it alone.
  private var bits: [UInt64]
  private let mask: UInt64

  init(_ members: some Sequence<Int64>) {
    self.members = Set(members)
    var size = 64
    while size < 16 * self.members.count { size *= 2 }
    bits = Array(repeating: 0, count: size / 64)
    mask = UInt64(size - 1)
    for member in self.members {
      let place = UInt64(bitPattern: member) & mask
      bits[Int(place >> 6)] |= 1 << (place & 63)
    }
  }

  var isEmpty: Bool { members.isEmpty }

  func contains(_ id: Int64) -> Bool {
    let place = UInt64(bitPattern: id) & mask
    return bits[Int(place >> 6)] & 1 << (place & 63) != 0 && members.contains(id)
  }
}
