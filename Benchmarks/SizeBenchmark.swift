let sizeMeaning = """
  What the disk holds right after an import, beside the bodies alone as a compressed WARC keeps them (gzip, each on its own;
  libdeflate's level 6, a few per cent smaller than zlib's) and as zstd packs each on its own. Ground state is what was observed
  (bodies, header fields, captures, checks); derived state is what follows from it and can be rebuilt (sentences, snapshots,
  readings, revisions, edits). Both with their indexes.
  """

/// Measures an archive against its bodies compressed one by one.
func measureSize(of corpus: Corpus, _ imported: Imported, _ setting: Setting) throws -> Section {
  Progress.say("measuring archive size of \(corpus.name)")
  func packed(_ kind: Limit.Kind) throws -> Int { try Limit(kind: kind, bodies: corpus.bodies).run().octets }
  let gzip = try packed(.gzip6)
  func row(_ name: String, _ octets: Int) -> [String] {
    [
      name, (Double(octets) / 1e6).text(2), (Double(octets) / Double(corpus.captures)).text(0),
      "\((100 * Double(octets) / Double(max(1, corpus.bodyBytes))).text(1)) %",
      (Double(octets) / Double(max(1, gzip))).text(2),
    ]
  }
  var rows = [
    row("bodies as they are", corpus.bodyBytes), row("gzip each", gzip), row("zstd -3 each", try packed(.zstd3)),
    row("archive, `--store-only`", imported.storedSize.file + imported.storedSize.log),
    row("**archive**", imported.size.file + imported.size.log),
  ]
  if imported.size.log > 0 { rows.append(row("of it write-ahead log, not folded in yet", imported.size.log)) }
  for (name, octets) in try breakdown(of: imported.archive, setting) { rows.append(row(name, octets)) }
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(corpus.captures) captures", "MB", "octets a capture", "of the bodies", "gzip = 1"],
    rows: rows)
}

/// Octets by kind of state, by SQLite's own count of pages; empty when the sqlite3 command is not installed.
private func breakdown(of archive: Archive, _ setting: Setting) throws -> [(String, Int)] {
  guard Command.find("sqlite3") != nil else { return [] }
  let query = """
    SELECT coalesce(s.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY 1
    """
  // Pages that are still in the log count too: this reads through it.
  let text = try Command("sqlite3", ["-readonly", archive.path, query]).text(in: setting.work)
  let bodies: Set = ["body", "loose", "packed"]
  let ground: Set = ["origin", "article", "fields", "capture", "check", "log_block"]
  let derived: Set = ["sentence", "snapshot", "reading", "revision", "edit"]
  var sums = [("of it bodies", 0), ("of it other ground state", 0), ("of it derived state", 0), ("of it the rest", 0)]
  for line in text.split(separator: "\n") {
    let parts = line.split(separator: "|")
    guard parts.count == 2, let octets = Int(parts[1]) else { continue }
    let table = String(parts[0])
    sums[bodies.contains(table) ? 0 : ground.contains(table) ? 1 : derived.contains(table) ? 2 : 3].1 += octets
  }
  return sums
}
