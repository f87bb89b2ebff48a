import ContentCoding
import Formats
import Glibc
import Model
import Parallel

/// The octets of a WARC file with its compression undone: plain, gzip (a member a record, or one for all), or zstd.
///
/// Where each record is a member of its own, as the standard recommends, some megabytes of members are found by their first
/// octets and undone on all cores; each shows by its length and checksum that it was one. All else (one long member, damage,
/// octets that look like a member's beginning and are none) is undone from where it begins, piece by piece.
final class WARCOctets {
  enum Piece {
    case octets([UInt8], at: WARCScanner.Place, startsMember: Bool, isCertain: Bool)
    /// Octets that cannot be read stand here.
    case gap(String, at: WARCScanner.Place)
  }

  private enum Form { case plain, gzip, zstd }

  private let source: () throws(ImportError) -> [UInt8]
  private let name: String
  private var buffer: [UInt8] = []
  /// Where `buffer` begins in the file.
  private var base: Int64
  private var isEnded = false
  private var form: Form?
  /// The member that is being undone as a stream.
  private var member: Member?
  private var decoder: (any StreamDecoder)?
  /// What the frames of a zstd file were compressed with.
  private var dictionary: [UInt8] = []
  /// What begins here did not show to be one member: it is to be undone as a stream.
  private var isOdd = false

  private static let readAhead = 2 << 20
  /// Members that say they hold more are undone as streams.
  private static let mostAtOnce = 32 << 20
  private static let pieceBytes = 1 << 20
  /// A stream's octets are held back up to so many, in case its end shows it to be damaged.
  private static let heldBytes = 8 << 20
  /// Enough of a member to see what it begins with.
  private static let glanceBytes = 4096

  /// - Parameters:
  ///   - offset: where the first octet stands in the file that messages name.
  ///   - source: gives the next octets, none at the end.
  init(name: String, offset: Int64 = 0, source: @escaping () throws(ImportError) -> [UInt8]) {
    (self.name, base, self.source) = (name, offset, source)
  }

  /// The next pieces, some megabytes at most; empty at the end.
  func pieces() throws(ImportError) -> [Piece] {
    if let member { return try streamed(member) }
    // What is plain goes on as it comes.
    try fill(form == nil ? 4 : form == .plain ? 1 : Self.readAhead)
    guard !buffer.isEmpty else { return [] }
    if form == nil { form = try recognised() }
    if form != .plain { try fill(Self.readAhead) }
    switch form ?? .plain {
    case .plain:
      let piece = buffer
      drop(buffer.count)
      return [.octets(piece, at: .init(offset: base - Int64(piece.count)), startsMember: false, isCertain: true)]
    case .gzip where !isOdd: return try members()
    case .gzip, .zstd: return try begin()
    }
  }

  private func recognised() throws(ImportError) -> Form {
    let found: Form = Self.isGzip(buffer, 0) ? .gzip : Self.isZstd(buffer, 0) ? .zstd : .plain
    if found == .zstd, buffer.starts(with: [0x5D, 0x2A, 0x4D, 0x18]) { dictionary = try ownDictionary() }
    return found
  }

