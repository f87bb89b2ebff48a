let extractMeaning = """
  `stet extract` of one page from a file, the one of median length among the first hundred captures. Less the start-up, which is the
  second row, it is what the reading of one page costs.
  """

/// Measures the reading of one page.
func measureExtract(from corpus: Corpus, _ setting: Setting) throws -> Section {
  Progress.say("measuring extract from \(corpus.name)")
  let contenders = [
    // Exit status 1: no article in it, found by the same work.
    Contender(
      "`stet extract PAGE`",
      Command(setting.options.stet, ["extract", corpus.sample.path, "--url", corpus.sample.url], accepting: [0, 1])),
    Contender("`stet --version`", Command(setting.options.stet, ["--version"])),
  ]
  let results = try measure(contenders, rounds: 10 * setting.options.rounds, in: setting.work)
  let size = Double(WorkFolder.size(ofFile: corpus.sample.path))
  let own = results[0].cpu.median - results[1].cpu.median
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\((size / 1e3).text(0)) KB", "CPU ms", "wall ms", "MB per CPU s less start-up"],
    rows: results.enumerated().map { i, result in
      [
        result.name, result.cpu.text(times: 1000, digits: 1), result.wall.text(times: 1000, digits: 1),
        i == 0 && own > 0 ? (size / 1e6 / own).text(0) : "",
      ]
    })
}
