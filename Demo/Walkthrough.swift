import Foundation
import LoopbackServer

/// The demonstration from beginning to end: the site changes stage by stage, Stet watches, and what it found is marked.
struct Walkthrough {
  let key: AnswerKey
  let newsroom: Newsroom
  let server: LoopbackServer
  let work: WorkFolder
  let stet: Stet
  let terminal: Terminal

  /// Runs it; true when Stet found every edit and invented none.
  func run() throws -> Bool {
    try start()
    var passes: [Marking.Pass] = []
    for (number, stage) in key.stages.enumerated() { passes.append(try sync(stage, number: number)) }
    try show()
    let findings = try Findings(urls: articles.map { ($0.name, url(of: $0)) }, stet: stet)
    let flawless = report(Marking(findings, against: key, passes: passes), pages: newsroom.articlePages)
    farewell()
    return flawless
  }

  private func start() throws {
    terminal.title("A small press, on this machine alone")
    terminal.say(
      "\(articles.count) articles in \(Set(articles.compactMap { $0.value("outlet", at: 0) }).count) newspapers at "
        + "\(server.url("/")), one ferry, nothing real. Their addresses are in a list.")
    try work.write(list: articles.map(url(of:)))
    try stet.show("init")
    try stet.show("add", "--from", work.list)
  }

  private func sync(_ stage: AnswerKey.Stage, number: Int) throws -> Marking.Pass {
    terminal.title("Stage \(number)")
    terminal.say(stage.newsroom)
    newsroom.enter(stage: number)
    let began = Self.instant()
    try stet.show("sync", "--all", exit: stage.exit)
    if stage.exit != 0 { terminal.say("(exit status \(stage.exit): done, but a source failed)") }
    return Marking.Pass(began: began, ended: Self.instant())
  }

  /// The most telling articles.
  private func show() throws {
    terminal.title("What Stet knows now")
    try stet.show("status")
    let tour = [
      ("grey-heron-battery-bill", "The sum that grew tenfold in silence, and the correction a pass later:"),
      ("ru-parom", "A headline that got louder and was taken back: three revisions, two wordings."),
    ]
    for (name, remark) in tour {
      guard let url = url(of: name) else { continue }
      terminal.say("\n" + remark)
      try stet.show("log", url)
      try stet.show("diff", url + "@1..2")
      try stet.show("diff", url + "@2..3")
    }
    if let url = url(of: "fr-bac-electrique") {
      terminal.say("\nA paragraph that moved is one move, not a deletion and an addition:")
      try stet.show("diff", url + "@1..2")
    }
    if let url = url(of: "it-traghetto") {
      terminal.say("\nA quote dropped, and a month that slipped, in one go:")
      try stet.show("diff", url)
    }
    if let url = url(of: "evening-post-drift") {
      terminal.say("\nThe consent wall is kept as evidence, and is no revision:")
      try stet.show("captures", url)
    }
    terminal.title("Nothing to be taken on trust")
    try stet.show("verify")
    try stet.show("export", "jsonl", "-o", work.export)
  }

  private func report(_ marking: Marking, pages: Int) -> Bool {
    terminal.title("Held against the answer key")
    let line =
      "\(key.editCount) edits made by the newsrooms, \(marking.editsFound) found; "
      + "\(pages) pages, each in new furniture, \(marking.invented.count) false revisions or edits."
    guard !marking.isFlawless else {
      terminal.good(line)
      return true
    }
    terminal.bad(line)
    for item in marking.missed { terminal.say("missed    " + item) }
    for item in marking.invented { terminal.say("invented  " + item) }
    for item in marking.wrong { terminal.say("wrong     " + item) }
    return false
  }

  private func farewell() {
    terminal.title("Yours to look at")
    terminal.say("The archive is \(work.archive). The site is gone; what it said is not:")
    terminal.say(
      """

        export STET_ARCHIVE=\(work.archive)
        stet edits
        stet blame grey-heron-battery-bill
        stet when "1.5 million crowns"
        stet search funeral
        stet show grey-heron-battery-bill@1
      """)
  }

  /// The address to watch: the old one where a page has moved.
  private func url(of article: StagedArticle) -> String {
    server.url(article.value("moved-from", at: 0) ?? article.value("path", at: 0) ?? "/")
  }

  private func url(of name: String) -> String? {
    articles.first { $0.name == name }.map(url(of:))
  }

  /// In the order of the answer key.
  private var articles: [StagedArticle] {
    key.articles.compactMap { wanted in newsroom.site.articles.first { $0.name == wanted.article } }
  }

  /// Now, as Stet writes instants.
  private static func instant() -> String {
    Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
