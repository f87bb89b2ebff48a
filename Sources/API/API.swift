import HTTPAnswers
import JSON
import Model
import Storage

/// The JSON API: `/api/v1/…` as `openapi.json` describes it. The shapes are those of the commands' `--json`.
///
/// It reads; what changes the watch list is reached only by a question that may write (see `Answering`). Every failure is an
/// answer of the form `{"error": {code, message, hint}}`, so that it never throws.
public struct API: Answering {
  /// How the archive is called in `status`.
  let archive: String
  private let sums = TableSums()

  /// - Parameter archive: the archive's name for readers; a path would tell them of the machine.
  public init(archive: String) { self.archive = archive }

  /// The OpenAPI 3.1 description, served at `/api/openapi.json`: what changes the watch list is left out where nothing can.
  public static func description(takesWrites: Bool) throws(JSONError) -> [UInt8] {
    guard !takesWrites else { return PackageResources.openapi_json }
    guard case .object(let members) = try JSONValue(parsing: PackageResources.openapi_json) else { return [] }
    return JSONValue.object(
      members.map { key, value in
        guard key == "paths", case .object(let paths) = value else { return (key, value) }
        return (
          key,
          .object(
            paths.compactMap { path, item in
              guard case .object(let methods) = item else { return nil }
              let reading = methods.filter { $0.key == "get" }
              return reading.isEmpty ? nil : (path, .object(reading))
            })
        )
      }
    ).utf8
  }

  static let routes = readingRoutes + writingRoutes

  public func answer(_ question: Question, from store: Store) -> Answer? {
    guard question.segments.first == "api" else { return nil }
    let matching = Self.routes.filter { $0.values(in: question.segments) != nil }
    guard let route = matching.first(where: { $0.method == question.method }) else {
      if matching.isEmpty { return Failure.noSuchPath.answer }
      var failure = Failure(405, "wrong-method", "\(question.method) is not for this path")
      failure.allowed = Self.allowed(matching.map(\.method), takesWrites: question.takesWrites)
      return failure.answer
    }
    do {
      let asked = try Asked(
        question, route.values(in: question.segments) ?? [:], parameters: route.parameters, archive: archive,
        store: store, sums: sums)
      var answer = try route.answer(asked)
      if question.isRelative(["since", "until", "from", "to"], asked.value("revision")) { answer.validity = .minute }
      answer.route = route.pattern
      return answer
    } catch {
      var answer = Failure(error).answer
      answer.route = route.pattern
      return answer
    }
  }

  private static func allowed(_ methods: [String], takesWrites: Bool) -> String {
    var allowed: [String] = []
    if methods.contains("GET") { allowed += ["GET", "HEAD"] }
    if methods.contains("POST"), takesWrites { allowed.append("POST") }
    return allowed.joined(separator: ", ")
  }
}

/// One path and method.
struct Route: Sendable {
  let method: String
  /// `/api/v1/articles/{article}/log`
  let pattern: String
  private let segments: [String]
  /// The query parameters it takes; any other is refused, so that a misspelt one is not passed over.
  let parameters: Set<String>
  let answer: @Sendable (Asked) throws -> Answer

  init(
    _ method: String, _ pattern: String, _ parameters: Set<String> = [],
    answer: @escaping @Sendable (Asked) throws -> Answer
  ) {
    (self.method, self.pattern, self.parameters, self.answer) = (method, pattern, parameters, answer)
    segments = pattern.split(separator: "/").map(String.init)
  }

  /// What stands in the path for each name in braces; nil when it is another path.
  func values(in path: [String]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, given) in zip(segments, path) {
      if segment.hasPrefix("{") {
        guard !given.isEmpty else { return nil }
        values[String(segment.dropFirst().dropLast())] = given
      } else if segment != given {
        return nil
      }
    }
    return values
  }
}

extension API {
  /// Every method and path that is answered, as the description must name them: `GET /api/v1/status`.
  public static var paths: [String] { routes.map { "\($0.method) \($0.pattern)" } }
}
