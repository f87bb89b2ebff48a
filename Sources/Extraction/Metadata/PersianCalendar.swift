import Model

/// The solar calendar of Iran and Afghanistan. A year begins at the equinox of March; its first six months have 31 days, the
/// next five 30, the last 29 or 30.
enum PersianCalendar {
  /// A day of the years 1300 to 1499 (1921 to 2120); nil where there is no such day.
  static func date(year: Int64, month: Int64, day: Int64) -> CivilDate? {
    let length: Int64 = month <= 6 ? 31 : month < 12 || isLeap(year) ? 30 : 29
    guard (1300..<1500).contains(year), (1...12).contains(month), (1...length).contains(day),
      let anchor = CivilDate(year: 2024, month: 3, day: 20)?.daysSinceEpoch  // 1 Farvardin 1403
    else { return nil }
    let inYear = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
    let years = min(year, 1403)..<max(year, 1403)
    let between: Int64 = years.reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
    let start = year < 1403 ? anchor - between : anchor + between
    return CivilDate(daysSinceEpoch: start + inYear + day - 1)
  }

  /// Eight years of 33, which holds from 1178 to 1633 (K. Borkowski, The Persian calendar for 3000 years, 1996).
  private static func isLeap(_ year: Int64) -> Bool { [1, 5, 9, 13, 17, 22, 26, 30].contains(year % 33) }
}
