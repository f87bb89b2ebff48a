import Markup
import Model

/// A front or section page: which of its links are likely articles.
///
/// A guess, from the shape of addresses and from where a link stands: it is told by what site software has in common, and
/// no site's own markup is known here. Cost: linear in the page.
public enum ListingPage {
  public struct Link: Hashable, Sendable {
    /// Absolute, tracking parameters dropped.
    public let url: ArticleURL
    /// The longest text of the links to it, on one line; empty when there are only pictures.
    public let text: String
    /// `threshold` or more; higher is likelier.
    public let score: Int
  }

  /// Links below it are left out.
  public static let threshold = 5

  /// At most 1000, in page order, none twice, only addresses of the page's own site. `url` is where the page came from.
  public static func links(in tree: MarkupTree, url: String) -> [Link] {
    let base = PageAddresses.base(of: tree, url: url)
    guard let page = ArticleURL(url) else { return [] }
    let site = SiteName.of(host: page.request.host)
    var found = Candidates()
    let places = Place.all(in: tree)
    for index in tree.nodes.indices where tree.nodes[index].tag == .a && found.count < 5000 {
      guard let href = tree.value(of: "href", at: index), !href.hasPrefix("#"),
        let address = NamedAddress.absolute(href, base: base), let target = ArticleURL(address),
        target.loose != page.loose, SiteName.of(host: target.request.host) == site
      else { continue }
      let words = FieldText.line(tree.textBytes(of: index))
      found.take(target, text: words.isEmpty ? label(of: index, in: tree) : words, place: places[index])
    }
    return found.chosen
  }

  /// What a link without text is called: by itself or by its picture.
  private static func label(of node: Int, in tree: MarkupTree) -> String {
    for index in node..<tree.nodes[node].end {
      let name =
        tree.nodes[index].tag == .img ? tree.value(of: "alt", at: index) : tree.value(of: "aria-label", at: index)
      if let name, !name.isEmpty { return FieldText.line(name.utf8) }
    }
    return ""
  }

  /// What a link stands in.
  struct Place: OptionSet {
    let rawValue: UInt8
    static let heading = Place(rawValue: 1)
    static let article = Place(rawValue: 2)
    static let navigation = Place(rawValue: 4)
    static let footer = Place(rawValue: 8)
    static let header = Place(rawValue: 16)
    static let item = Place(rawValue: 32)

    /// For each node the places around it, and, of a link, a heading inside it.
    static func all(in tree: MarkupTree) -> [Place] {
      var places = [Place](repeating: [], count: tree.nodes.count)
      var link: Int?
      for index in tree.nodes.indices.dropFirst() {
        let node = tree.nodes[index]
        var own = places[node.parent]
        switch node.tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: own.insert(.heading)
        case .article: own.insert(.article)
        case .nav, .menu: own.insert(.navigation)
        case .footer: if !own.contains(.article) { own.insert(.footer) }
        case .header: if !own.contains(.article) { own.insert(.header) }
        case .li: own.insert(.item)
        case .a: link = index
        case .text: continue
        default: break
        }
        if let role = tree.value(of: "role", at: index) {
          if role == "navigation" || role == "menu" || role == "menubar" { own.insert(.navigation) }
          if role == "contentinfo" { own.insert(.footer) }
        }
        places[index] = own
        if let link, index < tree.nodes[link].end, own.contains(.heading) { places[link].insert(.heading) }
      }
      return places
    }
  }

  /// Links by address, as they are met.
  private struct Candidates {
    private struct Candidate {
      let url: ArticleURL
      let shape: AddressShape
      var text: String
      var places: Place
    }

    private var byAddress: [String: Int] = [:]
    private var list: [Candidate] = []

    var count: Int { list.count }

    mutating func take(_ url: ArticleURL, text: String, place: Place) {
      if let index = byAddress[url.loose] {
        if text.utf8.count > list[index].text.utf8.count { list[index].text = text }
        // In a heading once is in a heading; in a menu only if never elsewhere.
        let lasting: Place = [.heading, .article, .item]
        list[index].places = list[index].places.intersection(place).union(
          list[index].places.union(place).intersection(lasting))
        return
      }
      let shape = AddressShape(url.request)
      guard !shape.isRoot, !shape.isOfOtherKind else { return }
      byAddress[url.loose] = list.count
      list.append(Candidate(url: url, shape: shape, text: text, places: place))
    }

    /// Two rounds: what a link is worth by itself, then whether addresses of its make are mostly worth as much.
    var chosen: [Link] {
      let scores = list.map(Self.score)
      var families: [String: (good: Int, all: Int)] = [:]
      for (candidate, score) in zip(list, scores) {
        let family = Self.family(candidate)
        let before = families[family] ?? (0, 0)
        families[family] = (before.good + (score >= threshold ? 1 : 0), before.all + 1)
      }
      return zip(list, scores).compactMap { candidate, score in
        let (good, all) = families[Self.family(candidate)] ?? (0, 0)
        // A family of one says nothing. One that is mostly poor holds sections whose names happen to be long.
        let kin = all >= 4 ? (good * 3 >= all * 2 ? 1 : good * 4 < all ? -2 : 0) : 0
        let total = score + (score > 2 ? kin : 0)
        return total >= threshold ? Link(url: candidate.url, text: candidate.text, score: total) : nil
      }.prefix(1000).map { $0 }
    }

    private static func score(_ candidate: Candidate) -> Int {
      let shape = candidate.shape
      var score = shape.score
      // Nothing about the address speaks for an article: then no place does.
      guard score > 0 || shape.segments.count >= 2 else { return 0 }
      let length = candidate.text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 3 : 1) }  // ideographs say more
      score += length >= 60 ? 3 : length >= 30 ? 2 : length >= 18 ? 1 : length < 10 ? -1 : 0
      if candidate.places.contains(.heading) { score += 2 }
      if candidate.places.contains(.article) { score += 1 }
      if candidate.places.contains(.navigation) || candidate.places.contains(.footer) { score -= 4 }
      if candidate.places.contains(.header), !candidate.places.contains(.heading) { score -= 2 }
      return score
    }

    /// The make of an address: host, depth, and what its segments are.
    private static func family(_ candidate: Candidate) -> String {
      let shape = candidate.shape
      let kinds = "\(shape.slugWords >= 3 ? "s" : "")\(shape.hasDate ? "d" : "")\(shape.hasIdentifier ? "i" : "")"
      return "\(candidate.url.request.host) \(shape.segments.count) \(kinds) \(shape.fileExtension ?? "")"
    }
  }
}
