import Answers
import ArgumentParser
import Diffing
import Exporting
import JSON
import Model
import Storage

/// Which captures an export of captures takes.
struct SelectionOptions: ParsableArguments {
  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @OptionGroup var times: CaptureTimes
  @Option(name: .long, help: ArgumentHelp("Articles that this source named: URL or part of it.", valueName: "source"))
  var source: String?
  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "Only the captures on both sides of edits of this class; may be given again.", valueName: "class"))
  var classes: [Edit.Class] = []

  func scope(_ store: Store, doing: String) throws -> Scope {
    var scope = Scope()
    scope.articles = try names.map { try store.named($0, doing: doing).id }
    (scope.since, scope.until) = (times.since?.start, times.until?.end)
    scope.source = try source.map { try store.sourceNamed($0, doing: doing) }
    return scope
  }
}

/// Which captures an export in the field's formats takes, and whether with what was derived from them.
struct RecordSelectionOptions: ParsableArguments {
  @OptionGroup var selection: SelectionOptions
  @Flag(name: .long, help: "No texts of revisions and no edits.") var capturesOnly = false

  func records(_ store: Store, doing: String) throws -> RecordOptions {
    var options = RecordOptions(software: "stet/\(StetVersion.current)", describe: Self.describe)
    options.scope = try selection.scope(store, doing: doing)
    (options.classes, options.capturesOnly) = (Set(selection.classes), capturesOnly)
    return options
  }

  /// The object that `stet diff --json` prints of a revision, without `coarse`, which is not kept.
  @Sendable private static func describe(_ url: String, _ change: LoadedChange) -> [UInt8] {
    func end(_ revision: RevisionText) -> JSONValue {
      [
        "revision": JSONValue(revision.ordinal), "snapshot": .string(revision.digest.description),
        "at": .string(revision.firstCapture.description),
      ]
    }
    let language = change.after.text.language ?? change.before.text.language
    return JSONValue.object([
      ("url", .string(url)), ("from", end(change.before)), ("to", end(change.after)),
      ("stealth", .bool(isStealth(change.edits, from: change.before.text, to: change.after.text))),
      ("edits", .array(change.edits.map { $0.json(language: language) })),
    ]).utf8
  }
}

/// `--no-gzip`, `--level`, `--max-size`: how WARC files are made.
struct WARCFileOptions: ParsableArguments {
  @Flag(name: .customLong("no-gzip"), help: "Plain records.") var isPlain = false
  @Option(
    name: .long,
    help: ArgumentHelp("How hard to compress: 1 is fastest, 6 as small as gzip, 12 smallest.", valueName: "1-12"))
  var level = 1
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Begin another file when so much has gone into one, counted before compression: 500M, 4G.", valueName: "size"))
  var maxSize = Octets(count: 4_000_000_000)

  func validate() throws {
    guard (1...12).contains(level) else { throw ValidationError("--level takes a number from 1 to 12") }
  }

  func apply(to options: inout RecordOptions) {
    (options.level, options.maxOctets) = (isPlain ? nil : level, maxSize.count)
  }
}

/// A number of octets as people give it: `800`, `64k`, `500M`, `4G`, `1T`, powers of a thousand.
struct Octets: ExpressibleByArgument {
  let count: Int64

  init(count: Int64) { self.count = count }

  init?(argument: String) {
    let units: [Character: Int64] = ["K": 1000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000]
    let unit = argument.last.flatMap { units[Character($0.uppercased())] }
    guard let number = Int64(unit == nil ? argument[...] : argument.dropLast()), number > 0 else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflow else { return nil }
    count = product
  }

  var defaultValueDescription: String { count % 1_000_000_000 == 0 ? "\(count / 1_000_000_000)G" : "\(count)" }
}
