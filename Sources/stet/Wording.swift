/// `2 number, 1 quote`
struct Tally: CustomStringConvertible {
  private let words: [String]
  init(_ words: [String]) { self.words = words }

  var description: String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for word in words {
      if counts[word] == nil { order.append(word) }
      counts[word, default: 0] += 1
    }
    return order.map { counts[$0] == 1 ? $0 : "\(counts[$0] ?? 0) × \($0)" }.joined(separator: ", ")
  }
}

/// A number of octets for people: `1.4 MB`.
struct Bytes: CustomStringConvertible {
  let count: Int64
  init(_ count: some BinaryInteger) { self.count = Int64(count) }

  var description: String {
    var (value, unit) = (count * 10, "B")
    for next in ["kB", "MB", "GB", "TB"] where value >= 10_000 { (value, unit) = ((value + 500) / 1000, next) }
    return value < 100 && unit != "B" ? "\(value / 10).\(value % 10) \(unit)" : "\((value + 5) / 10) \(unit)"
  }
}

/// A length of time for people: `15 min`.
struct Lasting: CustomStringConvertible {
  let milliseconds: Int64
  init(_ milliseconds: Int64) { self.milliseconds = milliseconds }

  var description: String {
    switch milliseconds {
    case ..<60_000: "\((milliseconds + 500) / 1000) s"
    case ..<7_200_000: "\((milliseconds + 30_000) / 60_000) min"
    case ..<172_800_000: "\((milliseconds + 1_800_000) / 3_600_000) h"
    default: "\((milliseconds + 43_200_000) / 86_400_000) days"
    }
  }
}

/// A share of the whole for people: `3.4 %`.
struct Percent: CustomStringConvertible {
  let share: Double
  init(_ share: Double) { self.share = share }

  var description: String {
    let tenths = Int((share * 1000).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) %" : "\((tenths + 5) / 10) %"
  }
}
