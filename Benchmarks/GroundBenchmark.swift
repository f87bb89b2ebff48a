let groundMeaning = """
  Ground state alone: captures, bodies, header fields, checks and the log, with their indexes, right after `import --store-only` and
  after `compact`. Beside it git with a commit for each capture (its packs alone, without their indexes), as `git fast-import` leaves
  it and after `git gc --aggressive`, and two limits: zstd at its highest level for each body on its own, and for all bodies in a row as
  one frame that sees all of them, from which nothing can be read without unpacking what is before it.
  """

/// Measures what the ground state takes, and leaves the archive compacted.
func measureGround(of corpus: Corpus, _ imported: Imported, _ setting: Setting) throws -> Section {
  Progress.say("measuring ground state of \(corpus.name)")
  guard setting.has(.sqlite3) else {
    _ = try setting.stet(imported.stored, ["compact"]).run(in: setting.work)
    return Section(
      title: "### \(corpus.name)", meaning: "", columns: ["", "what counts pages"], rows: setting.absent(.sqlite3))
  }
  var rows: [(name: String, octets: Int, run: Run?)] = []
  rows.append(("`stet import --store-only`", try groundOctets(of: imported.stored, setting), nil))
  let compaction = try setting.stet(imported.stored, ["compact"]).run(in: setting.work)
  rows.append(("**and `stet compact`**", try groundOctets(of: imported.stored, setting), compaction))
  if let git = imported.git {
    rows.append(("`git fast-import`", try git.packOctets(), nil))
    let collection = try git.collect.run(in: setting.work)
    rows.append(("and `git gc --aggressive`", try git.packOctets(), collection))
  }
  let alone = try Limit(kind: .zstd19, bodies: corpus.bodies).run()
  rows.append(("zstd -19 each", alone.octets, alone.run))
  if setting.has(.zstd) {
    let packed = setting.work.path(of: "solid.zst")
    let solid = Command("zstd", ["-19", "--long=31", "-T1", "-q", "-f", corpus.bodies.path, "-o", packed])
    let run = try solid.run(in: setting.work)
    rows.append(("`zstd -19 --long=31` of all", WorkFolder.size(ofFile: packed), run))
  }
  func ratio(_ octets: Int, to name: String) -> String {
    rows.first { $0.name == name }.map { (Double(octets) / Double(max(1, $0.octets))).text(2) } ?? "–"
  }
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(corpus.captures) captures", "octets a capture", "git gc = 1", "solid = 1", "CPU s", "peak MB"],
    rows: rows.map { row in
      [
        row.name, (Double(row.octets) / Double(corpus.captures)).text(0),
        ratio(row.octets, to: "and `git gc --aggressive`"), ratio(row.octets, to: "`zstd -19 --long=31` of all"),
        row.run.map { $0.cpu.text(1) } ?? "", row.run?.peak.map { (Double($0) / 1e6).text(0) } ?? "",
      ]
    } + setting.absent(.git, .zstd))
}

/// Octets of the pages of ground state.
private func groundOctets(of archive: Archive, _ setting: Setting) throws -> Int {
  try archive.octetsByTable(setting).filter { Archive.groundTables.contains($0.table) }.reduce(0) { $0 + $1.octets }
}

extension Archive {
  static let bodyTables: Set = ["body", "loose", "packed"]
  static let groundTables = bodyTables.union(["origin", "article", "fields", "capture", "check", "log_block"])
  static let derivedTables: Set = [
    "derivation", "sentence", "sentence_block", "sentence_hash", "sentence_article", "sentence_word_data",
    "sentence_word_idx", "sentence_word_config", "snapshot", "reading", "revision", "edit",
  ]

  /// Octets of each table with its indexes, by SQLite's own count of pages. Pages still in the log count too.
  func octetsByTable(_ setting: Setting) throws -> [(table: String, octets: Int)] {
    let query = """
      SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY 1
      """
    let text = try Command("sqlite3", ["-readonly", path, query]).text(in: setting.work)
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "|")
      return parts.count == 2 ? Int(parts[1]).map { (String(parts[0]), $0) } : nil
    }
  }
}
