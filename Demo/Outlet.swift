/// One newspaper of the demonstration: its name, its template, the words of its furniture and its teasers.
///
/// The file has lines `key: value` and, for each teaser, `- text`.
struct Outlet: Sendable {
  let name: String
  /// `name`, `lang`, `readalso`, … as templates ask for them.
  let words: [String: String]
  /// Headlines of articles that do not exist, for tickers and boxes. At least one.
  let teasers: [String]
  /// The file name of its template, without the ending.
  let template: String

  init(name: String, text: String) throws(SiteError) {
    var (words, teasers): ([String: String], [String]) = ([:], [])
    for line in text.split(separator: "\n") {
      if line.hasPrefix("- ") {
        teasers.append(String(line.dropFirst(2)))
      } else if let colon = line.firstIndex(of: ":") {
        words[String(line[..<colon])] = String(line[line.index(after: colon)...]).trimmed
      } else {
        throw .malformed(file: name, line: String(line))
      }
    }
    guard let template = words["template"] else { throw .missing(what: "line “template: …”", wantedBy: name) }
    guard !teasers.isEmpty else { throw .missing(what: "teaser", wantedBy: name) }
    (self.name, self.words, self.teasers, self.template) = (name, words, teasers, template)
  }
}
