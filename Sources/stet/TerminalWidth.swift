import Glibc

/// How wide a terminal is, and how wide a text is on one.
enum TerminalWidth {
  /// Columns of the terminal that stdout is; else those that COLUMNS says; else 120.
  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return getenv("COLUMNS").flatMap { Int(String(cString: $0)) }.map { min(max($0, 40), 1000) } ?? 120
  }

  /// Columns that a text takes: two for what East Asian fonts draw wide (UAX #11, W and F) and for emoji, none for marks that
  /// take no room of their own. Terminals add up a syllable's signs, they do not draw it as one.
  static func of(_ text: String) -> Int {
    text.reduce(0) { width, character in
      if character.isASCII { return width + 1 }
      let scalars = character.unicodeScalars
      if scalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }) { return width + 2 }
      return scalars.reduce(width) { $0 + of($1) }
    }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: (0x1160...0x11FF).contains(scalar.value) ? 0 : isWide(scalar.value) ? 2 : 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
