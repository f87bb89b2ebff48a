/// Several runs of several contenders on the same input, in turns, so that a machine that grows busy is unfair to none.

/// One that is measured, and what has to be done before each of its runs, which is not.
struct Contender {
  let name: String
  let prepare: () throws -> Void
  let run: (WorkFolder) throws -> Run

  init(_ name: String, _ command: Command, prepare: @escaping () throws -> Void = {}) {
    (self.name, self.prepare) = (name, prepare)
    run = { try command.run(in: $0) }
  }

  init(_ name: String, _ limit: Limit) {
    (self.name, prepare) = (name, {})
    run = { _ in try limit.run().run }
  }
}

/// The runs of one contender.
struct Measurement {
  let name: String
  let runs: [Run]

  var cpu: Spread { Spread(runs.map(\.cpu)) }
  var wall: Spread { Spread(runs.map(\.wall)) }
  /// The largest of all runs, bytes; nil when no run was above this process's own.
  var peak: Int? { runs.compactMap(\.peak).max() }
}

/// Runs everyone once a round. Who begins changes with each round.
func measure(_ contenders: [Contender], rounds: Int, in work: WorkFolder) throws -> [Measurement] {
  var runs = [[Run]](repeating: [], count: contenders.count)
  for round in 0..<rounds {
    for place in contenders.indices {
      let i = (place + round) % contenders.count
      try contenders[i].prepare()
      runs[i].append(try contenders[i].run(work))
    }
  }
  return zip(contenders, runs).map { Measurement(name: $0.name, runs: $1) }
}

/// Median, least and most of some measurements.
struct Spread {
  let median, least, most: Double

  /// Of no measurements all three are 0.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    (least, most) = (sorted.first ?? 0, sorted.last ?? 0)
    let middle = sorted.count / 2
    median = sorted.isEmpty ? 0 : sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// `12.3 (12.1–13.0)`, after a change of unit.
  func text(times factor: Double = 1, digits: Int) -> String {
    "\((median * factor).text(digits)) (\((least * factor).text(digits))–\((most * factor).text(digits)))"
  }
}

extension Double {
  /// With so many digits after the point; no formatter, no locale.
  func text(_ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    guard isFinite, magnitude < 1e15 else { return "–" }
    let whole = Int((magnitude * scale).rounded())
    let sign = self < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let fraction = String(whole % Int(scale))
    return sign + "\(whole / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}
