/// The directory at the end of a ZIP file (PKWARE APPNOTE 6.3.10 §4.3), with ZIP64: what the file holds, and where. Nothing here
/// reads a file; it is asked for octets step by step.
public enum ZIPDirectory {
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
    public init(reason: String) { self.reason = reason }
  }

  /// Where the directory's octets stand in the file.
  public struct Location: Hashable, Sendable {
    public let offset: Int64
    public let length: Int
    public let count: Int64
  }

  public struct Entry: Hashable, Sendable {
    public enum Method: Hashable, Sendable { case stored, deflate }

    public let name: String
    public let method: Method
    /// Octets in the file.
    public let storedSize: Int64
    /// Octets once undone.
    public let size: Int64
    /// Where its local header begins.
    public let header: Int64
    /// CRC-32 of the octets once undone.
    public let crc: UInt32
  }

  /// How much of the file's end holds the record that `end` looks for: §4.3.16, a comment of 65,535 octets, and the ZIP64
  /// locator before it.
  public static let tailBytes = 22 + 65_535 + 20
  /// A directory of more octets is not read.
  static let maximumBytes: Int64 = 256 << 20
  /// Octets of a local header before its name (§4.3.7).
  public static let localHeaderBytes = 30

  /// What the end of the file says.
  public enum End: Hashable, Sendable {
    case directory(Location)
    /// A ZIP64 record says it: 56 octets from here.
    case zip64(at: Int64)
  }

  /// - Parameters:
  ///   - tail: the file's last octets, `tailBytes` of them or all there are.
  ///   - offset: where they begin.
  public static func end(in tail: [UInt8], at offset: Int64) throws(Invalid) -> End {
    guard tail.count >= 22 else { throw Invalid(reason: "it is no ZIP file") }
    for at in stride(from: tail.count - 22, through: max(0, tail.count - 22 - 65_535), by: -1)
    where tail.number(at, 4) == 0x0605_4B50 && at + 22 + Int(tail.number(at + 20, 2)) <= tail.count {
      let locator = at - 20
      if locator >= 0, tail.number(locator, 4) == 0x0706_4B50 {
        return .zip64(at: Int64(tail.number(locator + 8, 8) & .max >> 1))
      }
      return .directory(
        try location(
          offset: tail.number(at + 16, 4), length: tail.number(at + 12, 4), count: tail.number(at + 10, 2),
          before: offset + Int64(at)))
    }
    throw Invalid(reason: "it is no ZIP file, or its end is missing")
  }

  /// - Parameter record: the ZIP64 record that `end` asked for (§4.3.14).
  public static func end(zip64 record: [UInt8], at offset: Int64) throws(Invalid) -> Location {
    guard record.count >= 56, record.number(0, 4) == 0x0606_4B50 else {
      throw Invalid(reason: "its ZIP64 record is not where it should be")
    }
    return try location(
      offset: record.number(48, 8), length: record.number(40, 8), count: record.number(32, 8), before: offset)
  }

  private static func location(
    offset: UInt64, length: UInt64, count: UInt64, before end: Int64
  ) throws(Invalid) -> Location {
    guard let offset = Int64(exactly: offset), let size = Int64(exactly: length), let count = Int64(exactly: count),
      size <= maximumBytes, offset <= end, size <= end - offset
    else { throw Invalid(reason: "its directory is not where it should be") }
    return Location(offset: offset, length: Int(size), count: count)
  }

  /// The entries of the directory. One whose method is not known, or that is encrypted, is none: its name is in `unreadable`.
  public static func entries(in directory: [UInt8]) throws(Invalid) -> (entries: [Entry], unreadable: [String]) {
    var (entries, unreadable, at): ([Entry], [String], Int) = ([], [], 0)
    while at + 46 <= directory.count, directory.number(at, 4) == 0x0201_4B50 {
      let (name, extra, comment) = (
        Int(directory.number(at + 28, 2)), Int(directory.number(at + 30, 2)), Int(directory.number(at + 32, 2))
      )
      let nameEnd = at + 46 + name
      guard nameEnd + extra + comment <= directory.count else { throw Invalid(reason: "its directory is damaged") }
      let text = String(decoding: directory[(at + 46)..<nameEnd], as: UTF8.self)
      var numbers = [directory.number(at + 24, 4), directory.number(at + 20, 4), directory.number(at + 42, 4)]
      zip64(directory[nameEnd..<(nameEnd + extra)], into: &numbers)
      let method: Entry.Method? =
        switch directory.number(at + 10, 2) {
        case 0: .stored
        case 8: .deflate
        default: nil
        }
      if let method, directory.number(at + 8, 2) & 1 == 0, numbers.allSatisfy({ $0 <= UInt64(Int64.max) }) {
        entries.append(
          Entry(
            name: text, method: method, storedSize: Int64(numbers[1]), size: Int64(numbers[0]),
            header: Int64(numbers[2]), crc: UInt32(directory.number(at + 16, 4))))
      } else {
        unreadable.append(text)
      }
      at = nameEnd + extra + comment
    }
    guard at == directory.count else { throw Invalid(reason: "its directory is damaged") }
    return (entries, unreadable)
  }

  /// §4.5.3: numbers that do not fit stand in an extra field, in this order, those that fit left out.
  private static func zip64(_ extra: ArraySlice<UInt8>, into numbers: inout [UInt64]) {
    let extra = Array(extra)
    var at = 0
    while at + 4 <= extra.count {
      let (tag, length) = (extra.number(at, 2), Int(extra.number(at + 2, 2)))
      at += 4
      guard at + length <= extra.count else { return }
      if tag == 1 {
        var next = at
        for i in numbers.indices where numbers[i] == 0xFFFF_FFFF && next + 8 <= at + length {
          numbers[i] = extra.number(next, 8)
          next += 8
        }
      }
      at += length
    }
  }

  /// Where an entry's octets begin.
  /// - Parameter header: its local header, whose name and extra field may have other lengths than in the directory (§4.3.7).
  public static func contents(of entry: Entry, header: [UInt8]) throws(Invalid) -> Int64 {
    guard header.count >= localHeaderBytes, header.number(0, 4) == 0x0403_4B50 else {
      throw Invalid(reason: "\(entry.name) is not where the directory says")
    }
    return entry.header + Int64(localHeaderBytes) + Int64(header.number(26, 2)) + Int64(header.number(28, 2))
  }
}

extension [UInt8] {
  /// A number of up to eight octets, the lowest first; octets beyond the end are 0.
  fileprivate func number(_ at: Int, _ octets: Int) -> UInt64 {
    (0..<octets).reversed().reduce(0) { $0 << 8 | UInt64(at + $1 < count ? self[at + $1] : 0) }
  }
}
