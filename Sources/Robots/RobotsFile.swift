/// What a robots.txt says (RFC 9309): groups of rules for named crawlers, and the sitemaps it lists.
///
/// Read line by line as such files are in the wild: any line ends, a byte order mark, comments, a missing colon, the usual
/// misspellings. A line that makes no sense is passed over. Linear in the octets that are read.
public struct RobotsFile: Sendable {
  /// RFC 9309 §2.5 asks for at least this many octets; what lies beyond is ignored.
  public static let longest = 500 << 10

  /// The addresses of all Sitemap lines, in order, as written. They belong to no group (§2.2.4).
  public private(set) var sitemaps: [String] = []
  private var groups: [Group] = []
  private var delays: [Delay] = []

  /// Rules in a row and the crawlers they are for.
  private struct Group {
    var agents: [Agent] = []
    var rules: [RobotsRule] = []
  }

  /// A Crawl-delay line and the crawlers it is for.
  private struct Delay {
    var agents: [Agent]
    let milliseconds: Int64
  }

  private enum Agent: Hashable {
    case everyone
    /// In lower case.
    case token(String)
  }

  public init(_ octets: [UInt8]) {
    var rest = Self.readable(octets)
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var reader = Reader()
    for line in rest.split(whereSeparator: Self.isLineEnd) {
      guard let (key, value) = RobotsLine.parse(line) else { continue }
      switch key {
      case .sitemap: sitemaps.append(String(decoding: value, as: UTF8.self))
      case .userAgent: reader.take(agent: Self.agent(value))
      case .allow: reader.take(RobotsRule(value, allows: true))
      case .disallow: reader.take(RobotsRule(value, allows: false))
      case .crawlDelay: reader.take(delay: value)
      }
    }
    (groups, delays) = (reader.groups, reader.delays)
  }

  /// The rules for a crawler: those of all groups that name it, else of all groups for everyone, else none (§2.2.1).
  /// - Parameter productToken: letters, `_` and `-`; its case does not matter.
  public func rules(for productToken: String) -> RobotsRules {
    let named = Agent.token(productToken.lowercased())
    let isNamed = groups.contains { $0.agents.contains(named) }
    let agent = isNamed ? named : .everyone
    return RobotsRules(
      groups.filter { $0.agents.contains(agent) }.flatMap(\.rules),
      crawlDelayMilliseconds: delays.filter { $0.agents.contains(agent) }.map(\.milliseconds).max())
  }

  /// What of a file is read: `longest` octets, less the line that they cut in two, for half a rule says something else.
  static func readable(_ octets: [UInt8]) -> ArraySlice<UInt8> {
    guard octets.count > longest else { return octets[...] }
    return octets[..<(octets[...longest].lastIndex(where: isLineEnd) ?? 0)]
  }

  private static func isLineEnd(_ octet: UInt8) -> Bool { octet == 10 || octet == 13 }

  /// The product token at the start of a value, a version after it left aside; nil when there is none.
  private static func agent(_ value: ArraySlice<UInt8>) -> Agent? {
    if value.first == UInt8(ascii: "*"), value.count == 1 || RobotsLine.isSpace(value[value.startIndex + 1]) {
      return .everyone
    }
    let token = value.prefix { (65...90).contains($0 & 0xDF) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    return token.isEmpty ? nil : .token(String(decoding: token, as: UTF8.self).lowercased())
  }

  /// Puts lines together to groups.
  private struct Reader {
    var groups: [Group] = []
    var delays: [Delay] = []
    /// Whether the last group still takes crawlers: it does until its first rule. Other lines do not end that (§2.2.4).
    private var isNaming = false
    /// Since when, among the crawlers of the last group, a Crawl-delay line counts for them. It stands outside the RFC, and
    /// in files written for it each crawler has its own, with no rule between one and the next crawler.
    private var firstDelayed = 0
    private var sawDelay = false

    mutating func take(agent: Agent?) {
      if !isNaming {
        groups.append(Group())
        (isNaming, firstDelayed, sawDelay) = (true, 0, false)
      }
      if sawDelay { (firstDelayed, sawDelay) = (groups[groups.count - 1].agents.count, false) }
      if let agent { groups[groups.count - 1].agents.append(agent) }
    }

    /// Rules before the first User-agent line are nobody's; an empty one says nothing but ends the naming.
    mutating func take(_ rule: RobotsRule?) {
      isNaming = false
      guard !groups.isEmpty, let rule else { return }
      groups[groups.count - 1].rules.append(rule)
    }

    mutating func take(delay value: ArraySlice<UInt8>) {
      guard let group = groups.last, let milliseconds = RobotsLine.milliseconds(value) else { return }
      sawDelay = true
      delays.append(Delay(agents: Array(group.agents[firstDelayed...]), milliseconds: milliseconds))
    }
  }
}
