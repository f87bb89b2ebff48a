/// docs/PERFORMANCE.md while it grows: what was measured, on what, with one table a benchmark and corpus.
struct Document {
  private let command: String
  private var sections: [String] = []
  private var corpora: [[String]] = []

  init(command: String) { self.command = command }

  mutating func add(_ section: Section) { sections.append(section.text) }

  /// Sections under one heading; nothing when there are none.
  mutating func add(_ title: String, about: String, _ parts: [Section]) {
    guard !parts.isEmpty else { return }
    sections.append((["## \(title)\n\n\(about)"] + parts.map(\.text)).joined(separator: "\n\n"))
  }

  /// A line for the table of corpora.
  mutating func describe(_ corpus: Corpus, _ report: ImportReport) {
    corpora.append([
      corpus.name, "\(corpus.captures)", "\(corpus.articles.count)", corpus.megabytes.text(1), "\(report.revisions)",
      "\(report.edits)", "\(report.notArticles)", "\(report.failures)",
    ])
  }

  func write(to path: String) throws {
    let writer = try FileWriter(path: path)
    try writer.write(Array(text.utf8))
    try writer.close()
  }

  private var text: String {
    let head = """
      # Performance

      This page is generated: `make bench` writes it, the last time by `\(command)`. Do not edit it; edit `Benchmarks/`.

      Numbers are of whole processes, start-up included, as the kernel counts them; only the limits, sha256 and zstd of each body,
      are passes without a process of their own. CPU is user and system time of all threads, MB are 1,000,000 octets of body
      before any coding, and a cell says the median and, in parentheses, the least and the most of all runs. Contenders took
      turns on the same input. Compare within a table only: another machine, or another hour, gives other numbers and much the
      same ratios. Peak memory is left out (–) where it was less than what the measuring process itself had.
      """
    let inputs = Section(
      title: "## Corpora",
      meaning:
        "What the archives were filled with. `synthetic` is made up from a fixed seed, so that it is the same everywhere.",
      columns: ["corpus", "captures", "articles", "MB", "revisions", "edits", "not an article", "bad lines"],
      rows: corpora)
    let parts = [head] + sections.prefix(1) + (corpora.isEmpty ? [] : [inputs.text]) + sections.dropFirst()
    return parts.joined(separator: "\n\n") + "\n"
  }
}

/// A table with a heading and a sentence on what it means.
struct Section {
  let title: String
  let meaning: String
  let columns: [String]
  let rows: [[String]]

  var text: String {
    guard !rows.isEmpty else { return [title, meaning].filter { !$0.isEmpty }.joined(separator: "\n\n") }
    let lines = [columns, columns.enumerated().map { $0 == 0 || $1.isEmpty ? "---" : "---:" }] + rows
    let table = lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    return [title, meaning, table].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
