import Foundation
import Scheduling

let scheduleMeaning = """
  Edits caught on made-up news worlds (1,500 articles over 20 days, the number of edits negative binomial, their ages a mixture of
  exponentials with means of 2 hours to 30 days), at 1 to 10 fetches a tick of 5 minutes over all articles. Every policy makes the
  same number of requests and sees of a fetch only whether something changed. Peers' policies are ports: the ladder is NewsDiffs',
  nutch the adaptive interval of Apache Nutch, cho the estimator of Cho and Garcia-Molina times the wait. The delay is from an edit
  to the fetch that caught it, at the mean over those caught, so a policy that catches more late edits can show a longer one.
  """

/// Measures the scheduler against its peers.
func measureSchedule(_ setting: Setting) throws -> Section {
  Progress.say("measuring the scheduler")
  var rows: [[String]] = []
  for seed in [1, 2] as [UInt64] {
    let simulation = Simulation(newsWorld(seed: seed, articles: 1_500, days: 20))
    for budget in [1, 2, 5, 10] {
      let results = [
        simulation.run(.fixed, budget: budget), simulation.run(.ladder, budget: budget), nutch(simulation, budget),
        cho(simulation, budget), simulation.run(.stet, budget: budget),
      ]
      rows.append(
        ["\(seed)", "\(budget)", "\(results[0].edits)"]
          + results.map { "\(($0.share * 100).text(1)) (\(($0.meanDelay / 60).text(0)))" })
    }
  }
  return Section(
    title: "", meaning: "",
    columns: ["world", "fetches a tick", "edits"]
      + ["fixed", "ladder", "nutch", "cho", "stet"].map { "\($0), % caught (min late)" },
    rows: rows)
}

/// Nutch's AdaptiveFetchSchedule: an hour at first, times 0.8 after a change, 1.2 otherwise, between a minute and a year.
private func nutch(_ simulation: Simulation, _ budget: Int) -> Simulation.Result {
  var last = [Int64](repeating: 0, count: simulation.articles.count)
  var interval = [Double?](repeating: nil, count: simulation.articles.count)
  return simulation.run(
    budget: budget,
    record: { article, found, now in
      interval[article] = interval[article].map { min(max($0 * (found ? 0.8 : 1.2), 60), 365 * 86_400) } ?? 3_600
      last[article] = now
    },
    value: { Double($1 - last[$0]) / (interval[$0] ?? 3_600) })
}

/// Waiting time times the rate of change that Cho and Garcia-Molina estimate from checks and hits (2003, §4).
private func cho(_ simulation: Simulation, _ budget: Int) -> Simulation.Result {
  struct Seen { var (last, changed, checks, hits) = (Int64(0), Int64(0), -1.0, 0.0) }
  var seen = [Seen](repeating: Seen(), count: simulation.articles.count)
  return simulation.run(
    budget: budget,
    record: { article, found, now in
      if found || seen[article].checks < 0 { seen[article].changed = now }
      seen[article].checks += 1
      seen[article].hits += found ? 1 : 0
      seen[article].last = now
    },
    value: { article, now in
      let s = seen[article]
      let wait = Double(now - s.last)
      guard s.checks > 0 else { return wait / Double(max(now - s.changed, 300)) }
      let rate = max(-log((s.checks - s.hits + 0.5) / (s.checks + 0.5)), 0.5 / (s.checks + 1))
      return wait * rate / (Double(now - simulation.articles[article].born) / (s.checks + 1))
    })
}

/// Articles that appear evenly over some days; most never change, a few change often.
private func newsWorld(seed: UInt64, articles: Int, days: Double) -> [Simulation.Article] {
  var random = WorldRandom(state: seed)
  let ages = [(0.70, 2 * 3_600.0), (0.20, 12 * 3_600.0), (0.07, 4 * 86_400.0), (0.03, 30 * 86_400.0)]
  return (0..<articles).map { n in
    let born = random.unit() * days * 86_400
    // Gamma with shape 1/2 is half the square of a normal deviate (Box–Muller).
    let normal = sqrt(-2 * log(1 - random.unit())) * cos(2 * Double.pi * random.unit())
    let limit = exp(-0.9 * normal * normal)
    var (edits, product) = (0, random.unit())
    while product > limit {
      edits += 1
      product *= random.unit()
    }
    let changes = (0..<edits).map { _ in
      var (pick, mean) = (random.unit(), ages[3].1)
      for (share, each) in ages {
        if pick < share {
          mean = each
          break
        }
        pick -= share
      }
      return Int64(born + 1 - mean * log(1 - random.unit()))
    }
    return Simulation.Article(
      url: "https://site\(n % 50).example/\(n)", born: Int64(born),
      changes: Array(Set(changes.filter { $0 < Int64(days * 86_400) })))
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014, §4): the same worlds on every machine.
private struct WorldRandom {
  var state: UInt64

  /// From 0 up to but not including 1.
  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ z >> 31) >> 11) / 9_007_199_254_740_992
  }
}
