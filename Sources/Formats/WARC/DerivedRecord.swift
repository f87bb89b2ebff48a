import Model

/// WARC records of what follows from captures, and of the file itself.
///
/// What was derived has target URIs of its own: pywb and others list records of any type as captures of their target URI, and
/// would show a text in the page's place.
public enum DerivedRecord {
  /// What a file is: the first record of each.
  /// - Parameters:
  ///   - part: what tells the file's content apart from that of any other.
  ///   - newest: the instant of the newest capture in it, for there is no clock.
  public static func file(
    software: String, description: String, origin: String, part: Digest, newest: Instant, by writer: RecordWriter
  ) -> RecordWriter.Written {
    let block = """
      software: \(software)\r
      format: WARC File Format 1.1\r
      conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r
      description: \(description)\r
      isPartOf: \(origin)\r

      """
    return writer.write(
      [
        ("WARC-Type", "warcinfo"), ("WARC-Record-ID", RecordID.make("warcinfo", [part.description])),
        ("WARC-Date", newest.description), ("Content-Type", "application/warc-fields"),
      ], block: [Array(block.utf8)])
  }

  /// What an article said from a capture on.
  /// - Parameters:
  ///   - url: of the capture.
  ///   - capture: the name of its record.
  public static func text(
    _ text: ArticleText, revision: Int, extractor: Int, url: String, at: Instant, capture: String,
    by writer: RecordWriter
  ) -> (record: RecordWriter.Written, id: String) {
    let block = Array(text.canonicalText.utf8)
    let digest = Digest(of: block)
    let id = RecordID.make("conversion", [capture, "\(revision)", digest.description])
    let record = writer.write(
      [
        ("WARC-Type", "conversion"), ("WARC-Record-ID", id), ("WARC-Date", at.description),
        ("WARC-Target-URI", "urn:stet:text:" + TargetURI.escaped(url)), ("WARC-Refers-To", capture),
        ("WARC-Payload-Digest", digest.description), ("Content-Type", "text/plain;charset=utf-8"),
        ("Stet-Snapshot", digest.description), ("Stet-Extractor", "\(extractor)"), ("Stet-Revision", "\(revision)"),
      ], block: [block])
    return (record, id)
  }

  /// How a revision differs from the one before, as JSON.
  /// - Parameter text: the name of the record of what it said.
  public static func edits(
    _ json: [UInt8], revision: Int, url: String, at: Instant, text: String, by writer: RecordWriter
  ) -> (record: RecordWriter.Written, line: CDXLine) {
    let (target, digest) = ("urn:stet:edits:" + TargetURI.escaped(url), Digest(of: json))
    let record = writer.write(
      [
        ("WARC-Type", "metadata"), ("WARC-Record-ID", RecordID.make("metadata", [text, digest.description])),
        ("WARC-Date", at.description), ("WARC-Target-URI", target), ("WARC-Refers-To", text),
        ("WARC-Payload-Digest", digest.description), ("Content-Type", "application/json"),
        ("Stet-Revision", "\(revision)"),
      ], block: [json])
    return (
      record,
      CDXLine(
        url: target, at: at, mime: "application/json", digest: digest.description, length: Int64(record.length))
    )
  }
}
