import JSON
import Model
import Storage

/// An article text: the keys of `show` and `extract`.
extension ArticleText {
  public func json(url: String?, extractor: Int) -> JSONValue {
    let paragraphs = blocks.filter { $0.kind != .caption }.map(\.text)
    return [
      "url": JSONValue(url), "headline": .string(headline), "lead": JSONValue(lead), "byline": JSONValue(byline),
      "published": JSONValue(published?.asShown), "modified": JSONValue(modified?.asShown),
      "language": JSONValue(language), "site": JSONValue(site), "canonical_url": JSONValue(canonicalURL),
      "paragraphs": JSONValue(paragraphs),
      "blocks": .array(
        blocks.map { block in
          ["kind": .string(block.kind.rawValue), "sentences": JSONValue(block.sentences.map(\.text))]
        }),
      "text": .string(([lead].compactMap(\.self) + paragraphs).joined(separator: "\n")),
      "digest": .string(digest.description), "extractor": JSONValue(extractor),
    ]
  }
}

extension PartialTimestamp {
  /// As `description`, but an instant as the page's own clock shows it, `2026-11-20T11:00:00.000+01:00`, for in UTC it may
  /// fall on another day.
  fileprivate var asShown: String {
    guard let offsetMinutes, offsetMinutes != 0, timeOfDay != nil else { return description }
    let clock = PartialTimestamp(date: date, timeOfDay: timeOfDay, offsetMinutes: 0).description.dropLast()
    let (hours, minutes) = abs(offsetMinutes).quotientAndRemainder(dividingBy: 60)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(clock)\(offsetMinutes < 0 ? "-" : "+")\(two(hours)):\(two(minutes))"
  }
}

extension RevisionText {
  /// The keys of `show`.
  public func json(url: String) -> JSONValue {
    guard case .object(let members) = text.json(url: url, extractor: extractor) else { return .null }
    return .object(
      members + [("revision", JSONValue(ordinal)), ("first_capture", .string(firstCapture.description))])
  }
}
