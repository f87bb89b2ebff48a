import Formats
import Model
import Storage

/// Writes the index of a WARC export, as CDXJ: which capture lies where in the files that `WARCExport` makes with the same
/// options.
public struct CDXJExport: Sendable {
  private let store: Store
  private let options: RecordOptions

  public init(store: Store, _ options: RecordOptions) { (self.store, self.options) = (store, options) }

  /// Writes the lines, sorted by their octets.
  /// - Parameters:
  ///   - warc: the path that the WARC export is given; the lines have its file names without their folder.
  ///   - progress: called now and then with the records seen so far and all there are.
  /// - Returns: how many lines, and what is damaged and therefore not in those files.
  public func run(
    to file: borrowing PartialFile, warc: String, progress: (Int, Int) -> Void
  ) async throws(ExportError) -> (lines: Int, lost: [LostCapture]) {
    let plan = try RecordPlan(store, options)
    let (reader, parts, total) = (plan.reader, plan.parts, plan.total)
    var (lines, lost, seen): ([String], [LostCapture], Int) = ([], [], 0)
    for (part, path) in zip(parts, PartNames.names(warc, parts.count)) {
      var index = PlacedLines(
        filename: path.split(separator: "/").last.map(String.init) ?? path,
        offset: Int64(try WARCExport.fileRecord(part, store, options).octets.count))
      let stream = RecordStream(part, reader, options)
      while true {
        let pieces = try await stream.next()
        if pieces.isEmpty { break }
        for piece in pieces { index.take(piece) }
        progress(seen + index.lines.count, total)
      }
      lines += index.lines
      lost += stream.lost
      seen += part.records + 1
    }
    lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for line in lines { file.append(Array((line + "\n").utf8)) }
    return (lines.count, lost)
  }
}

/// The index of one file, as its records come.
struct PlacedLines {
  let filename: String
  /// Where the next record begins.
  var offset: Int64
  private(set) var lines: [String] = []

  init(filename: String, offset: Int64) { (self.filename, self.offset) = (filename, offset) }

  mutating func take(_ piece: RecordPiece) {
    if var line = piece.line {
      (line.offset, line.filename) = (offset, filename)
      lines.append(line.cdxj)
    }
    offset += Int64(piece.octets.count)
  }
}
