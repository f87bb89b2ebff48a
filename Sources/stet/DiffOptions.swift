import ArgumentParser
import Diffing
import JSON
import Model

/// How edits are to be shown, for `diff` and `compare`.
struct DiffOptions: ParsableArguments {
  @Flag(name: .long, help: "Words marked inside sentences (the default).") var words = false
  @Flag(name: .long, help: "Old and new sentences under each other, as diff -u.") var unified = false
  @Flag(name: .long, help: "Old and new in two columns (the default on a terminal of 120 columns or more).")
  var sideBySide = false
  @Flag(name: .long, help: "A page for browsers and printers that stands alone.") var html = false
  @Flag(name: .long, help: "A patch that `stet compare --apply` applies.") var patch = false

  func validate() throws {
    guard [words, unified, sideBySide, html, patch].count(where: { $0 }) <= 1 else {
      throw ValidationError("--words, --unified, --side-by-side, --html and --patch exclude each other")
    }
  }
}

/// One side of a comparison.
struct ComparedText {
  /// How people read it: `@3 2026-11-20 10:00Z`, or a file's name.
  let label: String
  let text: ArticleText
  let json: JSONValue
}

/// What two article texts say differently, ready to be printed.
struct Comparison {
  /// What is compared: a URL; nil for two files.
  let url: String?
  let old: ComparedText
  let new: ComparedText
  let edits: [Edit]
  let isCoarse: Bool

  init(url: String?, _ old: ComparedText, _ new: ComparedText) {
    (self.url, self.old, self.new) = (url, old, new)
    let (edits, isCoarse) = compare(old.text, new.text)
    self.edits = edits
    // Only long wordings can use up the work there is for words.
    self.isCoarse =
      isCoarse
      || edits.contains { edit in
        guard edit.action == .rewording, let before = edit.before, let after = edit.after else { return false }
        return before.utf8.count + after.utf8.count > 100_000 && compareWords(before, after).isCoarse
      }
  }

  var isStealth: Bool { Diffing.isStealth(edits, from: old.text, to: new.text) }

  func print(_ options: DiffOptions, json: Bool) {
    if json { return Terminal.print(self.json.description) }
    if options.html { return Terminal.print(EditsPage.html(self)) }
    if options.patch { return Terminal.write(Array(Diffing.patch(from: old.text, to: new.text).utf8)) }
    var isFirst = url == nil
    if let url {
      Terminal.print(Style.bold(url))
      Terminal.print(Style.dim("\(old.label) → \(new.label)"))
    }
    let isWide = Terminal.isOutput && TerminalWidth.columns >= 120 && !options.words && !options.unified
    for edit in edits {
      if !isFirst { Terminal.print("") }
      isFirst = false
      if options.unified {
        Terminal.print(EditsOutput.unified(edit))
      } else if options.sideBySide || isWide {
        Terminal.print(SideBySide(columns: TerminalWidth.columns).lines(of: edit))
      } else {
        Terminal.print(EditsOutput.words(edit))
      }
    }
    if edits.isEmpty { Terminal.print((isFirst ? "" : "\n") + "no edits: both say the same") }
    if isCoarse { Terminal.error("note: \(Self.coarseNote)\n") }
  }

  static let coarseNote =
    "these texts are so large or so mixed up that not all was compared: moves and rewordings may be shown as deletions and additions"

  private var json: JSONValue {
    let language = new.text.language ?? old.text.language
    return .object(
      (url.map { [("url", .string($0))] } ?? []) + [
        ("from", old.json), ("to", new.json), ("stealth", .bool(isStealth)), ("coarse", .bool(isCoarse)),
        ("edits", .array(edits.map { EditsOutput.json($0, language: language) })),
      ])
  }
}
