import Model
import Storage

/// Instants, intervals and counts as people read them: English, UTC, no locale.
enum Words {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `20 Nov 2026`
  static func day(_ instant: Instant) -> String {
    let text = instant.description.utf8  // 2026-11-20T…
    let month = Int(String(text.dropFirst(5).prefix(2)) ?? "") ?? 1
    let day = Int(String(text.dropFirst(8).prefix(2)) ?? "") ?? 1
    return "\(day) \(months[(month - 1) % 12]) \(String(text.prefix(4)) ?? "")"
  }

  /// `10:00`
  static func clock(_ instant: Instant) -> String { slice(instant, 11..<16) }

  /// `10:00:05`, with milliseconds when asked.
  static func seconds(_ instant: Instant, milliseconds: Bool = false) -> String {
    slice(instant, 11..<(milliseconds ? 23 : 19))
  }

  private static func slice(_ instant: Instant, _ range: Range<Int>) -> String {
    let octets = Array(instant.description.utf8)
    return String(decoding: octets[range], as: UTF8.self)
  }

  /// `3 h`, `15 min`
  static func lasting(_ milliseconds: Int64) -> String {
    switch milliseconds {
    case ..<1000: "under 1 s"
    case ..<60_000: "\(milliseconds / 1000) s"
    case ..<7_200_000: "\((milliseconds + 30_000) / 60_000) min"
    case ..<172_800_000: "\((milliseconds + 1_800_000) / 3_600_000) h"
    case ..<63_072_000_000: "\((milliseconds + 43_200_000) / 86_400_000) days"
    default: "\((milliseconds + 15_768_000_000) / 31_536_000_000) years"
    }
  }

  /// `1.4 MB`
  static func bytes(_ count: Int64) -> String {
    var (tenths, unit) = (count * 10, "B")
    for next in ["kB", "MB", "GB", "TB"] where tenths >= 10_000 { (tenths, unit) = ((tenths + 500) / 1000, next) }
    return tenths < 100 && unit != "B" ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\((tenths + 5) / 10) \(unit)"
  }

  /// `12 345`, parted by thin spaces that do not break.
  static func number(_ count: Int) -> String {
    let digits = Array(String(count.magnitude).utf8)
    var out = count < 0 ? "−" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out += "\u{202F}" }
      out.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return out
  }

  /// `1 check`, `12 checks`
  static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// `2 × number, quote`
  static func tally(_ words: [String]) -> String {
    var (order, counts) = ([String](), [String: Int]())
    for word in words {
      if counts[word] == nil { order.append(word) }
      counts[word, default: 0] += 1
    }
    return order.map { word in counts[word].map { $0 > 1 ? "\($0) × \(label(word))" : label(word) } ?? word }
      .joined(separator: ", ")
  }

  /// `20 Nov 2026, 10:00 UTC` of an instant; a day, or a time without an offset, as far as it is known.
  static func stamp(_ stamp: PartialTimestamp) -> String {
    let local = PartialTimestamp(date: stamp.date, timeOfDay: stamp.timeOfDay).instant(assumingOffsetMinutes: 0)
    guard stamp.timeOfDay != nil else { return day(local) }
    guard stamp.offsetMinutes != nil else { return "\(day(local)), \(clock(local)), local time" }
    let instant = stamp.instant(assumingOffsetMinutes: 0)
    return "\(day(instant)), \(clock(instant)) UTC"
  }

  /// `correction-notice` as `correction notice`.
  static func label(_ name: String) -> String { name.replacing("-", with: " ") }
}

extension Site {
  /// `20 Nov 2026, 10:00 UTC`
  func time(_ instant: Instant) -> HTML {
    "<time datetime=\"\(instant.description)\">\(Words.day(instant)), \(Words.clock(instant)) UTC</time>"
  }

  /// `10:00` of a day that stands beside it.
  func clock(_ instant: Instant) -> HTML { "<time datetime=\"\(instant.description)\">\(Words.clock(instant))</time>" }

  /// `3 h ago`, `in 5 min`; nothing in an export.
  func ago(_ instant: Instant) -> HTML? {
    guard let now else { return nil }
    let passed = instant.milliseconds(to: now)
    return passed >= 0
      ? " <span class=\"ago\">(\(Words.lasting(passed)) ago)</span>"
      : " <span class=\"ago\">(in \(Words.lasting(-passed)))</span>"
  }

  /// When something came: never a single instant, unless there is nothing before it.
  func came(_ came: ChangeInterval) -> HTML {
    guard let after = came.after else { return "first seen \(time(came.by))" }
    if Words.day(after) != Words.day(came.by) { return "between \(time(after)) and \(time(came.by))" }
    let isMinute = Words.clock(after) != Words.clock(came.by)
    let isSecond = Words.seconds(after) != Words.seconds(came.by)
    func clock(_ instant: Instant) -> HTML {
      "<time datetime=\"\(instant.description)\">\(isMinute ? Words.clock(instant) : Words.seconds(instant, milliseconds: !isSecond))</time>"
    }
    return "\(Words.day(came.by)), between \(clock(after)) and \(clock(came.by)) UTC"
  }
}

extension String {
  fileprivate init?(_ octets: some Sequence<UInt8>) { self.init(decoding: Array(octets), as: UTF8.self) }
}
