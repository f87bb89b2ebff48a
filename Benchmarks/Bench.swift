import Foundation

/// `stet-bench`: measures the built `stet` as whole processes, beside peers and limits on the same input in the same run, and
/// writes docs/PERFORMANCE.md. Started by `make bench`.
@main
enum Bench {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      guard let options = try Options(arguments) else {
        print(Options.usage)
        return
      }
      // Now rather than after minutes of measuring. What stands there stays until there is something new.
      let folder = URL(filePath: options.output).deletingLastPathComponent().path
      guard access(folder, W_OK) == 0 else { throw FileWriter.WriteError(path: options.output, errno: errno) }
      let work = try WorkFolder(in: options.work)
      defer { work.remove() }
      let document = try run(Setting(options: options, work: work))
      try document.write(to: options.output)
      Progress.say("wrote \(options.output)")
    } catch let wrong as Options.WrongUse {
      Progress.say("\(wrong.message)\n\(Options.usage)")
      exit(64)
    } catch {
      Progress.say("\(error)")
      exit(1)
    }
  }

  /// All that was asked for: what needs a corpus, corpus by corpus, so that only one of them takes space at a time.
  private static func run(_ setting: Setting) throws -> Document {
    var document = Document(command: setting.options.commandLine)
    document.add(try machineSection(setting))
    var (imports, sizes, grounds, reads): ([Section], [Section], [Section], [Section]) = ([], [], [], [])
    var (verifications, extractions, queries): ([Section], [Section], [Section]) = ([], [], [])
    var diffs: [Section] = []
    for source in setting.options.sources {
      let corpus = try Corpus(taking: source, most: setting.options.captures, into: setting.work)
      let imported = try measureImport(of: corpus, setting)
      document.describe(corpus, imported.report)
      if setting.wants(.import) { imports.append(imported.section) }
      if setting.wants(.size) { sizes.append(try measureSize(of: corpus, imported, setting)) }
      var times = setting.wants(.reads) ? [try measureReads("after `import`", imported.stored)] : []
      if setting.wants(.ground) {
        grounds.append(try measureGround(of: corpus, imported, setting))
        if setting.wants(.reads) { times.append(try measureReads("after `compact`", imported.stored)) }
      }
      if setting.wants(.reads) { reads.append(readsSection(of: corpus, times)) }
      if setting.wants(.verify) { verifications.append(try measureVerify(of: corpus, imported, setting)) }
      if setting.wants(.extract) { extractions.append(try measureExtract(from: corpus, setting)) }
      if setting.wants(.queries) { queries.append(try measureQueries(of: corpus, imported, setting)) }
      if setting.wants(.diff) { diffs += try measureDiff(of: corpus, setting) }
      imported.remove()
      corpus.remove()
    }
    document.add("Import", about: importMeaning, imports)
    document.add("Archive size", about: sizeMeaning, sizes)
    document.add("Ground state", about: groundMeaning, grounds)
    document.add("Random reads", about: readsMeaning, reads)
    if setting.wants(.growth) { document.add("Growth", about: growthMeaning, [try measureGrowth(setting)]) }
    if setting.wants(.start) { document.add("Start-up", about: startMeaning, [try measureStart(setting)]) }
    if setting.wants(.sync) { document.add("Sync", about: syncMeaning, [try measureSync(setting)]) }
    if setting.wants(.schedule) {
      document.add("Scheduling", about: scheduleMeaning, [try measureSchedule(setting)])
    }
    document.add("Verify", about: verifyMeaning, verifications)
    document.add("Extract", about: extractMeaning, extractions)
    document.add("Queries", about: queryMeaning, queries)
    if setting.wants(.diff) { diffs.append(try measureWorstDiffs(setting)) }
    document.add("Diff", about: diffMeaning, diffs)
    return document
  }
}

/// What every benchmark is given.
struct Setting {
  let options: Options
  let work: WorkFolder
  /// What those that are installed say about themselves.
  let peers: [Peer: String]

  init(options: Options, work: WorkFolder) {
    (self.options, self.work) = (options, work)
    peers = Dictionary(
      uniqueKeysWithValues: Peer.allCases.compactMap { peer in
        peer.version(in: work).map { (peer, $0) }
      })
  }

  func has(_ peer: Peer) -> Bool { peers[peer] != nil }

  /// The rows of those that are not installed.
  func absent(_ wanted: Peer...) -> [[String]] { wanted.filter { !has($0) }.map(\.absence) }

  func wants(_ benchmark: Options.Benchmark) -> Bool { options.only.contains(benchmark) }

  /// A run of `stet` with an archive.
  func stet(
    _ archive: Archive, _ arguments: [String], accepting: Set<Int32> = [0], output: String = "/dev/null"
  ) -> Command {
    Command(options.stet, arguments + ["--archive", archive.path], accepting: accepting, output: output)
  }
}

/// Tells the person who waits, on standard error.
enum Progress {
  static func say(_ line: String) { FileHandle.standardError.write(Data("stet-bench: \(line)\n".utf8)) }
}
