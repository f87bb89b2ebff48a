// ZIP files, read back by their central directory.
import CDeflate
import Formats
import Model
import Testing

/// What a ZIP file holds, as its central directory says; each entry's octets, inflated.
struct ReadZip {
  struct Entry {
    let name: String
    let method: Int
    let size, stored, offset: UInt64
    let crc: UInt32
    let time, date: Int
  }

  let octets: [UInt8]
  let entries: [Entry]

  init(_ octets: [UInt8]) {
    func number(_ at: Int, _ width: Int) -> UInt64 {
      (0..<width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(octets[at + $1]) }
    }
    self.octets = octets
    let end = octets.count - 22
    var (count, at) = (number(end + 10, 2), number(end + 16, 4))
    if count == 0xFFFF || at == 0xFFFF_FFFF {
      let record = Int(number(end - 20 + 8, 8))
      (count, at) = (number(record + 32, 8), number(record + 48, 8))
    }
    var (entries, place): ([Entry], Int) = ([], Int(at))
    for _ in 0..<count {
      var (stored, size, offset) = (number(place + 20, 4), number(place + 24, 4), number(place + 42, 4))
      let (nameLength, extraLength) = (Int(number(place + 28, 2)), Int(number(place + 30, 2)))
      let name = String(decoding: octets[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      var extra = place + 46 + nameLength + 4
      func wide(_ value: inout UInt64) {
        guard value == 0xFFFF_FFFF else { return }
        value = number(extra, 8)
        extra += 8
      }
      wide(&size)
      wide(&stored)
      wide(&offset)
      entries.append(
        Entry(
          name: name, method: Int(number(place + 10, 2)), size: size, stored: stored, offset: offset,
          crc: UInt32(number(place + 16, 4)), time: Int(number(place + 12, 2)), date: Int(number(place + 14, 2))))
      place += 46 + nameLength + extraLength
    }
    self.entries = entries
  }

  /// An entry's content; nil when there is no such entry or it is damaged.
  func content(_ name: String) -> [UInt8]? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    let header = Int(entry.offset)
    let start = header + 30 + Int(octets[header + 26]) + Int(octets[header + 28])
    let stored = Array(octets[start..<(start + Int(entry.stored))])
    guard entry.method == 8 else { return ZipWriter.crc(stored) == entry.crc ? stored : nil }
    guard let decoder = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decoder) }
    let content = [UInt8](unsafeUninitializedCapacity: Int(entry.size)) { buffer, count in
      let result = libdeflate_deflate_decompress(
        decoder, stored, stored.count, buffer.baseAddress, Int(entry.size), &count)
      if result != LIBDEFLATE_SUCCESS { count = 0 }
    }
    return ZipWriter.crc(content) == entry.crc ? content : nil
  }
}

@Suite struct ZipWriterTests {
  private static let at = Instant(milliseconds: 1_795_168_801_999)  // 2026-11-20T10:00:01.999Z

  @Test func `stored, deflated and streamed entries read back`() throws {
    var zip = ZipWriter(at: Self.at)
    let text = Array(String(repeating: "ferry ", count: 500).utf8)
    var file = zip.entry("a/stored", text, isDeflated: false)
    file += zip.begin("b/streamed")
    file += text
    let patch = zip.end(size: UInt64(text.count), crc: ZipWriter.crc(text))
    file.replaceSubrange(Int(patch.place)..<(Int(patch.place) + patch.octets.count), with: patch.octets)
    file += zip.entry("deflated", text, isDeflated: true)
    file += zip.entry("incompressible", [1, 2, 3], isDeflated: true)
    file += zip.entry("empty", [], isDeflated: true)
    file += zip.finish()
    let read = ReadZip(file)
    #expect(read.entries.map(\.name) == ["a/stored", "b/streamed", "deflated", "incompressible", "empty"])
    #expect(read.entries.map(\.method) == [0, 0, 8, 0, 0])
    for name in ["a/stored", "b/streamed", "deflated"] { #expect(read.content(name) == text) }
    #expect(read.content("incompressible") == [1, 2, 3] && read.content("empty") == [])
    #expect(read.entries.allSatisfy { $0.date == 46 << 9 | 11 << 5 | 20 && $0.time == 10 << 11 | 0 })
  }

  @Test(arguments: [("1969-12-31", 33, 0), ("9999-01-01", 65439, 49021)])
  func `instants that ZIP cannot tell become the nearest that it can`(day: String, date: Int, time: Int) throws {
    var zip = ZipWriter(at: try #require(Instant(day)))
    let file = zip.entry("a", [1], isDeflated: false) + zip.finish()
    #expect(ReadZip(file).entries.first?.date == date)
    #expect(ReadZip(file).entries.first?.time == time)
  }

  @Test func `an entry of more than four gigabytes is told in 64 bits`() throws {
    var zip = ZipWriter(at: Self.at)
    let start = zip.begin("huge").count
    let size: UInt64 = 5 << 30
    let patch = zip.end(size: size, crc: 7)
    #expect(patch.octets.count == start)
    let after = zip.entry("after", [9], isDeflated: false)
    // The directory alone, as it would lie behind the data.
    let directory = zip.finish()
    let shift = size + UInt64(start) + UInt64(after.count)
    func number(_ at: Int, _ width: Int) -> UInt64 {
      (0..<width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64(directory[at + $1]) }
    }
    #expect(number(20, 4) == 0xFFFF_FFFF && number(24, 4) == 0xFFFF_FFFF && number(42, 4) == 0)
    #expect(number(46 + 4, 2) == 1 && number(46 + 6, 2) == 16 && number(46 + 8, 8) == size)
    let end = directory.count - 22
    #expect(number(end + 16, 4) == 0xFFFF_FFFF && number(end + 10, 2) == 2)
    #expect(number(end - 20, 4) == 0x0706_4B50)
    let record = Int(number(end - 12, 8) - shift)
    #expect(number(record, 4) == 0x0606_4B50 && number(record + 32, 8) == 2 && number(record + 48, 8) == shift)
  }

  @Test func `a compressed index leads from its own lines to members of the lines`() throws {
    let lines = (0..<2500).map { "com,example)/\($0 + 10_000) 20261120100000 {\"n\": \"\($0)\"}" }
    let index = CompressedIndex(lines, name: "index.cdx.gz")
    let idx = String(decoding: index.index, as: UTF8.self).split(separator: "\n")
    #expect(idx.count == 4 && idx[0] == "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}")
    var (at, text): (Int, [UInt8]) = (0, [])
    for (line, first) in zip(idx.dropFirst(), [0, 1024, 2048]) {
      let member = try Member.inflate(index.data[at...])
      #expect(
        line == """
          com,example)/\(first + 10_000) 20261120100000 {"offset": \(at), "length": \(member.length), \
          "digest": "\(Digest(of: Array(index.data[at..<(at + member.length)])))"}
          """)
      at += member.length
      text += member.content
    }
    #expect(at == index.data.count && text == Array(lines.map { $0 + "\n" }.joined().utf8))
    #expect(CompressedIndex([], name: "x").data.isEmpty)
  }
}
