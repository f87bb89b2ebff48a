import Model
import Storage

/// The pages of a folder of files: what an export writes. Links are relative, nothing depends on the time of asking, and what
/// only a server can answer (searches, filters, forms) is left out.
public struct StaticPages: Sendable {
  /// Which articles the folder has.
  private let articles: Set<Int64>

  public init(articles: some Sequence<Int64>) { self.articles = Set(articles) }

  /// Articles on one page of the list.
  public static let listed = 100

  /// A file of the site.
  public struct File: Sendable {
    /// Below the folder, parts with slashes between.
    public let path: String
    public let bytes: [UInt8]
  }

  // MARK: where pages lie

  /// The file of a page; nil when the folder has none of it.
  func path(_ route: Route) -> String? {
    func isHere(_ id: Int64) -> Bool { articles.contains(id) }
    switch route {
    case .today(let filter): return filter == TodayFilter() ? "index.html" : nil
    case .articles(nil, nil): return "articles/index.html"
    case .article(let id, nil) where isHere(id): return "article/\(id)/index.html"
    case .article(let id, let before?) where isHere(id): return "article/\(id)/before/\(before)/index.html"
    case .compare(let id, .ordinal(let from), .ordinal(let to), let isSide, let block)
    where isHere(id) && to == from + 1:
      let page = "article/\(id)/compare/\(from)-\(to)" + (isSide ? "/side" : "")
      return Self.block(page, block)
    case .revision(let id, let ordinal, let block) where isHere(id):
      return Self.block("article/\(id)/revision/\(ordinal)", block)
    case .blame(let id, nil, let block) where isHere(id): return Self.block("article/\(id)/blame", block)
    case .about: return "about/index.html"
    case .asset(let asset): return asset.path
    default: return nil
    }
  }

  private static func block(_ page: String, _ block: Int) -> String {
    block == 0 ? page + "/index.html" : "\(page)/block/\(block)/index.html"
  }

  /// How the page of a file links to others.
  private func site(_ file: String) -> Site {
    let up = String(repeating: "../", count: file.utf8.count { $0 == UInt8(ascii: "/") })
    return Site(now: nil, base: nil, takesWrites: false) { route in path(route).map { up + $0 } }
  }

  private func file(_ route: Route, _ frame: Frame, _ contents: (Site) -> HTML) -> File? {
    path(route).map { path in
      let site = site(path)
      return File(path: path, bytes: frame.page(contents(site), in: site).bytes)
    }
  }

  // MARK: what they say

  /// What every site has: style, program, icon, help.
  public func common() -> [File] {
    Asset.allCases.map { File(path: $0.path, bytes: $0.bytes) }
      + [file(.about, Frame(title: "Help", section: .about), AboutPage.html)].compactMap(\.self)
  }

  /// The first page, with the newest edits of these articles, and the list of them.
  public func lists(_ store: Store) throws(StorageError) -> [File] {
    var scope = Scope()
    scope.articles = articles.sorted()
    let feed = try store.revisions(scope, limit: 60)
    let today = TodayPage(filter: TodayFilter(), feed: feed, overview: nil)
    var files = [file(.home, Frame(title: "Latest edits", section: .today), today.html)]
    var cards: [ArticleCard] = []
    for id in articles.sorted(by: >) { if let card = try store.articleCard(id) { cards.append(card) } }
    let pages = stride(from: 0, to: max(cards.count, 1), by: Self.listed).map {
      Array(cards[$0..<min(cards.count, $0 + Self.listed)])
    }
    for (n, rows) in pages.enumerated() {
      let path = n == 0 ? "articles/index.html" : "articles/\(n + 1)/index.html"
      let site = site(path)
      let back = n == 0 ? "" : "../"
      let links: [HTML?] = [
        n == 0 ? nil : "<a href=\"\(back)\(n == 1 ? "" : "\(n)/")index.html\">← Newer articles</a>",
        n + 1 < pages.count ? "<a href=\"\(back)\(n + 2)/index.html\">Older articles →</a>" : nil,
      ]
      let contents = ArticlesPage(text: nil, rows: rows, next: nil).html(site) + "\(pager(links))"
      files.append(
        File(
          path: path, bytes: Frame(title: "Articles", section: .articles, isWide: true).page(contents, in: site).bytes))
    }
    return files.compactMap(\.self)
  }

