let sizeMeaning = """
  What the disk holds right after an import, beside the bodies alone as a compressed WARC keeps them (gzip, each on its own,
  by libdeflate at level 6) and as zstd packs each on its own. Ground state is what was observed
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
  rows += setting.absent(.sqlite3)
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(corpus.captures) captures", "MB", "octets a capture", "of the bodies", "gzip = 1"],
    rows: rows)
}

/// Octets by kind of state, the derived by table; empty when the sqlite3 command, which counts pages, is not installed.
private func breakdown(of archive: Archive, _ setting: Setting) throws -> [(String, Int)] {
  guard setting.has(.sqlite3) else { return [] }
  let tables = try archive.octetsByTable(setting)
  func sum(_ isMeant: (String) -> Bool) -> Int { tables.filter { isMeant($0.table) }.reduce(0) { $0 + $1.octets } }
  let derived = Archive.derivedTables
  return [
    ("of it bodies", sum(Archive.bodyTables.contains)),
    ("of it other ground state", sum(Archive.groundTables.subtracting(Archive.bodyTables).contains)),
    ("of it derived state", sum(derived.contains)),
  ] + tables.filter { derived.contains($0.table) }.map { ("… `\($0.table)`", $0.octets) } + [
    ("of it the rest", sum { !derived.contains($0) && !Archive.groundTables.contains($0) })
  ]
}
