import Model

/// The captures that an `ExportReader` may read, whole, article by article, oldest first, so that each body is decoded from
/// the one before it. For one caller at a time.
public final class CaptureWalk {
  private let reader: ExportReader
  private var articles: ArraySlice<Int64>
  private var planned: ArraySlice<PlannedCapture> = []
  private var lost: [LostCapture] = []

  /// Octets of bodies in a batch, or one body.
  private static let octets = 8 << 20

  public init(_ reader: ExportReader) throws(StorageError) {
    self.reader = reader
    articles = try reader.articles()[...]
  }

  /// The next captures, damaged ones as errors among them; empty at the end.
  public func next() throws(StorageError) -> [Result<StoredCapture, LostCapture>] {
    var (batch, cost) = ([PlannedCapture](), 0)
    while cost < Self.octets {
      if let capture = planned.popFirst() {
        batch.append(capture)
        cost += capture.size + 4096
      } else if let article = articles.popFirst() {
        let captures = try reader.captures(article)
        planned = captures.whole[...]
        lost += captures.lost
      } else {
        break
      }
    }
    defer { lost = [] }
    return lost.map { .failure($0) }
      + (try reader.read(batch.map { (capture: $0, body: true, derived: false) })).compactMap { read in
        read.lost.map { .failure($0) }
          ?? read.capture.map { .success(StoredCapture(input: $0.input, digest: $0.planned.digest)) }
      }
  }
}
