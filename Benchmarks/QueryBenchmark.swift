import JSON

let queryMeaning = """
  Questions about one article in the archive of the full import: the one with the most revisions among the twenty with the most
  captures. The last column is against a command that opens nothing: what it is above 1 is the answer's own cost. And phrases of one
  to five words in a row, at random from what those twenty articles say, sought in the whole archive: of the phrases the one in the
  middle, and the one that nine tenths are below.
  """

/// Measures what people ask of an article.
func measureQueries(of corpus: Corpus, _ imported: Imported, _ setting: Setting) throws -> Section {
  Progress.say("measuring queries of \(corpus.name)")
  func revisions(_ url: String) throws -> Int {
    try setting.stet(imported.archive, ["log", url, "--json"]).text(in: setting.work).split(separator: "\n").count
  }
  let counted = try corpus.articles.prefix(20).map { (url: $0, revisions: try revisions($0)) }
  guard let busiest = counted.max(by: { $0.revisions < $1.revisions }), busiest.revisions > 0 else {
    return Section(title: "### \(corpus.name)", meaning: "No article of it has a revision.", columns: [], rows: [])
  }
  let questions = ["log", "captures", "show"] + (busiest.revisions > 1 ? ["diff"] : [])
  let contenders =
    [Contender("`stet --version`", Command(setting.options.stet, ["--version"]))]
    + questions.map { Contender("`stet \($0) URL`", setting.stet(imported.archive, [$0, busiest.url])) }
  let results = try measure(contenders, rounds: 10 * setting.options.rounds, in: setting.work)
  let floor = results[0].cpu.median
  let said = try counted.filter { $0.revisions > 0 }.flatMap { article in
    let shown = try setting.stet(imported.archive, ["show", article.url, "--json"]).text(in: setting.work)
    let blocks = try JSONValue(parsing: Array(shown.utf8))["blocks"]?.array ?? []
    return blocks.flatMap { ($0["sentences"]?.array ?? []).compactMap(\.string) }
  }
  let sample = PhraseSample(41, from: said, seed: 12)
  let phraseRows = try ["when", "search"].map { command in
    let times = try sample.measure(command, imported.archive, setting)
    return ["`stet \(command) PHRASE`, middle and nine tenths of \(times.count)"]
      + [times.medianAndTail.joined(separator: ", "), "", ""]
  }
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(busiest.revisions) revisions", "CPU ms", "wall ms", "÷ start-up"],
    rows: results.map {
      [
        $0.name, $0.cpu.text(times: 1000, digits: 1), $0.wall.text(times: 1000, digits: 1),
        ($0.cpu.median / floor).text(1),
      ]
    } + phraseRows)
}
