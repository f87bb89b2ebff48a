import Model

/// Records that were cut into segments (ISO 28500:2017 §7), put together again: the first, of its own type, and the
/// `continuation` records that name it, in order.
public struct SegmentedRecords: Sendable {
  public enum Outcome: Hashable, Sendable {
    /// The last segment has not come yet.
    case more
    /// As if it had never been cut; the place is that of its first segment.
    case whole(WARCRecord, place: String, isCertain: Bool)
    case broken(place: String, reason: String)
  }

  private struct Begun: Sendable {
    var record: WARCRecord
    let place: String
    var isCertain: Bool
    /// The number of the last segment that came.
    var last = 1
  }

  private var begun: [String: Begun] = [:]
  /// Octets of all that has begun.
  private var held = 0

  public init() {}

  /// Takes a segment (`WARCRecord.isSegment`) that comes next in a file.
  public mutating func take(_ record: WARCRecord, at place: String, isCertain: Bool) -> Outcome {
    func broken(_ reason: String) -> Outcome { .broken(place: place, reason: reason) }
    do throws(WARCCapture.Invalid) { _ = try WARCCapture.blockDigest(record) } catch { return broken(error.reason) }
    guard let number = record.value("warc-segment-number").flatMap({ Int($0) }), number > 0 else {
      return broken("WARC-Segment-Number is no number")
    }
    guard held + record.block.count <= WARCScanner.maximumBlockBytes else {
      return broken("it and the segments before it have more than \(WARCScanner.maximumBlockBytes >> 20) MiB")
    }
    guard record.kind == .continuation else {
      guard number == 1, let id = record.id else {
        return broken("it is segment \(number) of a record, but no continuation")
      }
      let before = begun.updateValue(Begun(record: record.unsegmented, place: place, isCertain: isCertain), forKey: id)
      held += record.block.count - (before?.record.block.count ?? 0)
      return before.map { .broken(place: $0.place, reason: "segments of it are missing after number \($0.last)") }
        ?? .more
    }
    guard let origin = record.value("warc-segment-origin-id").map(WARCRecord.bare), var whole = begun[origin] else {
      return broken("it goes on a record whose beginning is not in the file before it")
    }
    guard number == whole.last + 1 else {
      forget(origin)
      return .broken(
        place: whole.place, reason: "after segment \(whole.last) of it comes number \(number), at \(place)")
    }
    // Not shared with what is in the dictionary while it grows.
    begun[origin] = nil
    whole.record.block += record.block
    (whole.last, whole.isCertain) = (number, whole.isCertain && isCertain)
    held += record.block.count
    guard let total = record.value("warc-segment-total-length") else {
      begun[origin] = whole
      return .more
    }
    held -= whole.record.block.count
    guard total == "\(whole.record.block.count)" else {
      return .broken(
        place: whole.place, reason: "its segments have \(whole.record.block.count) octets, where the last says \(total)"
      )
    }
    return .whole(whole.record, place: whole.place, isCertain: whole.isCertain)
  }

  /// What is not whole at the end, in the order of places.
  public mutating func close() -> [(place: String, reason: String)] {
    defer { (begun, held) = ([:], 0) }
    return begun.values.map { (place: $0.place, reason: "segments of it are missing after number \($0.last)") }
      .sorted { $0.place < $1.place }
  }

  private mutating func forget(_ id: String) { held -= begun.removeValue(forKey: id)?.record.block.count ?? 0 }
}

extension WARCRecord {
  /// Whether it is a part of a longer record.
  public var isSegment: Bool { kind == .continuation || fields.first("warc-segment-number") != nil }

  /// Without what holds for the first segment alone, and with a block of its own.
  fileprivate var unsegmented: WARCRecord {
    let names = ["warc-segment-number", "warc-block-digest", "content-length"]
    let kept = fields.canonicalBytes.split(separator: 10).filter { line in
      !names.contains { line.prefix { $0 != UInt8(ascii: ":") }.equals($0) }
    }
    return WARCRecord(
      version: version, fields: HTTPFields(canonicalBytes: kept.flatMap { $0 + [10] }), block: Array(block)[...])
  }
}
