import Foundation

/// The demonstration's news site: its articles, outlets and templates, read from a folder, and their pages at each stage.
struct Site: Sendable {
  /// In the order of their names.
  let articles: [StagedArticle]
  private let outlets: [String: Outlet]
  private let templates: [String: Template]

  /// Reads `articles/*.txt`, `outlets/*.txt` and `templates/*.html`, and renders every page once, so that a fault in a
  /// file shows here and not during a request.
  init(folder: String, stages: Int) throws(SiteError) {
    var articles: [StagedArticle] = []
    for (name, text) in try Self.texts(in: folder + "/articles", ending: ".txt") {
      articles.append(try StagedArticle(name: name, text: text))
    }
    var outlets: [String: Outlet] = [:]
    for (name, text) in try Self.texts(in: folder + "/outlets", ending: ".txt") {
      outlets[name] = try Outlet(name: name, text: text)
    }
    var templates: [String: Template] = [:]
    for (name, text) in try Self.texts(in: folder + "/templates", ending: ".html") {
      templates[name] = Template(name: name, text: text)
    }
    (self.articles, self.outlets, self.templates) = (articles, outlets, templates)
    for article in articles {
      for stage in 0..<stages {
        _ = try page(of: article, at: stage, request: 0, base: "", now: "")
      }
    }
    for name in ["consent", "missing", "busy"] { _ = try plainPage(name, request: 0) }
    _ = try frontPage(at: 0)
  }

  /// An article's page: the article at a stage, in furniture that is this request's own.
  func page(
    of article: StagedArticle, at stage: Int, request: Int, base: String, now: String
  ) throws(SiteError) -> String {
    let outlet = try outlet(of: article, at: stage)
    let template = try template(outlet.template, wantedBy: outlet.name)
    var furniture = Furniture(request: request)
    var texts = furniture.values(now: now)
    for (key, word) in outlet.words { texts["w." + key] = word }
    for key in ["headline", "lead", "byline", "published", "section", "caption", "credit"] {
      guard let value = article.value(key, at: stage) else {
        throw .missing(what: "\(key) at stage \(stage)", wantedBy: article.name)
      }
      texts[key] = value
    }
    texts["modified"] = article.value("modified", at: stage) ?? texts["published"]
    texts["day"] = texts["published"].map { String($0.prefix(10)) }
    texts["slug"] = article.name
    texts["url"] = base + (article.value("path", at: stage) ?? "/")

    var markup: [String: String] = [:]
    for (key, count) in [("ticker", 3), ("related", 4), ("popular", 5)] {
      markup[key] = try teasers(count, of: outlet, in: template, &furniture, texts)
    }
    markup["body"] = try body(of: article, at: stage, outlet, template, &furniture, texts)
    return try template.fill("page", texts: texts, markup: markup)
  }

  /// A page that is no article: `consent`, `missing` or `busy`.
  func plainPage(_ name: String, request: Int) throws(SiteError) -> String {
    var furniture = Furniture(request: request)
    return try template(name, wantedBy: "the site").fill("page", texts: furniture.values(now: ""))
  }

  /// A list of links to all articles, for a person with a browser.
  func frontPage(at stage: Int) throws(SiteError) -> String {
    let links = articles.map { article in
      let path = Template.escapedForHTML(article.value("path", at: stage) ?? "/")
      return "<li><a href=\"\(path)\">\(Template.escapedForHTML(article.value("headline", at: stage) ?? ""))</a></li>"
    }
    return try template("front", wantedBy: "the site")
      .fill("page", texts: ["stage": String(stage)], markup: ["links": links.joined(separator: "\n")])
  }

  /// The blocks, with the template's `inset N` after the Nth.
  private func body(
    of article: StagedArticle, at stage: Int, _ outlet: Outlet, _ template: Template, _ furniture: inout Furniture,
    _ texts: [String: String]
  ) throws(SiteError) -> String {
    var out = ""
    for (index, block) in article.blocks(at: stage).enumerated() {
      out += try template.fill(block.kind.rawValue, texts: texts, markup: ["text": Self.html(block.text)])
      let inset = "inset \(index + 1)"
      if template.has(inset) {
        let teaser = furniture.pick(1, of: outlet.teasers).joined()
        out += try template.fill(inset, texts: texts.merging(["teaser": teaser]) { $1 })
      }
    }
    return out
  }

  private func teasers(
    _ count: Int, of outlet: Outlet, in template: Template, _ furniture: inout Furniture, _ texts: [String: String]
  ) throws(SiteError) -> String {
    var out = ""
    for teaser in furniture.pick(count, of: outlet.teasers) {
      let own = furniture.values(now: "").merging(["teaser": teaser]) { $1 }
      out += try template.fill("teaser", texts: texts.merging(own) { $1 })
    }
    return out
  }

  private func outlet(of article: StagedArticle, at stage: Int) throws(SiteError) -> Outlet {
    let name = article.value("outlet", at: stage) ?? ""
    guard let outlet = outlets[name] else { throw .missing(what: "outlet \(name)", wantedBy: article.name) }
    return outlet
  }

  private func template(_ name: String, wantedBy reader: String) throws(SiteError) -> Template {
    guard let template = templates[name] else { throw .missing(what: "template \(name)", wantedBy: reader) }
    return template
  }

  /// A block's text with its marks made markup.
  private static func html(_ text: String) -> String {
    var out = ""
    for (index, piece) in Template.escapedForHTML(text).split(separator: "_", omittingEmptySubsequences: false)
      .enumerated()
    {
      out += index == 0 ? "" : index % 2 == 1 ? "<em>" : "</em>"
      out += piece
    }
    return out.replacing("[[", with: "<a href=\"/topics\">").replacing("]]", with: "</a>")
  }

  /// The files of a folder by name without ending, in the order of the names.
  private static func texts(in folder: String, ending: String) throws(SiteError) -> [(name: String, text: String)] {
    do {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.sorted()
      return try files.map { file in
        let text = try String(contentsOf: URL(filePath: folder + "/" + file), encoding: .utf8)
        return (String(file.dropLast(ending.count)), text)
      }
    } catch {
      throw .unreadable(file: folder, reason: error.localizedDescription)
    }
  }
}
