import Model

/// A scale of time: where an instant lies, and which instants get a label.
struct TimeAxis {
  let first, last: Instant
  /// Left and right end in the picture's units.
  let left, right: Int

  /// Places in between are whole tenths of a unit: written the same on every machine.
  func tenths(_ instant: Instant) -> Int {
    let span = max(1, first.milliseconds(to: last))
    let passed = min(max(0, first.milliseconds(to: instant)), span)
    return left * 10 + Int(Double(passed) / Double(span) * Double((right - left) * 10))
  }

  func x(_ instant: Instant) -> String { Self.written(tenths(instant)) }

  static func written(_ tenths: Int) -> String { tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)" }

  /// Steps of time that people count in, milliseconds; months and years apart.
  private static let steps: [Int64] = [
    1000, 5000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
    172_800_000, 604_800_000,
  ]

  /// Some 4 to 9 instants at round times, each with what is written below it.
  var ticks: [(at: Instant, label: String)] {
    let span = max(1, first.milliseconds(to: last))
    if let step = Self.steps.first(where: { span / $0 <= 8 }) {
      var ticks: [(at: Instant, label: String)] = []
      var at = (first.milliseconds + step - 1) / step * step
      while at <= last.milliseconds, ticks.count < 12 {
        ticks.append((Instant(milliseconds: at), label(Instant(milliseconds: at), step: step)))
        at += step
      }
      return ticks
    }
    return months(Int64(span / 2_629_800_000) / 8 + 1)
  }

  private func label(_ instant: Instant, step: Int64) -> String {
    if step >= 86_400_000 { return String(Words.day(instant).dropLast(5)) }
    let isMidnight = instant.milliseconds % 86_400_000 == 0
    if isMidnight { return String(Words.day(instant).dropLast(5)) }
    return step < 60_000 ? Words.seconds(instant) : Words.clock(instant)
  }

  /// The first of every so many months; whole years when there are many.
  private func months(_ every: Int64) -> [(at: Instant, label: String)] {
    let steps: [Int64] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200]
    let step = steps.first { $0 >= every } ?? 1200
    let text = first.description
    guard let year = Int64(text.prefix(4)), let month = Int64(text.dropFirst(5).prefix(2)) else { return [] }
    // Months since the year 0, the first of a step after the beginning.
    let begun: Int64 = year * 12 + month - 1 + step
    var count: Int64 = begun / step * step
    var ticks: [(at: Instant, label: String)] = []
    while ticks.count < 14 {
      guard let date = CivilDate(year: count / 12, month: count % 12 + 1, day: 1) else { return ticks }
      let at = PartialTimestamp(date: date).instant(assumingOffsetMinutes: 0)
      guard at <= last else { return ticks }
      let day = Words.day(at)
      ticks.append((at, step >= 12 ? String(day.suffix(4)) : String(day.dropFirst(2))))
      count += step
    }
    return ticks
  }
}
