import ArgumentParser
import Model

/// Instants and lengths of time as people type them.

extension Instant: ExpressibleByArgument {
  /// Besides what `Instant` reads: `7d`, `12h` and the like, so long ago; `today` and `yesterday`, midnight UTC.
  public init?(argument: String) {
    let (now, day) = (Clock.now(), Int64(86_400_000))
    let midnight = now.milliseconds / day * day
    switch argument {
    case "today": self.init(milliseconds: midnight)
    case "yesterday": self.init(milliseconds: midnight - day)
    default:
      if let ago = Interval(argument: argument) {
        self = now.advanced(byMilliseconds: -ago.milliseconds)
      } else {
        self.init(argument)
      }
    }
  }
}

/// A length of time as people write it: 90s, 15m, 1h, 2d.
struct Interval: ExpressibleByArgument {
  let milliseconds: Int64

  init(milliseconds: Int64) { self.milliseconds = milliseconds }

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
    guard let last = argument.last, let unit = units[last], let count = Int64(argument.dropLast()),
      (1...100_000).contains(count)
    else { return nil }
    milliseconds = count * unit
  }

  /// As `--help` shows a default.
  var defaultValueDescription: String {
    milliseconds % 60_000 == 0 ? "\(milliseconds / 60_000)m" : "\(milliseconds / 1000)s"
  }
}
