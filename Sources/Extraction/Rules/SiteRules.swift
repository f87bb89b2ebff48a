import JSON
import Markup
import Model

/// What is known of single sites, as data: where their articles stand, and what in them is none of the article.
///
/// `{"version": 1, "rules": [{"hosts": ["post.example"], "keep": [".story"], "drop": ["#offers"], "headline": "h1",
/// "byline": ".by", "date": "time"}]}`: selectors as `Selector` reads them, all keys but `hosts` optional. A host stands for
/// itself and what is below it.
public struct SiteRules: Hashable, Sendable {
  /// Of the form of the file.
  static let version: Int64 = 1

  public enum Invalid: Error, Hashable, Sendable {
    case notJSON, unknownVersion, noRules
    case badRule(number: Int, String)

    public var code: String { "bad-rules" }
    public var message: String {
      switch self {
      case .notJSON: "it is not JSON"
      case .unknownVersion: "its version is not \(SiteRules.version)"
      case .noRules: "it has no list called rules"
      case .badRule(let number, let why): "rule \(number): \(why)"
      }
    }
  }

  struct Rule: Hashable, Sendable {
    let hosts: [String]
    let keep: [Selector]
    let drop: [Selector]
    let headline: Selector?
    let byline: Selector?
    let date: Selector?
  }

  private let rules: [Rule]

  /// None but those that are shipped.
  public init() { rules = [] }

  /// Reads a rules file. Throws what is wrong with it, the first rule counted as 1.
  public init(parsing file: [UInt8]) throws(Invalid) {
    // Why it is no JSON matters little here: a person wrote the file and has it at hand.
    guard let value = try? JSONValue(parsing: file) else { throw .notJSON }
    guard value["version"]?.int == Self.version else { throw .unknownVersion }
    guard let list = value["rules"]?.array else { throw .noRules }
    var rules: [Rule] = []
    for (index, item) in list.enumerated() { rules.append(try Self.rule(item, number: index + 1)) }
    self.rules = rules
  }

  private static func rule(_ value: JSONValue, number: Int) throws(Invalid) -> Rule {
    guard case .object(let members) = value else { throw .badRule(number: number, "it is not an object") }
    let known = ["hosts", "keep", "drop", "headline", "byline", "date"]
    if let other = members.first(where: { !known.contains($0.key) }) {
      throw .badRule(number: number, "it has an unknown key, \(other.key)")
    }
    let hosts = value["hosts"]?.array?.compactMap { $0.string?.lowercased() } ?? []
    guard !hosts.isEmpty, hosts.allSatisfy({ !$0.isEmpty }) else { throw .badRule(number: number, "it names no hosts") }
    func selectors(_ key: String) throws(Invalid) -> [Selector] {
      guard let value = value[key] else { return [] }
      guard let texts = value.string.map({ [$0] }) ?? value.array?.compactMap(\.string), !texts.isEmpty else {
        throw .badRule(number: number, "\(key) holds no selector")
      }
      var out: [Selector] = []
      for text in texts {
        guard let selector = Selector(text) else {
          throw .badRule(number: number, "\(key) has a selector that cannot be read, \(text)")
        }
        out.append(selector)
      }
      return out
    }
    return Rule(
      hosts: hosts, keep: try selectors("keep"), drop: try selectors("drop"),
      headline: try selectors("headline").first, byline: try selectors("byline").first,
      date: try selectors("date").first)
  }

  /// The first rule for a page's host: of these, then of those that are shipped.
  func rule(for url: String?) -> Rule? {
    guard !(rules.isEmpty && Self.shipped.rules.isEmpty), let url, let host = try? WebURL(url).host else {
      return nil  // of no address that can be read nothing is known
    }
    return (rules + Self.shipped.rules).first { rule in
      rule.hosts.contains { host == $0 || host.hasSuffix("." + $0) }
    }
  }

  /// A file that is shipped and cannot be read would be found by a test; then there are none.
  private static let shipped: SiteRules = (try? SiteRules(parsing: Array(ShippedRules.file.utf8))) ?? SiteRules()
}

/// A rule's elements in one page.
struct RuleMatches {
  var keep: [Int] = []
  var drop: [Int] = []
  var headline: Int?
  var byline: [Int] = []
  var date: Int?

  init(_ rule: SiteRules.Rule?, in tree: MarkupTree) {
    guard let rule else { return }
    keep = Self.outermost(rule.keep.flatMap { $0.outermost(in: tree) }, in: tree)
    drop = rule.drop.flatMap { $0.outermost(in: tree) }
    headline = rule.headline?.outermost(in: tree).first
    byline = rule.byline?.outermost(in: tree) ?? []
    date = rule.date?.outermost(in: tree).first
  }

  /// In order, none inside another.
  private static func outermost(_ nodes: [Int], in tree: MarkupTree) -> [Int] {
    var out: [Int] = []
    for node in nodes.sorted() where out.last.map({ node >= tree.nodes[$0].end }) ?? true { out.append(node) }
    return out
  }
}
