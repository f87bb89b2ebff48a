import Formats
import Model
import Storage

/// Writes captures as JSON Lines, by article and then by instant: the same archive gives the same bytes.
public struct CaptureLinesExport {
  private let walk: CaptureWalk

  /// - Parameter classes: as `RecordOptions` has them.
  public init(store: Store, _ scope: Scope, classes: Set<Edit.Class> = []) throws(ExportError) {
    do throws(StorageError) { walk = try CaptureWalk(ExportReader(store, scope, classes: classes)) } catch {
      throw .storage(error)
    }
  }

  /// - Parameter progress: called now and then with the captures written so far.
  /// - Returns: how many captures, and which had to be left out: a line in the place of each says so.
  public func run(
    to file: borrowing PartialFile, progress: (Int) -> Void
  ) throws(ExportError) -> (written: Int, lost: [LostCapture]) {
    var (written, lost): (Int, [LostCapture]) = (0, [])
    do throws(StorageError) {
      while case let batch = try walk.next(), !batch.isEmpty {
        for stored in batch {
          switch stored {
          case .success(let stored):
            file.append(CaptureLine.encode(stored.input, digest: stored.digest))
            written += 1
          case .failure(let capture):
            file.append(CaptureLine.encode(omitted: capture))
            lost.append(capture)
          }
        }
        progress(written)
      }
    } catch { throw .storage(error) }
    return (written, lost)
  }
}

/// What ends an export.
public enum ExportError: Error, Hashable, Sendable {
  case storage(StorageError)
  case unwritable(path: String, detail: String)
}
