import CDeflate
import Model

/// Writes a ZIP file (PKWARE APPNOTE 6.3.10) front to back: gives the octets to append, and keeps count of them.
///
/// Entries are stored or deflated whole, or stored as they come, where sizes and checksum are put in after. All bear one
/// time. ZIP64 (§4.3.14, §4.5.3) is used where a size, a place or the number of entries needs it.
public struct ZipWriter {
  private struct Entry {
    let name: [UInt8]
    let method: UInt16
    let offset: UInt64
    var crc: UInt32 = 0
    var size: UInt64 = 0
    var stored: UInt64 = 0
    /// Whether its local header has room for sizes of 64 bits.
    let isLarge: Bool
  }

  private var entries: [Entry] = []
  private var written: UInt64 = 0
  private let (time, date): (UInt16, UInt16)
  private static let limit32 = UInt64(UInt32.max)

  /// - Parameter instant: what all entries bear, to two seconds; brought into the years 1980 to 2107 that ZIP knows.
  public init(at instant: Instant) {
    let stamp = Array(instant.description.utf8)
    func number(_ range: Range<Int>) -> UInt16 { stamp[range].reduce(0) { $0 * 10 + UInt16($1 - 48) } }
    let year = number(0..<4)
    guard (1980...2107).contains(year) else {
      time = year < 1980 ? 0 : Self.packed(23, 59, 29, 11)
      date = year < 1980 ? Self.packed(0, 1, 1, 9) : Self.packed(127, 12, 31, 9)
      return
    }
    time = Self.packed(number(11..<13), number(14..<16), number(17..<19) / 2, 11)
    date = Self.packed(year - 1980, number(5..<7), number(8..<10), 9)
  }

  /// Three numbers in 16 bits, as MS-DOS keeps dates and times (§4.4.6).
  private static func packed(_ high: UInt16, _ middle: UInt16, _ low: UInt16, _ shift: UInt16) -> UInt16 {
    (high << shift) | (middle << 5) | low
  }

  /// The checksum that ZIP uses, carried on from that of what came before (0 at first).
  public static func crc(_ octets: [UInt8], after crc: UInt32 = 0) -> UInt32 {
    libdeflate_crc32(crc, octets, octets.count)
  }

  /// A whole entry.
  /// - Parameter isDeflated: compress it, if that makes it smaller.
  public mutating func entry(_ name: String, _ octets: [UInt8], isDeflated: Bool) -> [UInt8] {
    let packed = isDeflated ? Self.deflated(octets) : nil
    let data = packed ?? octets
    let entry = Entry(
      name: Array(name.utf8), method: packed == nil ? 0 : 8, offset: written, crc: Self.crc(octets),
      size: UInt64(octets.count), stored: UInt64(data.count), isLarge: UInt64(octets.count) >= Self.limit32)
    entries.append(entry)
    let out = localHeader(entry) + data
    written += UInt64(out.count)
    return out
  }

  private static func deflated(_ octets: [UInt8]) -> [UInt8]? {
    guard octets.count > 1, let compressor = libdeflate_alloc_compressor(6) else { return nil }
    defer { libdeflate_free_compressor(compressor) }
    // Room for one octet less than it has: a result that is no gain is none.
    let out = [UInt8](unsafeUninitializedCapacity: octets.count - 1) { buffer, count in
      count = libdeflate_deflate_compress(compressor, octets, octets.count, buffer.baseAddress, octets.count - 1)
    }
    return out.isEmpty ? nil : out
  }

  /// Begins an entry that is stored as it comes: what to append before its octets.
  public mutating func begin(_ name: String) -> [UInt8] {
    let entry = Entry(name: Array(name.utf8), method: 0, offset: written, isLarge: true)
    entries.append(entry)
    let out = localHeader(entry)
    written += UInt64(out.count)
    return out
  }

  /// Ends the entry begun last: what to put in its header's place, and where that is.
  public mutating func end(size: UInt64, crc: UInt32) -> (place: UInt64, octets: [UInt8]) {
    guard var entry = entries.popLast() else { return (0, []) }
    (entry.size, entry.stored, entry.crc) = (size, size, crc)
    entries.append(entry)
    written += size
    return (entry.offset, localHeader(entry))
  }

  /// The central directory, which ends the file.
  public func finish() -> [UInt8] {
    var out: [UInt8] = []
    for entry in entries { out += directoryHeader(entry) }
    let (size, count) = (UInt64(out.count), UInt64(entries.count))
    if written >= Self.limit32 || size >= Self.limit32 || count >= UInt64(UInt16.max) {
      let end = written + size
      out.append(UInt32(0x0606_4B50))
      out.append(UInt64(44))
      out.append(UInt16(45))
      out.append(UInt16(45))
      out.append(UInt32(0))
      out.append(UInt32(0))
      for value in [count, count, size, written] { out.append(value) }
      out.append(UInt32(0x0706_4B50))
      out.append(UInt32(0))
      out.append(end)
      out.append(UInt32(1))
    }
    out.append(UInt32(0x0605_4B50))
    out.append(UInt16(0))
    out.append(UInt16(0))
    for _ in 0..<2 { out.append(UInt16(min(count, UInt64(UInt16.max)))) }
    for value in [size, written] { out.append(UInt32(min(value, Self.limit32))) }
    out.append(UInt16(0))
    return out
  }

  private func localHeader(_ entry: Entry) -> [UInt8] {
    var out: [UInt8] = []
    out.append(UInt32(0x0403_4B50))
    out.append(UInt16(entry.isLarge ? 45 : 20))
    out.append(UInt16(0))
    out.append(entry.method)
    out.append(time)
    out.append(date)
    out.append(entry.crc)
    for value in [entry.stored, entry.size] { out.append(entry.isLarge ? UInt32.max : UInt32(value)) }
    out.append(UInt16(entry.name.count))
    out.append(UInt16(entry.isLarge ? 20 : 0))
    out += entry.name
    if entry.isLarge {
      out.append(UInt16(1))
      out.append(UInt16(16))
      for value in [entry.size, entry.stored] { out.append(value) }
    }
    return out
  }

  private func directoryHeader(_ entry: Entry) -> [UInt8] {
    var extra: [UInt8] = []
    for value in [entry.size, entry.stored, entry.offset] where value >= Self.limit32 { extra.append(value) }
    var out: [UInt8] = []
    out.append(UInt32(0x0201_4B50))
    out.append(UInt16(3 << 8 | 45))  // made by: Unix, which the permissions below are of
    out.append(UInt16(entry.isLarge || !extra.isEmpty ? 45 : 20))
    out.append(UInt16(0))
    out.append(entry.method)
    out.append(time)
    out.append(date)
    out.append(entry.crc)
    for value in [entry.stored, entry.size] { out.append(UInt32(min(value, Self.limit32))) }
    out.append(UInt16(entry.name.count))
    out.append(UInt16(extra.isEmpty ? 0 : extra.count + 4))
    for _ in 0..<3 { out.append(UInt16(0)) }
    out.append(UInt32(0o100644) << 16)
    out.append(UInt32(min(entry.offset, Self.limit32)))
    out += entry.name
    if !extra.isEmpty {
      out.append(UInt16(1))
      out.append(UInt16(extra.count))
      out += extra
    }
    return out
  }
}

extension [UInt8] {
  /// Appends a number, the lowest octet first.
  fileprivate mutating func append(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
