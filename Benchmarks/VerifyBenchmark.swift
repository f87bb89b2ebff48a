let verifyMeaning = """
  `stet verify --deep` unpacks and hashes every body, derives everything again and compares. The least it could cost is the
  hashing alone, measured on the same bodies while importing; a verify without `--deep` reads no body.
  """

/// Measures both depths of verify on the archive of a full import.
func measureVerify(of corpus: Corpus, _ imported: Imported, _ setting: Setting) throws -> Section {
  Progress.say("measuring verify of \(corpus.name)")
  let contenders = [
    Contender("`stet verify --deep`", setting.stet(imported.archive, ["verify", "--deep"])),
    Contender("`stet verify`", setting.stet(imported.archive, ["verify"])),
  ]
  let results = try measure(contenders, rounds: setting.options.rounds, in: setting.work)
  let rows = results.map {
    [
      $0.name, $0.cpu.text(digits: 2), (corpus.megabytes / $0.cpu.median).text(0),
      (corpus.megabytes / $0.wall.median).text(0), ($0.cpu.median / imported.sha256.median).text(1),
      $0.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
    ]
  }
  let hashing = [
    "sha256 of each body (libcrypto)", imported.sha256.text(digits: 2),
    (corpus.megabytes / imported.sha256.median).text(0), "",
    "1.0", "",
  ]
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(corpus.megabytes.text(0)) MB", "CPU s", "MB per CPU s", "MB per s wall", "CPU ÷ sha256", "peak MB"],
    rows: [hashing] + rows)
}
