import Model

/// The captures that an `ExportReader` may read, whole, article by article, oldest first, so that each body is decoded from
/// the one before it. For one caller at a time.
public final class CaptureWalk {
  private let reader: ExportReader
  private var articles: ArraySlice<Int64>
  private var planned: ArraySlice<PlannedCapture> = []

  /// Octets of bodies in a batch, or one body.
  private static let octets = 8 << 20

  public init(_ reader: ExportReader) throws(StorageError) {
    self.reader = reader
    articles = try reader.articles()[...]
  }

  /// The next captures; empty at the end. A damaged one is an error in its place and hides no other; an article whose
  /// captures cannot be listed is one error.
  public func next() -> [Result<StoredCapture, StorageError>] {
    var (batch, cost) = ([PlannedCapture](), 0)
    while cost < Self.octets {
      if let capture = planned.popFirst() {
        batch.append(capture)
        cost += capture.size + 4096
      } else if let article = articles.popFirst() {
        do throws(StorageError) { planned = try reader.captures(article)[...] } catch {
          return load(batch) + [.failure(error)]
        }
      } else {
        break
      }
    }
    return load(batch)
  }

  private func load(_ batch: [PlannedCapture]) -> [Result<StoredCapture, StorageError>] {
    do throws(StorageError) {
      let read = try reader.read(batch.map { (capture: $0, body: true, derived: false) })
      return read.map { .success(StoredCapture(input: $0.input, digest: $0.planned.digest)) }
    } catch {
      return batch.count > 1 ? batch.flatMap { load([$0]) } : [.failure(error)]
    }
  }
}
