import JSON
import Model

/// What an export had to leave out, as it says so itself: it must not look complete when it is not.
extension LostCapture {
  var json: JSONValue { .object(members.map { ($0.name, JSONValue($0.value)) }) }
}

extension DerivedRecord {
  /// What a file that holds such a list ends with, before the end of its record: it stands uncompressed.
  public static let incompleteMark = Array(#""complete":false}"#.utf8)

  /// What a file lacks: its last record.
  /// - Parameter isPlain: of a gzip file the record is a member too, but stored as it is.
  public static func omissions(
    _ lost: [LostCapture], part: Digest, newest: Instant, isPlain: Bool
  ) -> (record: RecordWriter.Written, line: CDXLine) {
    let block = JSONValue.object([("omitted", .array(lost.map(\.json))), ("complete", false)]).utf8
    let (target, digest) = ("urn:stet:omitted", Digest(of: block))
    let record = RecordWriter(level: isPlain ? nil : 0).write(
      [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", RecordID.make("metadata", [part.description, digest.description])),
        ("WARC-Date", newest.description), ("WARC-Target-URI", target), ("WARC-Payload-Digest", digest.description),
        ("Content-Type", "application/json"), ("Stet-Omitted", "\(lost.count)"),
      ], block: [block])
    return (
      record,
      CDXLine(
        url: target, at: newest, mime: "application/json", digest: digest.description, length: Int64(record.length))
    )
  }
}

extension CaptureLine {
  /// The line that stands in the place of a capture that had to be left out, LF included. Read back, it is a bad line.
  public static func encode(omitted lost: LostCapture) -> [UInt8] {
    JSONValue.object([("omitted", lost.json)]).utf8 + [10]
  }
}
