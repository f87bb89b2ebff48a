/// One article of the demonstration, as its text file tells it: what it says at each stage.
///
/// The file has header lines `key: value`, an empty line, then blocks parted by empty lines. A line or block may open with
/// the stages at which it stands, `[0-2]` or `[3-]`; without that it stands at all of them. A block that opens with `## `
/// is a sub-heading, with `! ` a notice; `_…_` is emphasis and `[[…]]` a link.
struct StagedArticle: Sendable {
  struct Block: Equatable, Sendable {
    enum Kind: String, Sendable { case paragraph, heading, notice }
    let kind: Kind
    /// With its emphasis and link marks.
    let text: String

    /// Without its marks.
    var plain: String {
      text.replacing("_", with: "").replacing("[[", with: "").replacing("]]", with: "")
    }
  }

  /// A header value or a block, and when it stands.
  private struct Staged<Content: Sendable>: Sendable {
    let stages: ClosedRange<Int>
    let content: Content
  }

  /// The file's name without its ending.
  let name: String
  private let header: [String: [Staged<String>]]
  private let body: [Staged<Block>]

  /// The value of a header line at a stage; nil when there is none then.
  func value(_ key: String, at stage: Int) -> String? {
    header[key]?.first { $0.stages.contains(stage) }?.content
  }

  /// The blocks that stand at a stage, in order.
  func blocks(at stage: Int) -> [Block] {
    body.filter { $0.stages.contains(stage) }.map(\.content)
  }

  /// The stage at which what is said now was first said: the latest one, up to `stage`, at which a text began or ended.
  func lastChange(upTo stage: Int) -> Int {
    let texts = ["headline", "lead", "byline", "published", "caption"].flatMap { header[$0] ?? [] }.map(\.stages)
    let bounds = (texts + body.map(\.stages)).flatMap {
      [$0.lowerBound, $0.upperBound == Int.max ? 0 : $0.upperBound + 1]
    }
    return bounds.filter { $0 <= stage }.max() ?? 0
  }
}

extension StagedArticle {
  /// Reads a file's text. Throws `SiteError.malformed` when a line is neither, two lines give one key a value at
  /// the same stage, or a header line that every article needs is missing.
  init(name: String, text: String) throws(SiteError) {
    var header: [String: [Staged<String>]] = [:]
    var body: [Staged<Block>] = []
    let parts = text.split(separator: "\n\n", omittingEmptySubsequences: true)
    for line in parts.first?.split(separator: "\n") ?? [] {
      let (stages, rest) = try Self.stages(of: line, in: name)
      guard let colon = rest.firstIndex(of: ":") else { throw .malformed(file: name, line: String(line)) }
      let key = String(rest[..<colon])
      guard header[key, default: []].allSatisfy({ !$0.stages.overlaps(stages) }) else {
        throw .malformed(file: name, line: String(line))
      }
      let value = rest[rest.index(after: colon)...].drop { $0 == " " }
      header[key, default: []].append(Staged(stages: stages, content: String(value)))
    }
    for part in parts.dropFirst() {
      let (stages, rest) = try Self.stages(of: part.drop { $0 == "\n" }, in: name)
      let text = String(rest).replacing("\n", with: " ").trimmed
      let block =
        if text.hasPrefix("## ") {
          Block(kind: .heading, text: String(text.dropFirst(3)))
        } else if text.hasPrefix("! ") {
          Block(kind: .notice, text: String(text.dropFirst(2)))
        } else {
          Block(kind: .paragraph, text: text)
        }
      body.append(Staged(stages: stages, content: block))
    }
    for key in [
      "outlet", "path", "validators", "headline", "lead", "byline", "published", "section", "caption", "credit",
    ] {
      guard header[key] != nil else { throw .malformed(file: name, line: "(no line “\(key): …”)") }
    }
    (self.name, self.header, self.body) = (name, header, body)
  }

  /// Takes `[a-b] ` or `[a-] ` off the front of a line.
  private static func stages(
    of line: Substring, in name: String
  ) throws(SiteError) -> (stages: ClosedRange<Int>, rest: Substring) {
    guard line.first == "[", !line.hasPrefix("[[") else { return (0...Int.max, line) }
    guard let end = line.firstIndex(of: "]") else { throw .malformed(file: name, line: String(line)) }
    let bounds = line[line.index(after: line.startIndex)..<end].split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2, let first = Int(bounds[0]), let last = bounds[1].isEmpty ? Int.max : Int(bounds[1]),
      first <= last
    else { throw .malformed(file: name, line: String(line)) }
    return (first...last, line[line.index(after: end)...].drop { $0 == " " })
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
