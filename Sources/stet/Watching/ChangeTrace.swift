import JSON
import Scheduling

/// Change instants in JSON Lines, as `simulate` reads them.
enum ChangeTrace {
  /// The latest instant taken, in seconds either side of 0: some 1,000 years, so that a typing error is no endless run.
  static let farthest: Int64 = 32_000_000_000

  /// - Throws: `CommandFailure` that names the first bad line.
  static func read(_ bytes: [UInt8], doing: String) throws -> [Simulation.Article] {
    var articles: [Simulation.Article] = []
    var lines: [String: Int] = [:]
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { $0 > 32 }) else { continue }
      func bad(_ reason: String) -> CommandFailure {
        CommandFailure(doing, code: "bad-line", "line \(index + 1): \(reason)")
      }
      let article: Simulation.Article
      do { article = try Self.article(Array(line)) } catch { throw bad(error.reason) }
      if let first = lines.updateValue(index + 1, forKey: article.url) {
        throw bad("\(article.url) stands in line \(first) already")
      }
      articles.append(article)
    }
    guard !articles.isEmpty else { throw CommandFailure(doing, code: "empty", "it holds no article") }
    let instants = articles.flatMap { [$0.born] + $0.changes }
    guard let first = instants.min(), let last = instants.max(), last - first <= farthest else {
      throw CommandFailure(doing, code: "too-long", "its instants are more than 1,000 years apart")
    }
    return articles
  }

  private struct Bad: Error { let reason: String }

  private static func article(_ line: [UInt8]) throws(Bad) -> Simulation.Article {
    var scanner = JSONScanner(line)
    var members: [String: JSONValue] = [:]
    do {
      try scanner.object { (key, scanner) throws(JSONError) in members[key] = try scanner.value() }
      try scanner.end()
    } catch { throw Bad(reason: "\(error)") }
    guard case .string(let url)? = members["url"] else { throw Bad(reason: "it has no \"url\" that is a string") }
    guard let born = members["born"].flatMap(seconds) else {
      throw Bad(reason: "it has no \"born\" that is a number of seconds")
    }
    guard case .array(let items)? = members["changes"] else {
      throw Bad(reason: "it has no \"changes\" that is an array")
    }
    var changes: [Int64] = []
    for item in items {
      guard let change = seconds(item) else { throw Bad(reason: "\"changes\" holds what is no number of seconds") }
      changes.append(change)
    }
    return Simulation.Article(url: url, born: born, changes: changes)
  }

  /// A whole number of seconds; fractions are cut off.
  private static func seconds(_ value: JSONValue) -> Int64? {
    guard case .number(let text) = value, let number = Double(text), number.magnitude <= Double(farthest) else {
      return nil
    }
    return Int64(number)
  }
}
