// WARC records and gzip members read back, by the letter of docs/FORMAT.md and with as little code as does it.
import CDeflate
import Foundation
import Model

/// A record as a file holds it.
struct ReadRecord {
  let fields: [(name: String, value: String)]
  let block: [UInt8]
  /// Where it begins in its file, and its octets there.
  var offset = 0
  var length = 0

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  struct Malformed: Error { let reason: String }

  /// All records of a file, each a gzip member, or plain.
  static func all(_ file: [UInt8]) throws -> [ReadRecord] {
    var (records, at): ([ReadRecord], Int) = ([], 0)
    while at < file.count {
      let isMember = file[at] == 0x1F
      let (octets, length) = isMember ? try Member.inflate(file[at...]) : (Array(file[at...]), 0)
      var (record, used) = try one(octets)
      guard !isMember || used == octets.count else { throw Malformed(reason: "a member with more than a record") }
      (record.offset, record.length) = (at, isMember ? length : used - 4)
      records.append(record)
      at += isMember ? length : used
    }
    return records
  }

  private static func one(_ octets: [UInt8]) throws -> (ReadRecord, Int) {
    guard let end = find([13, 10, 13, 10], in: octets, from: 0) else { throw Malformed(reason: "no empty line") }
    let lines = String(decoding: octets[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    guard lines.first == "WARC/1.1" else { throw Malformed(reason: "it begins with \(lines.first ?? "")") }
    let fields = lines.dropFirst().map { line in
      let parts = line.components(separatedBy: ": ")
      return (name: parts[0], value: parts.dropFirst().joined(separator: ": "))
    }
    guard let length = fields.first(where: { $0.name == "Content-Length" }).flatMap({ Int($0.value) }) else {
      throw Malformed(reason: "no length")
    }
    let start = end + 4
    guard octets.count >= start + length + 4, octets[(start + length)..<(start + length + 4)] == [13, 10, 13, 10] else {
      throw Malformed(reason: "no empty lines after the block")
    }
    return (ReadRecord(fields: fields, block: Array(octets[start..<(start + length)])), start + length + 4)
  }

  static func find(_ wanted: [UInt8], in octets: [UInt8], from: Int) -> Int? {
    guard octets.count >= wanted.count + from else { return nil }
    return (from...(octets.count - wanted.count)).first { octets[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }

  /// The capture that the record is, restored as docs/FORMAT.md says.
  /// - Parameter bodies: of the records before, by their payload digests.
  func capture(_ bodies: [String: [UInt8]]) throws -> CaptureInput? {
    guard self["Stet-Capture"] != nil else { return nil }
    guard let target = self["WARC-Target-URI"], let at = self["WARC-Date"].flatMap({ Instant($0) }) else {
      throw Malformed(reason: "no URL or date")
    }
    var (status, fields, body) = (304, HTTPFields(), [UInt8]())
    if !block.isEmpty {
      guard let end = Self.find([13, 10, 13, 10], in: block, from: 0) else { throw Malformed(reason: "no head") }
      var lines = block[..<(end + 2)].split(separator: 10).map { Array($0.dropLast()) }
      let statusLine = String(decoding: lines.removeFirst(), as: UTF8.self)
      guard statusLine.hasPrefix("HTTP/1.1 "), let number = Int(statusLine.dropFirst(9).prefix(3)) else {
        throw Malformed(reason: statusLine)
      }
      status = number
      fields = HTTPFields(lines: lines.map(Self.named))
      body = Array(block[(end + 4)...])
    }
    if let base64 = self["Stet-Fields"] {
      guard let data = Data(base64Encoded: base64) else { throw Malformed(reason: "Stet-Fields") }
      fields = HTTPFields(canonicalBytes: [UInt8](data))
    }
    if self["WARC-Type"] == "revisit", status != 304 {
      guard let found = bodies[self["WARC-Payload-Digest"] ?? ""] else { throw Malformed(reason: "no original") }
      body = found
    }
    let url = self["Stet-URL"] ?? target
    return CaptureInput(
      article: self["Stet-Article"] ?? url, origin: self["Stet-Origin"],
      response: Response(url: url, at: at, status: status, fields: fields, body: body),
      sequence: self["Stet-Seq"].flatMap { Int64($0) } ?? 0, refersTo: self["Stet-Refers-To"].flatMap { Digest($0) },
      via: self["Stet-Via"].flatMap { Digest($0) })
  }

  /// A field line without one prefix, when it has one that we put there.
  private static func named(_ line: [UInt8]) -> [UInt8] {
    let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
    var rest = name[...]
    while rest.hasPrefix("x-orig-") { rest = rest.dropFirst(7) }
    let isOurs = rest != name && ["content-encoding", "transfer-encoding", "content-length"].contains(rest)
    return isOurs ? Array(line.dropFirst(7)) : line
  }

  /// All captures among some records, with the digests that they state.
  static func captures(_ records: [ReadRecord]) throws -> [(input: CaptureInput, stated: Digest)] {
    var (found, bodies): ([(CaptureInput, Digest)], [String: [UInt8]]) = ([], [:])
    for record in records {
      guard let input = try record.capture(bodies), let stated = record["Stet-Capture"].flatMap({ Digest($0) }) else {
        continue
      }
      if record["WARC-Type"] == "response" { bodies[record["WARC-Payload-Digest"] ?? ""] = input.response.body }
      found.append((input, stated))
    }
    return found
  }
}

extension CaptureInput {
  /// The digest of what it attests.
  var digest: Digest {
    Capture(
      origin: origin, url: response.url, at: response.at, sequence: sequence, status: response.status,
      fields: response.fields.digest, payload: response.status == 304 ? nil : Digest(of: response.body),
      refersTo: refersTo
    ).digest
  }
}

/// Gzip members.
enum Member {
  /// The first member's content, and how many octets it has here.
  static func inflate(_ octets: ArraySlice<UInt8>) throws -> (content: [UInt8], length: Int) {
    guard let decoder = libdeflate_alloc_decompressor() else { throw ReadRecord.Malformed(reason: "no memory") }
    defer { libdeflate_free_decompressor(decoder) }
    var room = 1 << 16
    while room <= 1 << 28 {
      var (taken, result) = (0, LIBDEFLATE_BAD_DATA)
      let content = octets.withUnsafeBytes { input in
        [UInt8](unsafeUninitializedCapacity: room) { output, count in
          result = libdeflate_gzip_decompress_ex(
            decoder, input.baseAddress, input.count, output.baseAddress, room, &taken, &count)
          if result != LIBDEFLATE_SUCCESS { count = 0 }
        }
      }
      if result == LIBDEFLATE_SUCCESS { return (content, taken) }
      guard result == LIBDEFLATE_INSUFFICIENT_SPACE else { break }
      room *= 4
    }
    throw ReadRecord.Malformed(reason: "no gzip member")
  }
}
