import Foundation
import Testing

/// The layers that docs/ARCHITECTURE.md draws, held: the compiler on Linux does not (an import that is not declared compiles
/// by chance of build order).
struct LayersTests {
  /// What each target may stand on.
  private static let layers: [String: Set<String>] = [
    "Model": ["CCrypto"],
    "JSON": [], "Parallel": [], "Git": [], "Segmentation": ["CICU"], "Evidence": ["Model", "CCrypto"],
    "ContentCoding": ["Model", "CDeflate", "CZlib", "CZstd", "CBrotli"],
    "Markup": ["Model", "CMyHTML"], "Diffing": ["Model", "Segmentation"],
    "Formats": ["Model", "JSON", "ContentCoding", "CCrypto", "CDeflate"],
    "Extraction": ["Model", "JSON", "Markup", "Segmentation"],
    "Robots": ["Model"], "Scheduling": ["Model"], "Discovery": ["Model", "JSON", "Markup", "ContentCoding"],
    "Fetching": ["Model", "Robots", "ContentCoding", "CCurl"],
    "Storage": ["Model", "Evidence", "Parallel", "Robots", "Segmentation", "CCrypto", "CZstd", "GRDB", "GRDBSQLite"],
    "Syncing": [
      "Model", "Evidence", "Parallel", "Robots", "Scheduling", "Discovery", "Markup", "Fetching", "Extraction",
      "Diffing",
      "Storage",
    ],
    "Importing": [
      "Model", "JSON", "Evidence", "Parallel", "ContentCoding", "Formats", "Git", "Fetching", "Storage", "Syncing",
      "CCrypto",
    ],
    "HTTPAnswers": ["Model", "Storage"],
    "Answers": ["Model", "JSON", "Evidence", "Diffing", "Storage", "Syncing"],
    "Webhooks": [
      "Model", "JSON", "Evidence", "Parallel", "Robots", "Diffing", "Fetching", "Storage", "Answers", "CCrypto",
    ],
    "API": ["Model", "JSON", "Evidence", "Diffing", "Discovery", "Storage", "Syncing", "Answers", "HTTPAnswers"],
    "Pages": ["Model", "JSON", "Evidence", "Diffing", "HTTPAnswers", "Storage"],
    "Memento": ["Model", "JSON", "Formats", "Markup", "Storage", "HTTPAnswers"],
    "Exporting": ["Model", "Evidence", "Parallel", "Formats", "Git", "Pages", "Storage"],
    "Web": [
      "Model", "JSON", "Parallel", "Storage", "Answers", "HTTPAnswers", "CDeflate", "Hummingbird", "HummingbirdCore",
      "ServiceLifecycle", "UnixSignals", "NIOCore", "Logging", "HTTPTypes",
    ],
    "stet": [
      "Model", "JSON", "Parallel", "ContentCoding", "Evidence", "Extraction", "Markup", "Discovery", "Scheduling",
      "Diffing", "Fetching", "Storage", "Syncing", "Importing", "Exporting", "Answers", "HTTPAnswers", "Webhooks",
      "API",
      "Pages", "Memento", "Web", "ArgumentParser",
    ],
  ]
  /// What comes with the toolchain. Foundation is slow to start, so pure targets do without but for base 64 and XML.
  private static let toolchain: Set<String> = ["Foundation", "Glibc", "Dispatch", "CDispatch", "Synchronization"]

  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files below a target's folder, with their text.
  static func files(_ folder: String) throws -> [(name: String, text: String)] {
    let url = root.appendingPathComponent("Sources/\(folder)")
    let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map {
      ("\(folder)/\($0)", try String(contentsOf: url.appendingPathComponent($0), encoding: .utf8))
    }
  }

