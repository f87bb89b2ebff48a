import JSON
import Answers
import ArgumentParser
import Diffing

/// How edits are to be shown, for `diff` and `compare`.
struct DiffOptions: ParsableArguments {
  @Flag(name: .long, help: "Words marked inside sentences (the default).") var words = false
  @Flag(name: .long, help: "Old and new sentences under each other, as diff -u.") var unified = false
  @Flag(name: .long, help: "Old and new in two columns (the default on a terminal of 120 columns or more).")
  var sideBySide = false
  @Flag(name: .long, help: "A page for browsers and printers that stands alone.") var html = false
  @Flag(name: .long, help: "A patch that `stet compare --apply` applies.") var patch = false

  /// `--json` has a shape of its own, which a page or a patch cannot take.
  func check(json: Bool) throws {
    if json, html || patch { throw ValidationError("--json excludes --html and --patch") }
  }

  func validate() throws {
    guard [words, unified, sideBySide, html, patch].count(where: { $0 }) <= 1 else {
      throw ValidationError("--words, --unified, --side-by-side, --html and --patch exclude each other")
    }
  }
}

/// A comparison as it is printed.
extension Comparison {
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
}
