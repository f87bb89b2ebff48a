import Formats
import Testing

/// The directory of a ZIP file, with and without ZIP64.
struct ZIPDirectoryTests {
  /// A ZIP file of stored entries.
  static func file(_ entries: [(name: String, octets: [UInt8])], zip64: Bool = false, comment: String = "") -> [UInt8] {
    func number(_ value: Int, _ octets: Int) -> [UInt8] { (0..<octets).map { UInt8(value >> (8 * $0) & 255) } }
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, octets) in entries {
      let (offset, long) = (out.count, number(octets.count, 8) + number(octets.count, 8) + number(out.count, 8))
      let size = zip64 ? [UInt8](repeating: 255, count: 4) : number(octets.count, 4)
      let extra = zip64 ? number(1, 2) + number(24, 2) + long : []
      let head = number(45, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(0, 4) + size + size
      let nameSize = number(name.utf8.count, 2)
      out += number(0x0403_4B50, 4) + head + nameSize + number(0, 2) + Array(name.utf8) + octets
      directory += number(0x0201_4B50, 4) + number(45, 2) + head + nameSize + number(extra.count, 2)
      directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
      directory += (zip64 ? [255, 255, 255, 255] : number(offset, 4)) + Array(name.utf8) + extra
    }
    let start = out.count
    out += directory
    if zip64 {
      let record = out.count
      out += number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
      out += number(entries.count, 8) + number(entries.count, 8) + number(directory.count, 8) + number(start, 8)
      out += number(0x0706_4B50, 4) + number(0, 4) + number(record, 8) + number(1, 4)
    }
    out += number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2) + number(entries.count, 2)
    out += zip64 ? [UInt8](repeating: 255, count: 8) : number(directory.count, 4) + number(start, 4)
    return out + number(comment.utf8.count, 2) + Array(comment.utf8)
  }

  /// The names and contents that a file's directory leads to.
  static func names(in file: [UInt8]) throws -> [String: [UInt8]] {
    func octets(_ at: Int64, _ count: Int) -> [UInt8] {
      guard at >= 0, at < file.count else { return [] }
      return Array(file[Int(at)..<min(file.count, Int(at) + count)])
    }
    let start = max(0, file.count - ZIPDirectory.tailBytes)
    let location: ZIPDirectory.Location
    switch try ZIPDirectory.end(in: Array(file[start...]), at: Int64(start)) {
    case .directory(let found): location = found
    case .zip64(let at): location = try ZIPDirectory.end(zip64: octets(at, 56), at: at)
    }
    var out: [String: [UInt8]] = [:]
    for entry in try ZIPDirectory.entries(in: octets(location.offset, location.length)).entries {
      let at = try ZIPDirectory.contents(of: entry, header: octets(entry.header, ZIPDirectory.localHeaderBytes))
      out[entry.name] = octets(at, Int(clamping: entry.storedSize))
    }
    return out
  }

  @Test(arguments: [false, true], ["", "a comment, PK\u{5}\u{6} in it"])
  func `entries are found through the directory`(zip64: Bool, comment: String) throws {
    let entries = [(name: "archive/a.warc", octets: Array("hello".utf8)), (name: "ü.json", octets: [])]
    let found = try Self.names(in: Self.file(entries, zip64: zip64, comment: comment))
    #expect(found == ["archive/a.warc": Array("hello".utf8), "ü.json": []])
    #expect(try Self.names(in: Self.file([], zip64: zip64)).isEmpty)
  }

  @Test func `what is no ZIP file, or only its beginning, is refused`() {
    let file = Self.file([("a", [1, 2, 3])])
    for bad in [[], Array("PK".utf8), Array(file.dropLast(1)), [UInt8](repeating: 0, count: 100)] {
      #expect(throws: ZIPDirectory.Invalid.self) { try Self.names(in: bad) }
    }
  }

  @Test func `datapackage.json gives digests by path`() throws {
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let json = #"{"resources":[{"path":"archive/a","hash":"\#(digest)"},{"path":"b"},{"hash":"x"},3]}"#
    let right = try #require(LabelledDigest(digest))
    #expect(DataPackage(Array(json.utf8))?.digests == ["archive/a": right])
    #expect(DataPackage(Array("[]".utf8)) == nil && DataPackage(Array("{".utf8)) == nil)
    #expect(DataPackage.digest(in: Array(#"{"path":"p","hash":"\#(digest)"}"#.utf8)) == LabelledDigest(digest))
  }
}