  /// The targets of Package.swift that hold Swift under Sources, with what they declare.
  private static func declared() throws -> [String: Set<String>] {
    let manifest = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    var found: [String: Set<String>] = [:]
    for match in manifest.matches(of: /(?:layer\(|\.executableTarget\()\s*(?:name: )?"(\w+)"([^\[\)]*\[(?:[^\]])*\])?/)
    {
      let list = match.2 ?? ""
      let names = list.matches(of: /(?:(package): )?"([\w.]+)"/).filter { $0.1 == nil }.map { String($0.2) }
      found[String(match.1)] = Set(names)
    }
    return found
  }

  @Test(arguments: layers.keys.sorted())
  func `a target declares no more than its layer allows and imports no more than it declares`(target: String) throws {
    let files = try Self.files(target)
    guard !files.isEmpty else { return }  // not written yet
    let allowed = try #require(Self.layers[target])
    let declared = try #require(
      try Self.declared()[target] ?? (target == "Evidence" ? allowed : nil), "\(target) is not in Package.swift")
    #expect(declared.isSubset(of: allowed), "\(target) declares \(declared.subtracting(allowed).sorted())")
    for (name, text) in files {
      for match in text.matches(
        of: /(?m)^\s*(?:@\w+\s+)?(?:public\s+|package\s+)?import\s+(?:(?:struct|func|class|enum|protocol)\s+)?(\w+)/)
      {
        let module = String(match.1)
        #expect(Self.toolchain.contains(module) || declared.contains(module), "\(name) imports \(module)")
      }
    }
  }

  @Test func `every target of Swift code has its place in the layers`() throws {
    let swift = try Self.declared().keys.filter { try !Self.files($0).isEmpty }
    #expect(swift.count >= 12)
    #expect(Set(swift).isSubset(of: Self.layers.keys))
  }

  /// Words that only some targets may use: what they touch has one owner.
  private static let owned: [(what: String, pattern: String, owners: Set<String>)] = [
    ("SQL", #"\bimport GRDB\b|\bSELECT .+ FROM\b|\bINSERT INTO\b"#, ["Storage"]),
    (
      "standard output", #"(?:^|[^.\w])print\(|STDOUT_FILENO|FileHandle\.standardOutput|\bfputs\("#,
      ["stet", "Exporting/PartialFile.swift"]
    ),
    (
      "the clock", #"\bclock_gettime\b|(?:^|[^.\w])Date\(\)|\bContinuousClock\b|\bgettimeofday\b|\bDate\.now\b"#,
      ["stet"]
    ),
    ("the environment", #"\bgetenv\(|ProcessInfo\.processInfo\.environment"#, ["stet"]),
    ("sockets", #"\bimport CCurl\b|\bURLSession\b|\bsocket\("#, ["Fetching"]),
    ("unfinished work", #"\bTODO\b|\bFIXME\b|\btry!|\bas!|\bfatalError\("#, []),
  ]

  @Test(arguments: owned.map(\.what))
  func `what has one owner is touched by no other`(what: String) throws {
    let rule = try #require(Self.owned.first { $0.what == what })
    let pattern = try Regex(rule.pattern)
    for target in Self.layers.keys where !rule.owners.contains(target) {
      for (name, text) in try Self.files(target) where !rule.owners.contains(name) {
        for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
          #expect(!line.contains(pattern), "\(name) touches \(what): \(line)")
        }
      }
    }
  }

  /// Working a name out of a type looks through every conformance there is, at each start.
  @Test func `every command states its name`() throws {
    for (name, text) in try Self.files("stet") {
      for configuration in text.components(separatedBy: "CommandConfiguration(").dropFirst() {
        #expect(configuration.drop(while: \.isWhitespace).hasPrefix("commandName: "), "\(name)")
      }
    }
  }

  @Test(arguments: layers.keys.sorted())
  func `every file says what it is for and is no longer than a file should be`(target: String) throws {
    for (name, text) in try Self.files(target) {
      // A command says it in its abstract, where a reader of the help finds it as well.
      #expect(text.contains("///") || text.contains("abstract: "), "\(name) does not say what it is for")
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 600, "\(name) is too long")
    }
  }
}
