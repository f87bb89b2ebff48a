let startMeaning = """
  What a command costs before it has anything to do: `stet log` of one article in an archive of 40 captures, beside a program that
  does nothing, and others that open what they need and say one thing.
  """

/// Measures commands that have next to nothing to do.
func measureStart(_ setting: Setting) throws -> Section {
  Progress.say("measuring start-up")
  let corpus = try Corpus(taking: .synthetic(captures: 40), most: 40, into: setting.work)
  defer { corpus.remove() }
  let archive = Archive(path: setting.work.path(of: "small.stet"))
  defer { archive.remove() }
  try archive.renew(setting)
  _ = try setting.stet(archive, ["import", "jsonl", corpus.lines]).run(in: setting.work)
  var contenders = [
    Contender("`true`", Command("true")),
    Contender("`stet log URL`", setting.stet(archive, ["log", corpus.articles[0]])),
    Contender("`stet --version`", Command(setting.options.stet, ["--version"])),
  ]
  if setting.has(.sqlite3) {
    contenders.append(Contender("`sqlite3 archive 'select 1'`", Command("sqlite3", [archive.path, "select 1"])))
  }
  if setting.has(.curl) { contenders.append(Contender("`curl --version`", Command("curl", ["--version"]))) }
  if setting.has(.git) { contenders.append(Contender("`git --version`", Command("git", ["--version"]))) }
  let results = try measure(contenders, rounds: 10 * setting.options.rounds, in: setting.work)
  let stet = results[1].cpu.median
  return Section(
    title: "", meaning: "",
    columns: ["median of \(10 * setting.options.rounds)", "CPU ms", "wall ms", "stet log ÷ it"],
    rows: results.map {
      [
        $0.name, $0.cpu.text(times: 1000, digits: 1), $0.wall.text(times: 1000, digits: 1),
        (stet / $0.cpu.median).text(1),
      ]
    } + setting.absent(.sqlite3, .curl, .git))
}
