import Diffing
import Model

/// An edit in two columns: the old wording left, the new one right, changed words marked.
struct SideBySide {
  private let width: Int

  /// - Parameter columns: of the whole line; at least 40 are used.
  init(columns: Int) { width = (max(40, columns) - 3) / 2 }

  func lines(of edit: Edit) -> String {
    var (left, right) = (Column(width: width), Column(width: width))
    switch (edit.before, edit.after) {
    case (let before?, let after?) where edit.action == .rewording:
      for run in wordRuns(from: before, to: after) {
        if run.change != .inserted { left.add(run.text, run.change == .same ? nil : .red) }
        if run.change != .deleted { right.add(run.text, run.change == .same ? nil : .green) }
      }
    case (let before, let after):
      let isMove = edit.action == .move
      if let before { left.add(before, isMove ? .yellow : .red) }
      if let after { right.add(after, isMove ? .yellow : .green) }
    }
    let (old, new) = (left.finish(isPadded: true), right.finish(isPadded: false))
    let empty = String(repeating: " ", count: width)
    let rows = (0..<max(old.count, new.count)).map { n in
      "\(n < old.count ? old[n] : empty) │ \(n < new.count ? new[n] : "")"
    }
    return EditsOutput.heading(edit) + "\n" + rows.joined(separator: "\n")
  }

  /// Text wrapped to a width, padded to it, some of it in colour or between marks.
  private struct Column {
    let width: Int
    private var lines: [String] = []
    private var widths: [Int] = []
    private var (line, used) = ("", 0)
    /// Where the last word of the line begins, and whether the next piece belongs to it.
    private var (word, isOpen) = ((octets: 0, used: 0), false)

    init(width: Int) { self.width = width }

    mutating func add(_ text: String, _ style: Style?) {
      guard let style else { return put(text, nil) }
      if Terminal.hasColor || style == .yellow { return put(text, style) }
      put(style == .red ? "[-\(text)-]" : "{+\(text)+}", nil)
    }

    private mutating func put(_ text: String, _ style: Style?) {
      for (n, paragraph) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if n > 0 {
          breakLine()
          isOpen = false
        }
        var words = paragraph.split(separator: " ", omittingEmptySubsequences: false)[...]
        while let word = words.popFirst() {
          write(words.isEmpty ? String(word) : word + " ", style)
        }
      }
    }

    private mutating func write(_ word: String, _ style: Style?) {
      let size = TerminalWidth.of(word)
      if used > 0, used + size > width + (word.hasSuffix(" ") ? 1 : 0) { isOpen ? carry(before: size) : breakLine() }
      if !isOpen { self.word = (line.utf8.count, used) }
      defer { isOpen = !word.hasSuffix(" ") }
      var piece = ""
      for character in word {
        let size = TerminalWidth.of(String(character))
        if used + size > width {
          if character == " " { continue }
          line += style?(piece) ?? piece
          piece = ""
          breakLine()
        }
        piece.append(character)
        used += size
      }
      if !piece.isEmpty { line += style?(piece) ?? piece }
    }

    /// Takes a word that goes on to the next line. One that no line holds is cut: before the piece that comes, if a line holds
    /// that, else where this line is full.
    private mutating func carry(before size: Int) {
      let kept = used - word.used
      guard word.used > 0, kept + size <= width else { return size <= width ? breakLine() : () }
      let beginning = String(decoding: line.utf8.dropFirst(word.octets), as: UTF8.self)
      (line, used) = (String(decoding: line.utf8.prefix(word.octets), as: UTF8.self), word.used)
      breakLine()
      (line, used) = (beginning, kept)
    }

    private mutating func breakLine() {
      lines.append(line)
      widths.append(used)
      (line, used, word) = ("", 0, (0, 0))
    }

    mutating func finish(isPadded: Bool) -> [String] {
      if used > 0 { breakLine() }
      guard isPadded else { return lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) } }
      return zip(lines, widths).map { $0 + String(repeating: " ", count: max(0, width - $1)) }
    }
  }
}
