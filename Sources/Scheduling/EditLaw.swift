/// How the edits of an article may be spread over its life. Each law turns time into *law time*: an amount that grows fast
/// where the law expects edits and slowly where it does not, so that under the law edits come as a Poisson process of
/// constant rate in law time. What the rate is, and which law holds, is learnt (`Belief`, `HostHabit`).
enum EditLaw: Int, CaseIterable, Sendable {
  /// Most edits soon after birth: news. Law time is the share of all edits that falls before an age.
  case ageing
  /// As many at any age: pages that are kept up. Law time is days.
  case steady
  /// Edits follow edits: each makes more of them likely, less so as it gets quiet. Law time is ln(1 + hours since the last).
  case bursts

  static let day = 86_400_000.0
  static let hour = 3_600_000.0

  /// Share of edits and mean age at them in milliseconds: a mixture of exponentials.
  private static let ageingCurve: [(share: Double, mean: Double)] = [
    (0.70, 2 * hour), (0.20, 12 * hour), (0.07, 4 * day), (0.03, 30 * day),
  ]

  /// Law time at an age, `quiet` after the last edit seen (or the first check), both in milliseconds.
  func time(age: Double, quiet: Double) -> Double {
    switch self {
    case .ageing:
      var sum = 0.0
      for part in Self.ageingCurve { sum += part.share * (1 - exponential(-max(0, age) / part.mean)) }
      return sum
    case .steady: return age / Self.day
    case .bursts: return logarithm(onePlus: max(0, quiet) / Self.hour)
    }
  }

  /// What is believed before anything was seen: that the law holds (all three sum to 1), and the Gamma distribution of rates.
  var prior: (share: Double, shape: Double, rate: Double) {
    switch self {
    // A negative binomial number of edits, 0.9 at the mean, most articles none (k = 0.5).
    case .ageing: (0.90, 0.5, 0.5 / 0.9)
    case .steady: (0.05, 0.3, 2)
    case .bursts: (0.05, 0.5, 0.5 / 0.3)
    }
  }
}

/// One value a law.
struct PerLaw: Hashable, Sendable {
  var ageing: Double
  var steady: Double
  var bursts: Double

  init(_ value: (EditLaw) -> Double) { (ageing, steady, bursts) = (value(.ageing), value(.steady), value(.bursts)) }

  subscript(law: EditLaw) -> Double {
    get {
      switch law {
      case .ageing: ageing
      case .steady: steady
      case .bursts: bursts
      }
    }
    set {
      switch law {
      case .ageing: ageing = newValue
      case .steady: steady = newValue
      case .bursts: bursts = newValue
      }
    }
  }

  var sum: Double { ageing + steady + bursts }
}
