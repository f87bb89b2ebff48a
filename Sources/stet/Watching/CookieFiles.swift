import Fetching

/// Cookie files as people keep them.
enum CookieFiles {
  /// Reads one; a line that is wrong is an error, since a cookie that is missing looks like an edit.
  static func read(_ path: String, doing: String) throws -> CookieFile {
    let bytes = try InputFile.read(path, doing: doing)
    do throws(CookieFile.Invalid) { return try CookieFile(bytes) } catch {
      throw CommandFailure(
        doing, code: error.code, "\(path):\(error.line): \(error.reason)",
        hint: "the file has seven fields a line, separated by tabs")
    }
  }
}
