import Foundation

/// The demonstration's own lines on standard output: bold and colour only on a terminal, and never under NO_COLOR.
struct Terminal: Sendable {
  private let styled: Bool

  init(environment: [String: String]) {
    styled = isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// A line of prose.
  func say(_ text: String) { write(text + "\n") }

  /// The title of a part of the demonstration.
  func title(_ text: String) { write("\n" + style("1;36", "── \(text)") + "\n") }

  /// A command as it would be typed.
  func command(_ text: String) { write("\n" + style("1", "$ \(text)") + "\n") }

  func good(_ text: String) { write(style("32", text) + "\n") }

  func bad(_ text: String) { write(style("31", text) + "\n") }

  private func style(_ code: String, _ text: String) -> String { styled ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }

  /// Unbuffered, so that it stands before what the next command prints.
  private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
