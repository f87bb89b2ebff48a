import Model

/// What a record's named fields say (ISO 28500:2017 §5, §6).
extension WARCRecord {
  /// The record types; those of later drafts and of others' own are `other`.
  public enum Kind: String, Hashable, Sendable {
    case warcinfo, response, resource, request, metadata, revisit, conversion, continuation, other
  }

  public static func kind(of fields: HTTPFields) -> Kind {
    fields.first("warc-type").flatMap { Kind(rawValue: String(decoding: $0, as: UTF8.self).lowercased()) } ?? .other
  }

  public var kind: Kind { Self.kind(of: fields) }

  /// The first value of a field, its name given in lower case.
  public func value(_ lowercaseName: StaticString) -> String? {
    fields.first(lowercaseName).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The URL of what was captured, without the angle brackets that the grammar of WARC 1.0 put around it and some writers do;
  /// nil when there is none.
  public var target: String? { Self.target(of: fields) }

  public static func target(of fields: HTTPFields) -> String? {
    fields.first("warc-target-uri").map { bare(String(decoding: $0, as: UTF8.self)) }
  }

  /// WARC-Date; finer than milliseconds is cut off. Drafts wrote 14 digits.
  public var date: Instant? { value("warc-date").flatMap(Self.instant) }

  /// The URL, the date and the record id that a revisit names as what it repeats, as far as it does.
  public var refersTo: (target: String?, date: Instant?, id: String?) {
    (
      value("warc-refers-to-target-uri").map(Self.bare), value("warc-refers-to-date").flatMap(Self.instant),
      value("warc-refers-to").map(Self.bare)
    )
  }

  /// Whether Stet wrote it: then it says what capture it is.
  public var isOurs: Bool { Self.isOurs(fields) }

  public static func isOurs(_ fields: HTTPFields) -> Bool { fields.first("stet-capture") != nil }

  /// The URL as it was, where ours had to be escaped to stand in a field. Nobody else's record is believed there: nothing
  /// attests it.
  var statedURL: String? { isOurs ? value("stet-url") : nil }

  /// The article that one of ours is a capture of, if it is not the URL itself.
  public var article: String? { isOurs ? value("stet-article") : nil }

  public var id: String? { value("warc-record-id").map(Self.bare) }

  static func bare(_ uri: String) -> String {
    uri.utf8.first == UInt8(ascii: "<") && uri.utf8.last == UInt8(ascii: ">") ? String(uri.dropFirst().dropLast()) : uri
  }

  /// RFC 3339, or the 14 digits of CDX and ARC files.
  static func instant(_ text: String) -> Instant? {
    guard isDigits(text, 14) else { return Instant(text) }
    let digits = Array(text.utf8)
    func two(_ at: Int) -> String { String(decoding: digits[at..<(at + 2)], as: UTF8.self) }
    return Instant("\(two(0))\(two(2))-\(two(4))-\(two(6))T\(two(8)):\(two(10)):\(two(12))Z")
  }

  static func isDigits(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
