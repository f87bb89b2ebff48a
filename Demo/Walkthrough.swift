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
    try stet.show("add", "--from", work.list, "--allow-private")
  }

  private func sync(_ stage: AnswerKey.Stage, number: Int) throws -> Marking.Pass {
    terminal.title("Stage \(number)")
    terminal.say(stage.newsroom)
    newsroom.enter(stage: number)
    let began = Self.instant()
    try stet.show("sync", "--all", "--verbose", exit: stage.exit)
    if stage.exit != 0 { terminal.say("(exit status \(stage.exit): done, but a source failed)") }
    return Marking.Pass(began: began, ended: Self.instant())
  }

  /// The most telling articles, named by a part of their address as one would type it.
  private func show() throws {
    terminal.title("What Stet knows now")
    try stet.show("status")
    terminal.say("\nThe sum that grew tenfold in silence, and the correction a pass later:")
    try stet.show("log", "grey-heron-battery-bill")
    try stet.show("diff", "grey-heron-battery-bill@1..2")
    try stet.show("diff", "grey-heron-battery-bill@2..3")
    terminal.say("\nA headline that got louder and was taken back is three revisions of two wordings:")
    try stet.show("log", "parom-bez-hoda")
    try stet.show("diff", "parom-bez-hoda@2..3")
    terminal.say("\nA paragraph that moved is a move, not a deletion and an addition:")
    try stet.show("diff", "bac-electrique@1..2")
    terminal.say("\nA quote dropped, and a month that slipped, in one go:")
    try stet.show("diff", "traghetto-elettrico")
    terminal.say("\nTwo digits that changed places:")
    try stet.show("diff", "c2041-88213")
    terminal.say("\nThe consent wall is kept as evidence, and is no revision:")
    try stet.show("captures", "fifty-minutes-adrift")
    terminal.title("Nothing to be taken on trust")
    try stet.show("verify", "--deep")
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
        \(stet.binary) sources
        \(stet.binary) log town-library
        \(stet.binary) diff town-library@1..3
        \(stet.binary) show grey-heron-battery-bill@1 --text
        \(stet.binary) captures elektrofaehre
        \(stet.binary) serve    # then look at http://127.0.0.1:8040
      """)
  }

  /// The address to watch: the old one where a page has moved.
  private func url(of article: StagedArticle) -> String {
    server.url(article.value("moved-from", at: 0) ?? article.value("path", at: 0) ?? "/")
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