  /// Takes the frame in which a file carries the dictionary of all its others: as it is, or compressed itself (IIPC,
  /// "Zstandard-compressed WARC files" 1.0, §"Dictionary Frames").
  private func ownDictionary() throws(ImportError) -> [UInt8] {
    func refused(_ what: String) -> ImportError { .unreadable(path: name, detail: "its dictionary \(what)") }
    try fill(8)
    guard buffer.count >= 8 else { throw refused("is cut short") }
    let size = buffer[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= Self.mostAtOnce else { throw refused("has \(size) octets, more than \(Self.mostAtOnce >> 20) MiB") }
    try fill(8 + size)
    guard buffer.count >= 8 + size else { throw refused("is cut short") }
    let frame = Array(buffer[8..<(8 + size)])
    drop(8 + size)
    guard Self.isZstd(frame, 0) else { return frame }
    var out: [UInt8] = []
    do throws(CodingError) {
      let step = try ZstdStream().decode(frame[...], into: &out, room: Self.mostAtOnce)
      guard step.ended else { throw CodingError.tooLarge(limitBytes: Self.mostAtOnce) }
    } catch { throw refused("cannot be read: \(error.message)") }
    return out
  }

  private func fill(_ wanted: Int) throws(ImportError) {
    while buffer.count < wanted, !isEnded {
      let piece = try source()
      if piece.isEmpty { isEnded = true } else if buffer.isEmpty { buffer = piece } else { buffer += piece }
    }
  }

  private func drop(_ count: Int) {
    if count == buffer.count { buffer = [] } else { buffer.removeSubrange(..<count) }
    base += Int64(count)
  }

  // MARK: many members at once

  private func members() throws(ImportError) -> [Piece] {
    var slices: [(range: Range<Int>, size: Int)] = []
    var (from, total) = (0, 0)
    while total < CaptureImport.batchBytes, Self.isGzip(buffer, from) {
      let next = Self.nextGzip(in: buffer, from: from + 1)
      guard let end = next ?? (isEnded ? buffer.count : nil), end - from >= 18 else { break }
      // RFC 1952 §2.3.1: the last four octets tell how long the contents are.
      let size = buffer[(end - 4)..<end].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard size <= Self.mostAtOnce, size <= 1032 * (end - from) else { break }
      slices.append((from..<end, size))
      (from, total) = (end, total + size)
      if next == nil { break }
    }
    let undone = slices.concurrentMap(makingContext: {
      try? DeflateDecoder()  // without memory for one nothing is undone here, and the stream says why
    }) { [buffer] slice, decoder in
      buffer.withUnsafeBytes {
        decoder?.member(UnsafeRawBufferPointer(rebasing: $0[slice.range]), size: slice.size)
      }
    }
    var (pieces, used): ([Piece], Int) = ([], 0)
    for (slice, contents) in zip(slices, undone) {
      guard let contents else { break }
      let place = WARCScanner.Place(offset: base + Int64(slice.range.lowerBound))
      pieces.append(.octets(contents, at: place, startsMember: true, isCertain: true))
      used = slice.range.upperBound
    }
    guard used > 0 else { return try begin() }
    isOdd = pieces.count < slices.count
    drop(used)
    return pieces
  }

  // MARK: one member as a stream

  private final class Member {
    /// Where it begins in the file.
    let start: Int64
    /// Octets of `buffer` that were taken.
    var taken = 0
    /// What it holds and was not handed out yet, after so many octets that were.
    var held: [UInt8] = []
    var given = 0

    init(start: Int64) { self.start = start }

    /// What is held, to be handed out.
    func release(isCertain: Bool) -> Piece? {
      guard !held.isEmpty else { return nil }
      defer { (held, given) = ([], given + held.count) }
      return .octets(
        held, at: .init(offset: start, inner: given), startsMember: given == 0, isCertain: isCertain)
    }
  }

  private func begin() throws(ImportError) -> [Piece] {
    isOdd = false
    guard beginsMember(buffer, 0) else {
      let place = base
      let isPadding = buffer.allSatisfy { $0 == 0 } && isEnded
      let count = try skip(from: 0)
      return isPadding ? [] : [.gap("\(count) octets that belong to no \(word) member", at: .init(offset: place))]
    }
    let fresh = Member(start: base)
    member = fresh
    return try streamed(fresh)
  }

  private func streamed(_ member: Member) throws(ImportError) -> [Piece] {
    if decoder == nil { decoder = try freshDecoder() }
    guard let decoder else { return [] }
    let most = member.given > 0 ? Self.pieceBytes : Self.heldBytes
    while member.held.count < most {
      if member.taken == buffer.count, !isEnded {
        // Until something is handed out, reading may have to start again behind the member's first octet.
        if member.given > 0 || member.taken > 2 * Self.heldBytes {
          drop(member.taken)
          member.taken = 0
        }
        try fill(buffer.count + Self.pieceBytes)
      }
      let before = member.held.count
      let step: (used: Int, ended: Bool)
      do throws(CodingError) {
        step = try decoder.decode(
          buffer[member.taken...], into: &member.held, room: min(Self.pieceBytes, most - member.held.count))
      } catch { return try broken(member, isCut: false) }
      member.taken += step.used
      if step.ended {
        drop(member.taken)
        self.member = nil
        if let piece = member.release(isCertain: true) { return [piece] }
        return try pieces()
      }
      if step.used == 0, member.held.count == before, isEnded { return try broken(member, isCut: true) }
    }
    return [member.release(isCertain: true)].compactMap(\.self)
  }

  /// What came of a member that breaks off. What it held before the file was cut is what it was; before damage it may be
  /// anything.
  private func broken(_ member: Member, isCut: Bool) throws(ImportError) -> [Piece] {
    let piece = member.release(isCertain: isCut)
    (self.member, decoder) = (nil, nil)
    _ = try skip(from: base == member.start ? 1 : member.taken)
    let reason = "the \(word) data is \(isCut ? "cut short" : "damaged")"
    return [piece, .gap(reason, at: .init(offset: member.start))].compactMap(
      \.self)
  }

  private func freshDecoder() throws(ImportError) -> any StreamDecoder {
    do throws(CodingError) {
      return form == .zstd ? try ZstdStream(dictionary: dictionary) : try InflateStream(.gzip)
    } catch {
      throw .unreadable(path: name, detail: error.message)
    }
  }

  private var word: String { form == .zstd ? "zstd" : "gzip" }

  // MARK: where members begin

  /// Drops octets up to the next member that begins with a record, or all. Answers how many.
  private func skip(from: Int) throws(ImportError) -> Int64 {
    let (start, first) = (base, from)
    var from = first
    while true {
      while let found = Self.candidate(in: buffer, from: from, where: beginsMember) {
        if buffer.count - found < Self.glanceBytes, !isEnded {
          drop(found)
          from = 0
          try fill(Self.readAhead)
          continue
        }
        if try holdsRecord(found) {
          drop(found)
          return base - start
        }
        from = found + 1
      }
      // The last three octets may be the beginning of a beginning.
      drop(max(0, buffer.count - (isEnded ? 0 : 3)))
      if isEnded { return base - start }
      from = 0
      try fill(Self.readAhead)
    }
  }

  /// Whether what begins there is a member, as far as can be seen, that begins with a record.
  private func holdsRecord(_ at: Int) throws(ImportError) -> Bool {
    let decoder = try freshDecoder()
    var out: [UInt8] = []
    do throws(CodingError) {
      _ = try decoder.decode(buffer[at..<min(buffer.count, at + Self.glanceBytes)], into: &out, room: 16)
    } catch { return false }  // not a member then: that is the question here
    return out.starts(with: "WARC/".utf8)
  }

  private func beginsMember(_ octets: [UInt8], _ at: Int) -> Bool {
    form == .zstd ? Self.isZstd(octets, at) : Self.isGzip(octets, at)
  }

  /// RFC 1952 §2.3.1: two octets, the method DEFLATE, no reserved flag.
  private static func isGzip(_ octets: [UInt8], _ at: Int) -> Bool {
    octets.count - at >= 4 && octets[at] == 0x1F && octets[at + 1] == 0x8B && octets[at + 2] == 8
      && octets[at + 3] & 0xE0 == 0
  }

  /// RFC 8878 §3.1: a frame, or one that may be skipped.
  private static func isZstd(_ octets: [UInt8], _ at: Int) -> Bool {
    guard octets.count - at >= 4 else { return false }
    let magic = octets[at..<(at + 4)]
    return magic.elementsEqual([0x28, 0xB5, 0x2F, 0xFD])
      || magic.first.map { $0 & 0xF0 == 0x50 } == true && magic.dropFirst().elementsEqual([0x2A, 0x4D, 0x18])
  }

  /// The same for gzip, some thirty times as fast: every file is gone through once like this.
  private static func nextGzip(in octets: [UInt8], from: Int) -> Int? {
    octets.withUnsafeBytes { raw in
      guard let base = raw.baseAddress else { return nil }
      var at = from
      while at < raw.count, let found = memchr(base + at, 0x1F, raw.count - at) {
        at = base.distance(to: UnsafeRawPointer(found))
        if isGzip(octets, at) { return at }
        at += 1
      }
      return nil
    }
  }

  /// The next place from which on a member may begin.
  private static func candidate(
    in octets: [UInt8], from: Int, where isOne: ([UInt8], Int) -> Bool
  ) -> Int? {
    guard from < octets.count else { return nil }
    for i in from..<octets.count where isOne(octets, i) { return i }
    return nil
  }
}
