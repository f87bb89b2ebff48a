import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct EditsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edits",
    abstract: "Edits over the whole archive, newest first.",
    discussion: """
      Each with the interval in which it was made: after the last capture without it, by the first with it, and how many \
      checks lie in between. With --class more than once, edits that are of any of these. --stealth takes revisions that changed \
      the substance with no new correction notice and the same date of modification.

      EXAMPLE
        stet edits --class number --since 2026-11-20
        stet edits ferry-contract --json
        stet edits --stealth --since 7d
        stet edits --source https://example.org/feed --class headline --limit 20
      """)

  @OptionGroup var wanted: EditsOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "listing edits"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let scope = try wanted.part.scope(wanted.names, in: store, doing: doing)
      let limit = wanted.part.limit ?? .max
      var left = limit
      let isWanted = { (change: RevisionChange) in !wanted.stealth || change.isStealth }
      try store.edits(scope, classes: Set(wanted.classes), where: isWanted) { found in
        let edits = found.edits.prefix(left)
        left -= edits.count
        if options.json {
          for edit in found.json(edits) { Terminal.print(edit.description) }
        } else {
          if left + edits.count < limit { Terminal.print("") }
          show(found, edits)
        }
        return left > 0
      }
      if left == limit, !options.json { Terminal.error("no such edits\n") }
    }
  }

  private func show(_ found: FoundEdits, _ edits: ArraySlice<Edit>) {
    Terminal.print(Style.bold("\(found.url)@\(found.ordinal)"))
    let between = found.checksBetween > 0 ? ", \(count(found.checksBetween, "check"))" : ""
    let misses = found.misses > 0 ? ", \(found.misses) without an article" : ""
    let noted = found.recurrence.flatMap(\.note)
    let notes = [found.change.isStealth ? "stealth" : nil, found.returnsTo.map { "back to @\($0)" }, noted]
    let marks = notes.compactMap(\.self).map { Style.yellow("  \($0)") }.joined()
    Terminal.print(found.came.words + Style.dim("\(between)\(misses)") + marks)
    for edit in edits { Terminal.print(EditsOutput.words(edit)) }
  }
}

extension Recurrence {
  /// For people; nil where "back to" says it.
  var note: String? {
    switch self {
    case .headlineTest: "headlines in turns"
    case .flipFlop: "two texts in turns"
    case .revert: nil
    }
  }
}
