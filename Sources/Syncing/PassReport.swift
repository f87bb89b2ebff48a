import Model
import Storage

/// What a sync or import did: the numbers of `--json`.
public struct PassReport: Sendable {
  /// Articles and sources that were to be asked.
  public var planned = 0
  /// Articles fetched, or lines read.
  public var checked = 0
  /// Feeds, sitemaps and listing pages asked.
  public var sources = 0
  /// Articles that a source named for the first time.
  public var listed = 0
  /// Articles found to be another one under a second URL.
  public var joined = 0
  /// Articles and sources not asked because their host wants to be left alone; they stay due.
  public var heldBack = 0
  /// Checks that found what was known: not modified, the same octets, or the same article text.
  public var unchanged = 0
  /// Captures that brought no new body.
  public var revisits = 0
  /// Captures kept, revisits and redirects included.
  public var captures = 0
  /// Articles that have their first revision since.
  public var newArticles = 0
  public var revisions = 0
  public var edits = 0
  /// Captures that turned out to be no article: walls, 404s, 5xx. Redirects that were followed do not count.
  public var notArticles = 0
  /// Checks without an answer, or with one that says to come back (408, 429, 5xx); sources that could not be read, and lines.
  public var failures = 0
  /// Of an import: what the files hold besides captures that are wanted.
  public var passed = 0
  /// Body octets received, before decoding; of an import, octets of the bodies.
  public var bytesReceived: Int64 = 0
  public var elapsedMilliseconds: Int64 = 0
  /// It ended before its work did.
  public var interrupted = false
  /// The revisions made.
  public var made: [NewRevision] = []
  /// URL and what went wrong.
  public var failed: [(url: String, message: String)] = []
  /// What can be done about some of it, each said once.
  public var hints: [String] = []

  public init() {}

  /// The counts under their fixed names, in order.
  public var counts: [(name: String, value: Int64)] {
    [
      ("checked", Int64(checked)), ("unchanged", Int64(unchanged)), ("revisits", Int64(revisits)),
      ("captures", Int64(captures)), ("new_articles", Int64(newArticles)), ("revisions", Int64(revisions)),
      ("edits", Int64(edits)), ("not_articles", Int64(notArticles)), ("failures", Int64(failures)),
      ("sources", Int64(sources)), ("listed", Int64(listed)), ("joined", Int64(joined)),
      ("held_back", Int64(heldBack)), ("bytes_received", bytesReceived), ("elapsed_ms", elapsedMilliseconds),
      ("passed", Int64(passed)),
    ]
  }

  /// The counts as a JSON object; digits and plain names need no escaping.
  public var json: String { "{" + counts.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}" }

  /// Takes up something that went wrong.
  public mutating func fail(_ url: String, _ message: String, hint: String? = nil) {
    failures += 1
    failed.append((url, message))
    if let hint, !hints.contains(hint) { hints.append(hint) }
  }

  /// Takes up what keeping led to.
  public mutating func add(kept: [KeptCapture]) {
    captures += kept.count(where: \.isNew)
    revisits += kept.count { $0.isNew && $0.isRevisit }
    notArticles += kept.count { $0.confirms.map { $0 != .article && $0 != .redirect } ?? false }
  }

  /// Takes up what deriving led to.
  public mutating func add(derived: DerivedCounts) {
    revisions += derived.revisions
    edits += derived.edits
    notArticles += derived.notArticles
    newArticles += derived.newArticles
    made += derived.made
  }
}

extension PassReport {
  /// Adds another report's numbers to these: an import of several files.
  public mutating func add(_ other: PassReport) {
    planned += other.planned
    checked += other.checked
    sources += other.sources
    listed += other.listed
    joined += other.joined
    heldBack += other.heldBack
    unchanged += other.unchanged
    revisits += other.revisits
    captures += other.captures
    newArticles += other.newArticles
    revisions += other.revisions
    edits += other.edits
    notArticles += other.notArticles
    failures += other.failures
    passed += other.passed
    bytesReceived += other.bytesReceived
    elapsedMilliseconds += other.elapsedMilliseconds
    interrupted = interrupted || other.interrupted
    made += other.made
    failed += other.failed
  }
}
