import Formats
import Model

/// Captures as JSON Lines.
public struct CaptureLines: CaptureSource {
  public let name: String
  private let lines: LineReader

  private static let batchLines = 1024

  /// Opens a file; `-` is standard input.
  public init(path: String) throws(ImportError) {
    name = path == "-" ? "standard input" : path
    lines = try LineReader(path: path)
  }

  public func batch() throws(ImportError) -> [LineReader.Line] {
    try lines.batch(bytes: CaptureImport.batchBytes, lines: Self.batchLines)
  }

  public func read(_ line: LineReader.Line) -> Found {
    do throws(CaptureLine.Invalid) {
      return .capture(try CaptureLine.decode(line.bytes))
    } catch { return .rejected(place: "\(name):\(line.number)", reason: error.reason) }
  }
}
