/// What an article's checks say about its rate of edits under each law: a Gamma distribution a law, and how likely the checks
/// were under it.
///
/// A check that finds nothing after law time d is as likely as exp(-rate d): the Gamma stays one, exactly (shape, rate + d). One
/// that finds a change says only that there was at least one edit: 1 - exp(-rate d). The posterior is then a difference of two
/// Gammas, and is replaced by the Gamma of equal mean and variance (assumed-density filtering; Minka 2001, §3).
///
/// Neither rates nor laws last: pages are edited for a while and then left alone. So no more is remembered than the last few
/// edits would say, of a rate by a bound on its shape, of a law by a bound on the odds against it.
struct Belief: Hashable, Sendable {
  /// The greatest shape: a rate is believed as if it had been learnt from so many edits at most.
  static let rememberedEdits = 4.0
  /// The least evidence of a law, as a share of all: a few checks bring one back that long seemed impossible.
  static let leastEvidence = 1e-4

  var evidence = PerLaw { _ in 1 }
  var shape = PerLaw { $0.prior.shape }
  var rate = PerLaw { $0.prior.rate }

  /// Learns from one check.
  /// - Parameters:
  ///   - elapsed: law time since the check before.
  ///   - stray: expected edits in that time that follow no law (`HostHabit.strayRate`).
  ///   - shares: how much each law is believed before this article is looked at.
  /// - Returns: if it changed, the probability that a stray edit alone did it; else 0.
  mutating func learn(changed: Bool, elapsed: PerLaw, stray: Double, shares: PerLaw) -> Double {
    let strayProbability = 1 - exponential(-stray)
    var (total, strayTotal) = (0.0, 0.0)
    for law in EditLaw.allCases {
      let (a, b) = (shape[law], rate[law])
      let ratio = b / (b + elapsed[law])
      let none = power(ratio, a)
      guard changed else {
        evidence[law] *= none
        rate[law] = b + elapsed[law]
        continue
      }
      let strayOnly = none * strayProbability
      let likelihood = 1 - none + strayOnly
      var mean = (a + 1) / b
      var variance = mean / b
      // Below this the difference of Gammas is lost in rounding, and its limit is exact enough.
      if likelihood > 1e-11 {
        let quiet = 1 - strayProbability
        let first = ratio * none
        mean = a / b * (1 - quiet * first) / likelihood
        variance = max(
          a * (a + 1) / (b * b) * (1 - quiet * ratio * first) / likelihood - mean * mean, 1e-9 * mean * mean)
      }
      let weight = evidence[law] * shares[law]
      total += weight * likelihood
      strayTotal += weight * strayOnly
      evidence[law] *= likelihood
      shape[law] = min(mean * mean / variance, Self.rememberedEdits)
      rate[law] = shape[law] / mean
    }
    let sum = evidence.sum
    // Only ratios count.
    for law in EditLaw.allCases { evidence[law] = sum > 0 ? max(evidence[law] / sum, Self.leastEvidence) : 1 }
    return total > 0 ? strayTotal / total : 0
  }

  /// How much each law is believed of this article; sums to 1.
  func shares(given prior: PerLaw) -> PerLaw {
    var weights = PerLaw { evidence[$0] * prior[$0] }
    let sum = weights.sum
    guard sum > 0 else { return prior }
    for law in EditLaw.allCases { weights[law] /= sum }
    return weights
  }
}
