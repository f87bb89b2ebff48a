import Model

/// What captures are read from: a file of JSON Lines, a WARC file, the history in a repository, another archive on the web.
///
/// Reading goes in two steps, so that all cores work on the second: `batch` takes items in the source's order, one call at a
/// time; `read` makes captures of them, any number of calls at once.
public protocol CaptureSource: Sendable {
  associatedtype Item: Sendable
  /// What messages call it: the name of a file, a URL.
  var name: String { get }
  /// The next items; empty at the end. A batch should stay below `CaptureImport.batchBytes` of octets or so, for several are on
  /// their way at a time. Called off Swift's own threads: it may block.
  func batch() throws(ImportError) -> [Item]
  /// What an item is. Pure, but that it may look up what the source has seen.
  func read(_ item: Item) -> Found
}

/// What became of one item of a source.
public enum Found: Sendable {
  case capture(CaptureInput)
  /// No capture, though it should be one: where (`name:line`, an offset, …), and why.
  case rejected(place: String, reason: String)
  /// Nothing that an archive keeps, and nothing wrong with that.
  case passed
  /// No item: something to be told of the source.
  case noted(place: String, text: String)
}
