import CommandRunner
import Model
import Syncing
import Testing

@testable import Storage

/// An archive says the same whatever order its captures came in.
struct OrderTests {
  private func permutations(_ items: [CaptureInput]) -> [[CaptureInput]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { i in
      var rest = items
      let first = rest.remove(at: i)
      return permutations(rest).map { [first] + $0 }
    }
  }

  private func history(_ batches: [[CaptureInput]]) throws -> [String] {
    let archive = try Archive()
    for batch in batches { try archive.take(batch) }
    #expect(try archive.verify().isEmpty)
    return try archive.history()
  }

  @Test func `every order of four captures gives the same history`() throws {
    let inputs = (0..<4).map { Archive.capture("The fare will be \($0 % 3) euros from May.", minute: Int64($0)) }
    let wanted = try history([inputs])
    for order in permutations(inputs) { #expect(try history(order.map { [$0] }) == wanted) }
  }

  @Test func `captures of one instant are ordered by their sequence numbers`() throws {
    let inputs = (0..<3).map { Archive.capture("The fare will be \($0) euros from May.", minute: 0, seq: Int64($0)) }
    for order in permutations(inputs) {
      let archive = try Archive()
      for input in order { try archive.take([input]) }
      #expect(try archive.sentences() == (0..<3).map { "The fare will be \($0) euros from May." })
    }
  }

  @Test(arguments: 0..<8)
  func `a shuffled long history in batches of any size gives the same`(seed: Int) throws {
    let inputs = Histories.long(seed: UInt64(seed) + 100, count: 24)
    let wanted = try history([inputs])
    var random = SplitMix64(seed: UInt64(seed))
    var rest = inputs.shuffled(using: &random)[...]
    var batches: [[CaptureInput]] = []
    while !rest.isEmpty {
      let size = Int.random(in: 1...6, using: &random)
      batches.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    #expect(try history(batches) == wanted, "seed \(seed)")
  }
}
