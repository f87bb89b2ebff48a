import Model
import Storage

/// The captures of another Stet archive: each as its origin attests it, so that it has the same digest here.
// its walk is touched by `batch` alone, which comes one call at a time
public struct OtherArchive: CaptureSource, @unchecked Sendable {
  public let name: String
  private let walk: CaptureWalk

  public init(path: String, _ scope: Scope = Scope()) throws(ImportError) {
    name = path
    do throws(StorageError) {
      walk = try CaptureWalk(ExportReader(try Store.open(path, .read), scope, classes: []))
    } catch { throw .storage(error) }
  }

  public func batch() throws(ImportError) -> [Result<StoredCapture, LostCapture>] {
    do throws(StorageError) { return try walk.next() } catch { throw .unreadable(path: name, detail: error.message) }
  }

  public func read(_ item: Result<StoredCapture, LostCapture>) -> Found {
    do throws(LostCapture) { return .capture(try item.get().input) } catch {
      return .rejected(place: name, reason: error.message)
    }
  }
}
