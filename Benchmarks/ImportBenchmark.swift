import JSON

let importMeaning = """
  `stet import jsonl` keeps every capture and, but for `--store-only`, reads the article out of each and works out its
  revisions and edits. No archive that knows its bodies by digest and keeps them compressed can be faster than hashing and
  compressing each: that is the limit, 1 / (1 / sha256 + 1 / zstd), for one core, measured on the same bodies with the
  libraries that stet links. The last column says what part of it stet reaches per CPU second. Start-up, reading JSON, SQLite
  and its flushing to disk are the rest of `--store-only`; parsing HTML and diffing are most of what the full import adds.
  `git fast-import` makes a commit of each capture, with zlib and against the file's version before; git reads no text.
  """

/// What an import said about itself.
struct ImportReport {
  let revisions, edits, notArticles, failures: Int

  init(_ json: [UInt8]) throws {
    let report = try JSONValue(parsing: json)
    func number(_ key: String) throws -> Int {
      guard let number = report[key]?.int else { throw CaptureLineError(reason: "the import's report has no \(key)") }
      return Int(number)
    }
    (revisions, edits) = (try number("revisions"), try number("edits"))
    (notArticles, failures) = (try number("not_articles"), try number("failures"))
  }
}

/// A corpus in an archive, and what it took.
struct Imported {
  /// Of the full import, and of the one with --store-only.
  let archive, stored: Archive
  /// Nil when git is not installed.
  let git: GitPeer?
  let report: ImportReport
  let section: Section
  /// Of the sha256 limit on the same bodies, seconds.
  let sha256: Spread
  /// Octets of file and log when the import had ended, and the same for the import with --store-only.
  let size, storedSize: (file: Int, log: Int)

  func remove() {
    archive.remove()
    stored.remove()
    git?.remove()
  }
}

/// Measures the imports and leaves what it made for the benchmarks that ask it.
func measureImport(of corpus: Corpus, _ setting: Setting) throws -> Imported {
  Progress.say("measuring import of \(corpus.name): \(corpus.captures) captures, \(corpus.megabytes.text(0)) MB")
  let archive = Archive(path: setting.work.path(of: "\(corpus.name).stet"))
  let store = Archive(path: setting.work.path(of: "\(corpus.name)-store.stet"))
  // Exit status 3: some lines were bad, which the table of corpora tells.
  let full = setting.stet(
    archive, ["import", "jsonl", corpus.lines, "--json"], accepting: [0, 3],
    output: setting.work.path(of: "import.json"))
  let storeOnly = setting.stet(store, ["import", "jsonl", corpus.lines, "--store-only", "--json"], accepting: [0, 3])
  var contenders = [
    Contender("sha256 of each body (libcrypto)", Limit(kind: .sha256, bodies: corpus.bodies)),
    Contender("zstd -3 of each body (libzstd)", Limit(kind: .zstd3, bodies: corpus.bodies)),
    Contender("`stet import jsonl --store-only`", storeOnly) { try store.renew(setting) },
    Contender("`stet import jsonl`", full) { try archive.renew(setting) },
  ]
  let git = setting.has(.git) ? try GitPeer(corpus, in: setting.work) : nil
  if let git { contenders.append(Contender("`git fast-import`", git.fastImport) { try git.renew(setting.work) }) }
  if setting.has(.sha256sum) {
    contenders.append(Contender("`sha256sum` of all in one file", Command("sha256sum", [corpus.bodies.path])))
  }
  if setting.has(.zstd) {
    let one = Command("zstd", ["-3", "-T1", "-q", "-c", corpus.bodies.path])
    contenders.append(Contender("`zstd -3 -T1` of all in one file", one))
  }
  let results = try measure(contenders, rounds: setting.options.rounds, in: setting.work)
  let report = try ImportReport(try setting.work.bytes(of: "import.json"))

  let limit = corpus.megabytes / (results[0].cpu.median + results[1].cpu.median)
  var rows = results.enumerated().map { i, result in
    let rate = corpus.megabytes / result.cpu.median
    return [
      result.name, result.cpu.text(digits: 2), rate.text(0), (corpus.megabytes / result.wall.median).text(0),
      result.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
      i == 2 || i == 3 ? "\((100 * rate / limit).text(0)) %" : "",
    ]
  }
  rows.insert(["**limit for one core**", "", "**\(limit.text(0))**", "", "", "100 %"], at: 2)
  let section = Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(corpus.megabytes.text(0)) MB", "CPU s", "MB per CPU s", "MB per s wall", "peak MB", "of the limit"],
    rows: rows + setting.absent(.git, .sha256sum, .zstd))
  return Imported(
    archive: archive, stored: store, git: git, report: report, section: section, sha256: results[0].cpu,
    size: archive.size,
    storedSize: store.size)
}
