import Model

extension DateReader {
  /// A time of day, with its zone if it says one.
  struct Time {
    let milliseconds: Int64
    let offsetMinutes: Int64?
    let end: Int
  }

  /// A time of day and a zone soon after; nil when there is none.
  func time(after start: Int, on date: CivilDate) -> Time? {
    var isAfternoon: Bool?
    for at in start..<min(start + 6, tokens.count) {
      if let hour = number(at) {
        guard hour.digits <= 2, hour.value < 25, let separator = mark(at + 1).map({ [$0] }) ?? word(at + 1),
          Self.clockMarks.contains(separator), let minute = number(at + 2), minute.digits <= 2, minute.value < 60,
          minute.digits == 2 || separator.count == 3
        else { return nil }
        var (hours, seconds, end) = (hour.value, Int64(0), at + 3)
        if mark(end) == 58, let second = number(end + 1), second.value < 60 { (seconds, end) = (second.value, end + 2) }
        if mark(end) == 46, let fraction = number(end + 1), fraction.digits >= 3 { end += 2 }
        if let half = halfDay(at: end) { (isAfternoon, end) = (half.isAfternoon, half.end) }
        if let isAfternoon {
          if hours == 12 { hours = 0 }
          if hours < 12, isAfternoon { hours += 12 }
        }
        guard hours < 24 else { return nil }
        let (offset, last) = offset(at: end, on: date)
        return Time(
          milliseconds: ((hours * 60 + minute.value) * 60 + seconds) * 1000, offsetMinutes: offset, end: last)
      }
      if let word = word(at) {
        if word.count > 12 { return nil }
        if let next = self.word(at + 1), let half = Self.halves[word + next] { isAfternoon = half }
      }
    }
    return nil
  }

  private static let clockMarks: Set<[UInt8]> = Set(
    [[58], [46]] + ["h", "時", "时", "点", "點", "시", "t"].map { Array($0.utf8) })
  /// What stands before the hour.
  private static let halves: [[UInt8]: Bool] = bytes([
    "오전": false, "오후": true, "午前": false, "午後": true, "上午": false, "下午": true, "凌晨": false, "晚上": true,
  ])

  /// am, a.m., PM, ص, م.
  private func halfDay(at start: Int) -> (isAfternoon: Bool, end: Int)? {
    guard let first = word(start) else { return nil }
    switch String(decoding: first, as: UTF8.self) {
    case "am", "ص": return (false, start + 1)
    case "pm", "م": return (true, start + 1)
    case "a", "p":
      guard mark(start + 1) == 46, word(start + 2) == [109] else { return nil }
      return (first == [112], mark(start + 3) == 46 ? start + 4 : start + 3)
    default: return nil
    }
  }

  private func offset(at start: Int, on date: CivilDate) -> (Int64?, Int) {
    var at = start
    var zone: Int64?
    if let name = word(at), let known = minutesEast(String(decoding: name, as: UTF8.self), on: date) {
      zone = known
      at += 1
    }
    if zone == nil || zone == 0, let sign = mark(at), sign == 43 || sign == 45, let digits = number(at + 1) {
      var (hours, minutes, end) = (digits.value, Int64(0), at + 2)
      if digits.digits == 4 {
        (hours, minutes) = (digits.value / 100, digits.value % 100)
      } else if mark(end) == 58, let rest = number(end + 1), rest.digits == 2 {
        (minutes, end) = (rest.value, end + 2)
      }
      if digits.digits <= 2 || digits.digits == 4, hours <= 14, minutes < 60 {
        return ((sign == 45 ? -1 : 1) * (hours * 60 + minutes), end)
      }
    }
    return (zone, at)
  }

  private func minutesEast(_ name: String, on date: CivilDate) -> Int64? {
    if let zone = Self.zones[name] { return zone }
    // IST is three countries', ET a word in French.
    if name == "ist" { return region == "IN" ? 330 : nil }
    guard language == "en", let standard = Self.american[name], let isSummer = HomeZone.isAmericanSummer(date) else {
      return nil
    }
    return standard + (isSummer ? 60 : 0)
  }

  /// Minutes east of UTC of abbreviations that mean one zone nearly everywhere (RFC 5322 §4.3 for the American ones).
  private static let zones: [String: Int64] = [
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "hne": -300, "hae": -240, "brt": -180,
    "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "idt": 180, "trt": 180,
    "wat": 60, "sast": 120, "eat": 180, "msk": 180, "мск": 180, "pkt": 300, "ict": 420, "wib": 420, "wita": 480,
    "wit": 540, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "acst": 570,
    "aest": 600, "aedt": 660, "nzdt": 780, "nzst": 720,
  ]
  /// Of zones named without saying whether it is summer.
  private static let american: [String: Int64] = ["et": -300, "ct": -360, "mt": -420, "pt": -480]
}
