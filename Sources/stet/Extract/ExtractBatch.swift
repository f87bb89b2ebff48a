import Answers
import ContentCoding
import Extraction
import Importing
import JSON
import Model
import Parallel

/// Many pages read at once: a JSON line in, a JSON line out, in order. A bad line is answered by an error in its place.
enum ExtractBatch {
  /// A batch ends at so many octets of lines or so many lines; all its answers are held until its last page is read.
  private static let batchBytes = 16 << 20
  private static let batchLines = 256

  /// Answers every line of a file, `-` being standard input. False when an answer was an error.
  static func run(_ path: String, rules: SiteRules) throws -> Bool {
    let lines = try LineReader(path: path)
    var allRead = true
    while true {
      let batch = try lines.batch(bytes: batchBytes, lines: batchLines)
      if batch.isEmpty { return allRead }
      let answers = batch.concurrentMap { line in answer(line.bytes, number: line.number, rules: rules) }
      var out: [UInt8] = []
      for answer in answers {
        out += answer.line
        out.append(10)
        allRead = allRead && answer.isArticle
      }
      Terminal.write(out)
    }
  }

  private static func answer(_ line: [UInt8], number: Int, rules: SiteRules) -> (line: [UInt8], isArticle: Bool) {
    var id = JSONValue.null
    do {
      let page = try Page(line, number: number, id: &id)
      guard
        let reading = readPage(markup: try page.markup(), contentType: page.type, url: page.url, rules: rules)
      else {
        throw CommandFailure(page.doing, code: "no-article", "there is no article text in it")
      }
      guard case .object(let members) = reading.json(url: page.url) else {
        return ([], false)
      }
      return (JSONValue.object([("id", id)] + members).utf8, true)
    } catch {
      let failure = CommandFailure("line \(number)", error)
      let value: JSONValue = [
        "id": id,
        "error": ["code": .string(failure.code), "message": .string("\(failure.doing): \(failure.message)")],
      ]
      return (value.utf8, false)
    }
  }
}

/// A page that a line names or holds.
private struct Page {
  let doing: String
  let url: String?
  let type: String?
  private let file: String?
  private let html: String?

  /// `id` is set as soon as it is known, so that an error can name it.
  init(_ line: [UInt8], number: Int, id: inout JSONValue) throws {
    let doing = "line \(number)"
    func bad(_ message: String) -> CommandFailure { CommandFailure(doing, code: "bad-line", message) }
    let value: JSONValue
    do { value = try JSONValue(parsing: line) } catch { throw bad("it is not JSON") }
    guard case .object = value else { throw bad("it is not a JSON object") }
    guard let given = value["id"], given.string != nil || given.int != nil else {
      throw bad("it has no id that is a string or a whole number")
    }
    id = given
    (file, html) = (value["html_file"]?.string, value["html"]?.string)
    guard (file == nil) != (html == nil) else { throw bad("it needs one of html_file and html") }
    url = value["url"]?.string
    let byName = file.flatMap { InputFile.mediaType($0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0) }
    type = value["type"]?.string ?? byName ?? (html == nil ? nil : "text/html; charset=utf-8")
    self.doing = file.map { "\(doing), extracting from \($0)" } ?? doing
  }

  func markup() throws -> [UInt8] {
    guard let file else { return Array((html ?? "").utf8) }
    guard file != "-" else { throw CommandFailure(doing, code: "bad-line", "a line cannot name standard input") }
    let bytes = try InputFile.read(file, doing: doing)
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    do { return try gunzip(bytes, limit: InputFile.maximumBytes) } catch {
      throw CommandFailure(doing, code: "bad-gzip", error.message)
    }
  }
}
