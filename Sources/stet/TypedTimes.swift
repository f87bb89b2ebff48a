import ArgumentParser
import Model

/// Instants and lengths of time as options take them.

extension TypedTime: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument, now: Clock.now()) }
}

/// A length of time as people write it: 90s, 15m, 1h, 2d.
struct Interval: ExpressibleByArgument {
  let milliseconds: Int64

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  init?(argument: String) {
    guard let milliseconds = TypedTime.milliseconds(argument) else { return nil }
    self.milliseconds = milliseconds
  }

  /// As `--help` shows a default.
  var defaultValueDescription: String {
    milliseconds % 60_000 == 0 ? "\(milliseconds / 60_000)m" : "\(milliseconds / 1000)s"
  }
}
