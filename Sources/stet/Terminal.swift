import Glibc

/// Standard output and standard error: people read stderr and tables, programs read stdout.
enum Terminal {
  static let isOutput = isatty(STDOUT_FILENO) == 1
  static let isError = isatty(STDERR_FILENO) == 1
  /// Colour only on a terminal and never under NO_COLOR (no-color.org).
  static let hasColor = isOutput && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true

  /// A line on stdout.
  static func print(_ line: String) { write(Array((line + "\n").utf8)) }

  /// Octets on stdout as they are. A reader that went away ends the program quietly, as it does for other tools.
  static func write(_ bytes: [UInt8]) {
    guard !send(bytes, to: STDOUT_FILENO) else { return }
    let reason = errno
    if reason == EPIPE { exit(0) }
    error("stet: writing to standard output: \(String(cString: strerror(reason)))\n")
    exit(1)
  }

  /// Text on stderr, without a newline of its own. When stderr is gone there is nobody left to tell.
  static func error(_ text: String) { _ = send(Array(text.utf8), to: STDERR_FILENO) }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let n = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
      if n >= 0 { sent += n } else if errno != EINTR { return false }
    }
    return true
  }

  /// A progress line that replaces itself; only on a terminal.
  static func progress(_ text: String) {
    if isError { error("\r\u{1B}[K" + text) }
  }

  static func endProgress() {
    if isError { error("\r\u{1B}[K") }
  }
}

/// Text in colour, when colour is wanted.
enum Style: String {
  case bold = "1"
  case dim = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case cyan = "36"

  func callAsFunction(_ text: String) -> String { Terminal.hasColor ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text }
}
