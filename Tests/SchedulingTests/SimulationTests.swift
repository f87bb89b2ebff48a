import CommandRunner
import Scheduling
import Testing

/// Catches are counted as documented, on traces small enough to count by hand.
struct SimulationTests {
  @Test func `only the last edit before a fetch is caught`() {
    // First fetched at 300. Edits at 100 (caught there, 200 s late), 310 and 320 (one fetch, at 600, finds the second: 280 s late).
    let simulation = Simulation([.init(url: "a", born: 0, changes: [320, 100, 310])])
    var at: [Int64] = []
    let result = simulation.run(.fixed, budget: 1) { at.append($0.at) }
    #expect(result.edits == 3 && result.caught == 2 && result.requests == at.count && result.delay == 480)
    #expect(at.prefix(4) == [300, 300, 600, 900])
    #expect(at.max() ?? 0 == 87_000 as Int64)
    #expect(result.missed == 1 && result.meanDelay == 240)
  }

  @Test func `a fetch at the instant of an edit catches it`() {
    let result = Simulation([.init(url: "a", born: 0, changes: [600, 601])]).run(.stet, budget: 1)
    #expect(result.caught == 2 && result.delay == 299)
  }

  @Test func `without a budget only the first fetches are made`() {
    let simulation = Simulation([
      .init(url: "a", born: 0, changes: [100, 5_000]), .init(url: "b", born: 40, changes: []),
    ])
    for policy in Simulation.Policy.allCases {
      let result = simulation.run(policy, budget: 0)
      #expect(result.requests == 2 && result.caught == 1 && result.share == 0.5)
    }
    #expect(Simulation([]).run(.stet, budget: 3).share == 0)
  }

  @Test func `every policy spends the same budget`() {
    let simulation = Simulation(Self.world(articles: 60, days: 4, seed: 3))
    let results = Simulation.Policy.allCases.map { simulation.run($0, budget: 2) }
    #expect(Set(results.map(\.requests)).count == 1)
    #expect(Set(results.map(\.edits)).count == 1)
  }

  @Test func `on a news world the learnt policy catches more than steps and turns`() {
    let simulation = Simulation(Self.world(articles: 300, days: 6, seed: 7))
    let (stet, fixed, ladder) = (
      simulation.run(.stet, budget: 1), simulation.run(.fixed, budget: 1), simulation.run(.ladder, budget: 1)
    )
    #expect(stet.caught > ladder.caught && stet.caught > fixed.caught)
  }

  /// Articles evenly over some days, a third of them edited two to five times within hours.
  private static func world(articles: Int, days: Int64, seed: UInt64) -> [Simulation.Article] {
    var random = SplitMix64(seed: seed)
    return (0..<articles).map { n in
      let born = Int64.random(in: 0..<days * 86_400, using: &random)
      let edits = n % 3 == 0 ? Int.random(in: 2...5, using: &random) : 0
      return .init(
        url: "\(n)", born: born, changes: (0..<edits).map { _ in born + Int64.random(in: 1...30_000, using: &random) })
    }
  }
}
