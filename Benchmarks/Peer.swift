/// Programs that others wrote, measured beside stet on the same input where they are installed, and named where they are not.
enum Peer: String, CaseIterable {
  case git, wikidiff2, curl, urlwatch, webchanges, zstd, sha256sum, sqlite3

  /// What makes it tell its version.
  private var question: Command {
    switch self {
    case .wikidiff2: Command("php", ["-r", "echo 'wikidiff2 ', wikidiff2_version();"])
    case .sqlite3: Command("sqlite3", [":memory:", "select 'SQLite ' || sqlite_version()"])
    default: Command(rawValue, ["--version"])
    }
  }

  private var installation: String {
    switch self {
    case .wikidiff2: "apt-get install php-cli php-wikidiff2"
    case .urlwatch, .webchanges: "python3 -m venv .build/peers && .build/peers/bin/pip install \(rawValue)"
    case .sha256sum: "apt-get install coreutils"
    case .git, .curl, .zstd, .sqlite3: "apt-get install \(rawValue)"
    }
  }

  /// The first words that it says about itself; nil when it is not installed.
  func version(in work: WorkFolder) -> String? {
    // Not started, and started without the module or its libraries: either way there is nothing to measure.
    guard let text = try? question.text(in: work) else { return nil }
    let lines = text.split(separator: "\n")
    let words = (lines.first { $0.hasPrefix(rawValue) } ?? lines.first ?? "version unknown").split(separator: " ")
    return words.filter { $0 != "***" }.prefix(4).joined(separator: " ")
  }

  /// A row of a table in the place of its figures.
  var absence: [String] { [rawValue, "not run: `\(installation)`"] }
}
