import Storage

/// What ends an import.
public enum ImportError: Error, Hashable, Sendable {
  case storage(StorageError)
  case unreadable(path: String, detail: String)
  /// A signature that does not hold, in what its place names.
  case badSignature(path: String, detail: String)
  case lineTooLong(path: String, line: Int, limitBytes: Int)
}