  /// What an article's pages follow from: equal states give equal pages. Cheap beside making them.
  public func state(of article: Int64, _ store: Store) throws(StorageError) -> String {
    var text = "stet pages 1\n\(try store.chainDigest(of: article))\n" + Asset.allCases.map { $0.tag + "\n" }.joined()
    // What others say stands on its first page too.
    if let said = try store.text(article, .last) {
      for other in try store.articles(sharing: said.text, with: article, limit: ArticlePage.others) {
        let card = other.article
        text += "\(card.id) \(articles.contains(card.id)) \(other.sentences) \(card.headline ?? "-")\n"
      }
    }
    return Digest(ofUTF8: text).hexadecimal
  }

  /// The mark by which the file of an article's first page tells its state.
  public static func mark(_ state: String) -> [UInt8] {
    (#"<meta name="stet-state" content=""# as HTML + HTML(text: state) + #"">"# as HTML).bytes
  }

  /// The file that is written last of an article.
  public func door(_ article: Int64) -> String { "article/\(article)/index.html" }

  /// All pages of an article, its first page last, handed out one by one.
  public func article(
    _ id: Int64, state: String, _ store: Store, write: (File) throws(StorageError) -> Void
  ) throws(StorageError) {
    guard let card = try store.articleCard(id) else { return }
    let name = card.headline ?? card.url
    func hand(_ file: File?) throws(StorageError) { if let file { try write(file) } }
    do throws(PageError) {
      for ordinal in stride(from: 1, through: card.revisions, by: 1) {
        var block: Int? = 0
        while let at = block {
          let page = try RevisionPage.load(store, card, ordinal, block: at)
          do {
            try hand(
              file(
                .revision(id, ordinal, block: at),
                Frame(title: "\(page.revision.text.headline), revision \(ordinal)", section: .articles), page.html))
          } catch { throw .storage(error) }
          block = page.next
        }
        guard ordinal > 1 else { continue }
        for isSide in [false, true] {
          var block: Int? = 0
          while let at = block {
            let (from, to) = (RevisionPoint.ordinal(ordinal - 1), RevisionPoint.ordinal(ordinal))
            let page = try ComparePage.load(store, card, from: from, to: to, isSideBySide: isSide, block: at)
            do {
              try hand(
                file(
                  .compare(id, from: from, to: to, isSideBySide: isSide, block: at),
                  Frame(title: "Revisions \(ordinal - 1) and \(ordinal): \(name)", section: .articles, isWide: true),
                  page.html))
            } catch { throw .storage(error) }
            block = page.next
          }
        }
      }
      if card.revisions > 0 {
        var block: Int? = 0
        while let at = block {
          let page = try BlamePage.load(store, card, nil, start: at)
          do {
            try hand(file(.blame(id, nil, block: at), Frame(title: "Blame: \(name)", section: .articles), page.html))
          } catch { throw .storage(error) }
          block = page.next
        }
      }
      var before: Int? = try ArticlePage.load(store, card, before: nil).next
      while let at = before {
        let page = try ArticlePage.load(store, card, before: at)
        do {
          try hand(file(.article(id, before: at), Frame(title: name, section: .articles, isWide: true), page.html))
        } catch { throw .storage(error) }
        before = page.next
      }
      let page = try ArticlePage.load(store, card, before: nil)
      do {
        try hand(
          file(.article(id, before: nil), Frame(title: name, section: .articles, state: state, isWide: true), page.html)
        )
      } catch { throw .storage(error) }
    } catch {
      switch error {
      case .storage(let error): throw error
      // Every revision asked for was counted just before: the archive changed in between, or is damaged.
      case .bad(let bad): throw .failed(path: card.url, detail: bad.message)
      }
    }
  }
}
