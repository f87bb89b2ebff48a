import Model

/// The clock of a country, by the last label of a host there: of countries that keep one clock.
///
/// A page declares `23:15Z` and shows the next day: its own clock tells which of the two was meant.
enum HomeZone {
  /// Minutes east of UTC at an instant, summer time included; nil where the label names no country that keeps one clock.
  static func offset(host: String, at instant: Instant) -> Int64? {
    guard let label = host.split(separator: ".").last, let zone = zones[String(label)] else { return nil }
    return zone.standard + (zone.hasSummer && isEuropeanSummer(instant) ? 60 : 0)
  }

  /// Whether there is a zone so many minutes east of UTC: at whole hours, or at one of those between.
  static func isOffset(_ minutes: Int64) -> Bool {
    (-12 * 60...14 * 60).contains(minutes)
      && (minutes % 60 == 0 || [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765].contains(minutes))
  }

  private typealias Zone = (standard: Int64, hasSummer: Bool)

  /// Source: the IANA time zone database, as of 2026, for countries whose clocks have not changed since 2017.
  private static let zones: [String: Zone] = {
    let lists: [(Zone, String)] = [
      ((0, true), "uk ie"),
      ((60, true), "it fr de es at ch be nl lu pl cz sk hu si hr dk se no rs ba mk al me mt li"),
      ((120, true), "fi ee lv lt gr cy bg ro ua md"),
      ((540, false), "jp kr"), ((480, false), "cn tw hk sg my ph"), ((420, false), "th vn"), ((330, false), "in lk"),
      ((300, false), "pk"), ((360, false), "bd"), ((345, false), "np"), ((180, false), "tr sa iq kw qa ke"),
      ((240, false), "ae"), ((120, false), "za"), ((60, false), "ng dz tn"), ((-180, false), "ar uy"),
      ((-300, false), "pe co pa"), ((-240, false), "bo ve"),
    ]
    var out: [String: Zone] = [:]
    for (zone, labels) in lists { for label in labels.split(separator: " ") { out[String(label)] = zone } }
    return out
  }()

  /// Directive 2000/84/EC: from the last Sunday of March, 01:00 UTC, to the last Sunday of October, 01:00 UTC.
  private static func isEuropeanSummer(_ instant: Instant) -> Bool {
    let year = CivilDate(daysSinceEpoch: instant.milliseconds / 86_400_000).year
    guard let start = lastSunday(year, 3), let end = lastSunday(year, 10) else { return false }
    return (start..<end).contains(instant.milliseconds)
  }

  /// Energy Policy Act of 2005, §110: from the second Sunday of March to the first of November; nil before 2007, when it began.
  static func isAmericanSummer(_ day: CivilDate) -> Bool? {
    guard day.year >= 2007, let march = CivilDate(year: day.year, month: 3, day: 14)?.daysSinceEpoch,
      let november = CivilDate(year: day.year, month: 11, day: 7)?.daysSinceEpoch
    else { return nil }
    // The last Sunday up to a day; 4 January 1970, day 3, was one.
    func sunday(_ day: Int64) -> Int64 { day - (day - 3) % 7 }
    return (sunday(march)..<sunday(november)).contains(day.daysSinceEpoch)
  }

  /// 01:00 UTC on it, in milliseconds since 1970.
  private static func lastSunday(_ year: Int64, _ month: Int64) -> Int64? {
    guard let last = CivilDate(year: year, month: month, day: 31)?.daysSinceEpoch else { return nil }
    // 4 January 1970, day 3, was a Sunday.
    return (last - (last - 3) % 7) * 86_400_000 + 3_600_000
  }
}
