import Model

/// An article text as the commands print it.
extension ArticleText {
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
