import Answers
import Discovery
import HTTPAnswers
import JSON
import Model
import Storage

/// What changes the watch list. Asked only where writing is allowed and the token was right.
///
/// Header fields, cookies and permission to ask private addresses cannot be set here: they would let a token's holder read
/// files of this machine or reach into its network.
extension API {
  static let writingRoutes: [Route] =
    [
      Route("POST", "/api/v1/sources") { asked in
        let (body, now) = (try asked.posted(), asked.question.now)
        let kind = try body.text("kind").map { text in
          guard let kind = SourceKind(rawValue: text) else {
            throw Failure.parameter("kind", "page, feed, sitemap or list is wanted")
          }
          return kind
        }
        let every = try body.number("every_ms", in: 1000...31_536_000_000)
        var (good, rejected): ([NewSource], [(url: String, reason: String)]) = ([], [])
        for text in try body.texts("urls") {
          do throws(WebURL.Invalid) {
            let url = try WebURL(text)
            guard url.scheme == "http" || url.scheme == "https" else {
              rejected.append((text, "scheme \(url.scheme) is neither http nor https"))
              continue
            }
            good.append(NewSource(url: url, kind: kind ?? GuessedKind.of(url)))
          } catch { rejected.append((text, error.reason)) }
        }
        let change: ((inout SourceSettings) -> Void)? = every.map { every in { $0.every = every } }
        return .json(try asked.store.add(good, now: now, setting: change).json(rejected: rejected), validity: .moment)
      }
    ]
    + [("pause", WatchChange.pause), ("resume", .resume), ("remove", .remove)].map { name, change in
      Route("POST", "/api/v1/sources/\(name)") { asked in
        let watched = try asked.posted().texts("names").map { try asked.watched($0) }
        let done = try asked.store.change(watched, change, now: asked.question.now)
        return .json(
          [
            "items": .array(zip(watched, done).map { change.json($0, isListed: $1) }), "next": .null,
          ], validity: .moment)
      }
    }
}

extension Asked {
  /// The most names or URLs that one request may give.
  static let mostNames = 100

  /// The JSON object that was posted.
  func posted() throws(Failure) -> Posted {
    let type = question.field("Content-Type")?.prefix { $0 != ";" }.lowercased()
    guard type == "application/json" else {
      throw Failure(415, "not-json", "Content-Type: application/json is wanted")
    }
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: question.body) } catch {
      throw Failure(400, "bad-body", "the body is no JSON: \(error)")
    }
    guard case .object = value else { throw Failure(400, "bad-body", "a JSON object is wanted") }
    return Posted(value: value)
  }

  /// What a name means of what is watched.
  func watched(_ name: String) throws -> Watched {
    if let source = try store.source(named: name) { return source }
    switch try store.article(named: name) {
    case .one(let id, let url): return .article(id: id, url: url)
    case .none:
      throw Failure(404, "no-such-article", "\(name): no article in the archive has that URL, part of a URL, or number")
    case .several(let urls):
      throw Failure(
        404, "ambiguous", "\(name): more than one article has that in its URL: \(urls.joined(separator: " "))",
        hint: "give more of the URL")
    }
  }
}

/// A posted JSON object, its members checked one by one.
struct Posted {
  let value: JSONValue

  func text(_ name: String) throws(Failure) -> String? {
    guard let member = value[name] else { return nil }
    guard let text = member.string else { throw .parameter(name, "a string is wanted") }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Int64>) throws(Failure) -> Int64? {
    guard let member = value[name] else { return nil }
    // 60000.0 is a whole number too, as JSON Schema sees it.
    var given = member.int
    if given == nil, case .number(let digits) = member { given = Double(digits).flatMap(Int64.init(exactly:)) }
    guard let number = given, range.contains(number) else {
      throw .parameter(name, "a whole number from \(range.lowerBound) to \(range.upperBound) is wanted")
    }
    return number
  }

  /// At least one text, and no more than `Asked.mostNames`.
  func texts(_ name: String) throws(Failure) -> [String] {
    let texts = value[name]?.array?.compactMap(\.string) ?? []
    guard !texts.isEmpty, texts.count == value[name]?.array?.count, texts.count <= Asked.mostNames,
      texts.allSatisfy(Asked.isShort)
    else {
      throw .parameter(
        name, "a list of 1 to \(Asked.mostNames) strings of at most \(Asked.longestText) characters is wanted")
    }
    return texts
  }
}
