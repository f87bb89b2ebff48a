import Foundation
import HTTPAnswers
import Memento
import Model
import Storage

/// An archive in a folder of its own, with captures put in as an import would, and what answers questions about it.
final class Archive {
  let store: Store
  private let folder: URL
  private let answers = MementoAnswers()

  static let base = "http://archive.example"
  static let now = Instant(milliseconds: 1_795_000_000_000)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "stet-memento-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try Store.create(folder.appending(path: "a.stet").path, now: Self.now)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)  // what stays in a temporary folder harms nothing
  }

  /// Keeps one capture; gives its digest.
  @discardableResult
  func keep(
    _ url: String, _ at: String, status: Int = 200, type: String? = "text/html; charset=utf-8",
    _ body: String = "<p>Hello.",
    fields: [(name: String, value: String)] = [], article: String? = nil, sequence: Int64 = 0, refersTo: Digest? = nil
  ) throws -> Digest {
    try keep(
      url, at, status: status, type: type, octets: Array(body.utf8), fields: fields, article: article,
      sequence: sequence,
      refersTo: refersTo)
  }

  @discardableResult
  func keep(
    _ url: String, _ at: String, status: Int = 200, type: String?, octets: [UInt8],
    fields: [(name: String, value: String)] = [], article: String? = nil, sequence: Int64 = 0, refersTo: Digest? = nil
  ) throws -> Digest {
    guard let instant = Instant(at), let made = HTTPFields((type.map { [("Content-Type", $0)] } ?? []) + fields) else {
      throw Bad.capture(url)
    }
    let response = Response(url: url, at: instant, status: status, fields: made, body: status == 304 ? [] : octets)
    let input = CaptureInput(
      article: article ?? url, origin: nil, response: response, sequence: sequence, refersTo: refersTo)
    guard let kept = try store.keep(store.prepare([input]), now: Self.now).first else { throw Bad.capture(url) }
    return kept.digest
  }

  /// Keeps many at once.
  func keep(_ url: String, at instants: [Instant]) throws {
    let inputs = instants.enumerated().map { i, at in
      CaptureInput(
        article: url, origin: nil,
        response: Response(url: url, at: at, status: 200, fields: HTTPFields(), body: Array("<p>\(i)".utf8)))
    }
    _ = try store.keep(store.prepare(inputs), now: Self.now)
  }

  /// Asks as over HTTP.
  func ask(_ target: String, at datetime: String? = nil) throws -> Answer {
    let fields = datetime.map { [(name: "accept-datetime", value: $0)] } ?? []
    let question = try Question(target: target, fields: fields, now: Self.now, base: Self.base)
    guard let answer = try answers.answer(question, from: store) else { throw Bad.path(target) }
    return answer
  }

  enum Bad: Error { case capture(String), path(String) }
}

extension Answer {
  var text: String { String(decoding: body, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// The links of the Link field, or of the body of a TimeMap.
  var links: [Link] { Link.parse(field("Link") ?? "") }
}

/// A link of a Link field or TimeMap (RFC 8288 §3), read by code that shares nothing with what writes them.
struct Link: Hashable {
  let target: String
  let attributes: [String: String]

  var relations: Set<String> { Set((attributes["rel"] ?? "").split(separator: " ").map(String.init)) }
  var datetime: Instant? { attributes["datetime"].flatMap { HTTPDate.parse($0, now: Archive.now) } }

  static func parse(_ text: String) -> [Link] {
    var (found, rest): ([Link], Substring) = ([], text[...])
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let target = String(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
      var attributes: [String: String] = [:]
      while rest.drop(while: \.isWhitespace).first == ";" {
        let parameter = rest.drop(while: \.isWhitespace).dropFirst().drop(while: \.isWhitespace)
        guard let equals = parameter.firstRange(of: "=\""),
          let end = parameter[equals.upperBound...].firstIndex(of: "\"")
        else { break }
        attributes[String(parameter[..<equals.lowerBound])] = String(parameter[equals.upperBound..<end])
        rest = parameter[parameter.index(after: end)...]
      }
      found.append(Link(target: target, attributes: attributes))
    }
    return found
  }
}
