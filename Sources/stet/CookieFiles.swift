import Exporting
import Fetching

/// Cookie files as people keep them.
enum CookieFiles {
  /// Reads one; a line that is wrong is an error, since a cookie that is missing looks like an edit.
  static func read(_ path: String, doing: String) throws -> CookieJar {
    let bytes = try InputFile.read(path, doing: doing)
    do { return try CookieJar(netscape: bytes) } catch {
      throw CommandFailure(
        doing, code: "bad-cookies", "\(path):\(error.line): \(error.message)",
        hint: "the file has seven fields a line, separated by tabs")
    }
  }
}
