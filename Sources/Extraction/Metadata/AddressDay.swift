import Model

/// Days that stand in addresses.
extension PageFields {
  /// The day in a path such as `/2021/02/13/`, `/2021-02-13-`, `/20210213/` or `/2021/feb/13/`.
  static func day(inURL url: String) -> PartialTimestamp? {
    let bytes = url.utf8.prefix(2048).map { (65...90).contains($0) ? $0 | 32 : $0 }
    func digits(_ at: Int, _ count: Int) -> Int64? {
      guard at >= 0, at + count <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[at..<at + count] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      return value
    }
    for start in bytes.indices.dropFirst() where bytes[start] == UInt8(ascii: "2") && digits(start - 1, 1) == nil {
      guard let year = digits(start, 4), (1995...2100).contains(year), start + 8 <= bytes.count else { continue }
      let mark = bytes[start + 4]
      if "/-_.".utf8.contains(mark) {
        var (month, next) = (digits(start + 5, 2), start + 7)
        if month == nil, start + 6 < bytes.count, bytes[start + 6] == mark {
          (month, next) = (digits(start + 5, 1), start + 6)
        } else if month == nil {
          let name = bytes[(start + 5)...].prefix { (97...122).contains($0) }
          (month, next) = (MonthNames.month(Array(name), language: "en"), start + 5 + name.count)
        }
        guard let month, next < bytes.count, bytes[next] == mark, let day = digits(next + 1, 2) ?? digits(next + 1, 1),
          let date = CivilDate(year: year, month: month, day: day)
        else { continue }
        let end = next + 1 + (digits(next + 1, 2) == nil ? 1 : 2)
        if digits(end, 1) == nil { return PartialTimestamp(date: date) }
      } else if let month = digits(start + 4, 2), let day = digits(start + 6, 2), digits(start + 8, 1) == nil,
        "/-_".utf8.contains(bytes[start - 1]), let date = CivilDate(year: year, month: month, day: day)
      {
        return PartialTimestamp(date: date)
      }
    }
    return nil
  }
}
