import JSON
import Model

/// An article text for programs: the keys of `show --json` and `extract --json`.
extension ArticleText {
  func json(url: String?, extractor: Int) -> JSONValue {
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

  /// For people: fields, a blank line, the text.
  func printed(heading: String?) {
    if let heading { Terminal.print(Style.dim(heading)) }
    if !headline.isEmpty { Terminal.print(Style.bold(headline)) }
    if let lead { Terminal.print(lead) }
    let dates = [published.map { "published \($0)" }, modified.map { "modified \($0)" }].compactMap(\.self)
    let line =
      ([byline.isEmpty ? nil : "by \(byline.joined(separator: ", "))", site, language].compactMap(\.self) + dates)
    if !line.isEmpty { Terminal.print(Style.dim(line.joined(separator: " · "))) }
    for block in blocks {
      Terminal.print("")
      Terminal.print(block.kind.prefix + (block.kind == .heading ? Style.bold(block.text) : block.text))
    }
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

extension Block.Kind {
  /// What marks a block that is no paragraph.
  fileprivate var prefix: String {
    switch self {
    case .paragraph: ""
    case .heading: "## "
    case .item: "• "
    case .quote: "> "
    case .caption: "[caption] "
    case .table: "| "
    case .notice: "[notice] "
    }
  }
}
