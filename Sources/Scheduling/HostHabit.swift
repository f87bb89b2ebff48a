/// How the articles of one host, or of a whole archive, are edited: the prior that each of its articles starts from.
///
/// Learnt as the articles are checked, by adding up what is believed of each (empirical Bayes, one step of expectation
/// maximisation a check). A fixed few numbers, updated in constant time.
public struct HostHabit: Hashable, Sendable {
  /// How much the prior counts, in articles.
  static let priorArticles = 10.0
  /// How much the prior rate of stray edits counts, in days of watching one article.
  static let priorDays = 100.0
  /// Edits a day of one article that no law expects, before anything was seen.
  static let priorStrayRate = 0.003

  /// Articles that each law is believed of, prior included.
  var laws: PerLaw
  var strayEdits: Double
  var watchedDays: Double

  /// Nothing seen yet.
  public init() {
    laws = PerLaw { $0.prior.share * Self.priorArticles }
    (strayEdits, watchedDays) = (Self.priorStrayRate * Self.priorDays, Self.priorDays)
  }

  /// Nothing seen of this host yet, so that what the whole archive has shown is the prior.
  public init(startingFrom archive: HostHabit) {
    let shares = archive.shares
    laws = PerLaw { shares[$0] * Self.priorArticles }
    watchedDays = Self.priorDays
    strayEdits = archive.strayEdits / archive.watchedDays * Self.priorDays
  }

  /// How much each law is believed of an article not looked at; sums to 1.
  var shares: PerLaw {
    let sum = laws.sum
    return PerLaw { laws[$0] / sum }
  }

  private static let msADay = 86_400_000.0

  /// Edits a millisecond of one article that no law expects: what keeps articles from being given up.
  var strayRate: Double { strayEdits / watchedDays / Self.msADay }
}
