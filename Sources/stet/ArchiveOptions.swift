import ArgumentParser
import Glibc
import Model
import Storage

/// `--archive` and `--json`, which nearly every command takes.
struct ArchiveOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The archive file. [default: $STET_ARCHIVE, else ./archive.stet]", valueName: "path"),
    completion: .file(extensions: ["stet"]))
  var archive: String?

  @Flag(name: .long, help: "Print JSON for programs.")
  var json = false

  var path: String {
    if let archive { return archive }
    guard let set = getenv("STET_ARCHIVE"), set.pointee != 0 else { return "archive.stet" }
    return String(cString: set)
  }

  func open(_ access: Store.Access) throws -> Store { try Store.open(path, access) }
}

extension Store {
  /// The article a person named, or a failure that says what to do.
  func named(_ name: String, doing: String) throws -> (id: Int64, url: String) {
    switch try article(named: name) {
    case .one(let id, let url): return (id, url)
    case .none:
      throw CommandFailure(
        doing, code: "no-such-article", "no article in the archive has that URL, part of a URL, or number",
        hint: "`stet articles` lists them")
    case .several(let urls):
      throw CommandFailure(
        doing, code: "ambiguous", "more than one article has that in its URL" + Self.listed(urls),
        hint: "give more of the URL, or a number, as `stet articles \(name)` lists them")
    }
  }

  /// Some of several URLs, a line each.
  private static func listed(_ urls: [String]) -> String { ":" + urls.map { "\n  \($0)" }.joined() }

  /// The number of the source a person named, removed ones included, or a failure that says what to do.
  func sourceNamed(_ name: String, doing: String) throws -> Int64 {
    switch try everySource(named: name) {
    case .one(let id, _): return id
    case .none:
      throw CommandFailure(
        doing, code: "no-such-source", "no source has \(name) as its URL or in it",
        hint: "`stet sources` lists what is watched")
    case .several(let urls):
      throw CommandFailure(
        doing, code: "ambiguous", "more than one source has \(name) in its URL" + Self.listed(urls),
        hint: "give more of the URL")
    }
  }
}
