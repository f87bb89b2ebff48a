/// What was asked for on the command line.
struct Options {
  struct WrongUse: Error { let message: String }

  enum Benchmark: String, CaseIterable {
    case `import`, size, ground, reads, growth, start, sync, verify, extract, queries, schedule, diff
  }

  static let usage = """
    usage: stet-bench [--stet FILE] [--output FILE] [--corpus FILE]... [--captures N] [--synthetic N]
                      [--rounds N] [--pages N] [--growth N] [--only NAME,...] [--work DIR]

      --stet FILE     the stet binary (default .build/release/stet)
      --output FILE   what to write (default docs/PERFORMANCE.md)
      --corpus FILE   captures in JSON Lines, .jsonl or .jsonl.zst (needs the zstd command); may be repeated
      --captures N    at most the first N captures of each corpus (default 10000)
      --synthetic N   captures of the corpus that is made up (default 1500; 0 leaves it out)
      --rounds N      runs of each contender (default 3); start-up, queries and diffs in one process take ten times as many
      --pages N       articles of the sync benchmark (default 2000)
      --growth N      captures of the archive that grows (default 20000)
      --only NAMES    of import, size, ground, reads, growth, start, sync, verify, extract, queries, schedule, diff; all but
                      growth, start, sync and schedule need an import
      --work DIR      where temporary files go (default: the system's folder); as much room as five times the largest corpus

    Exits with 0 when the document was written, 1 when something failed, 64 on wrong use. Timings never fail a run.
    """

  var stet = ".build/release/stet"
  var output = "docs/PERFORMANCE.md"
  var corpora: [String] = []
  var captures = 10_000
  var synthetic = 1_500
  var rounds = 3
  var pages = 2_000
  var growth = 20_000
  var only = Set(Benchmark.allCases)
  /// Nil: the system's folder for temporary files.
  var work: String?
  /// How it was called, for the document.
  let commandLine: String

  /// Nil when only help was asked for.
  init?(_ arguments: [String]) throws(WrongUse) {
    // Files by their names alone: where they lie is of no interest to readers.
    let words = arguments.map { String($0.split(separator: "/").last ?? "") }
    commandLine = (["stet-bench"] + words).joined(separator: " ")
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      guard let value = rest.popFirst() else { throw WrongUse(message: "\(name) is unknown or needs a value") }
      func number(least: Int) throws(WrongUse) -> Int {
        guard let number = Int(value), number >= least else {
          throw WrongUse(message: "\(name) needs a whole number of at least \(least), not \(value)")
        }
        return number
      }
      switch name {
      case "--stet": stet = value
      case "--output": output = value
      case "--corpus": corpora.append(value)
      case "--captures": captures = try number(least: 1)
      case "--synthetic": synthetic = try number(least: 0)
      case "--rounds": rounds = try number(least: 1)
      case "--pages": pages = try number(least: 1)
      case "--growth": growth = try number(least: 100)
      case "--work": work = value
      case "--only":
        only = []
        for word in value.split(separator: ",") {
          guard let benchmark = Benchmark(rawValue: String(word)) else {
            throw WrongUse(message: "there is no benchmark \(word)")
          }
          only.insert(benchmark)
        }
      default: throw WrongUse(message: "unknown option \(name)")
      }
    }
  }

  /// The made-up corpus first, then those given; none when no benchmark is wanted that needs one.
  var sources: [Corpus.Source] {
    guard !only.isSubset(of: [.growth, .start, .sync, .schedule]) else { return [] }
    return (synthetic > 0 ? [.synthetic(captures: synthetic)] : []) + corpora.map { .file($0) }
  }
}
