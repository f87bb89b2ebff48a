import Answers
import Evidence
import HTTPAnswers
import JSON
import Model
import Storage
import Syncing

/// What is asked of the archive as a whole.
extension API {
  static let readingRoutes: [Route] =
    [
      Route("GET", "/api/openapi.json") { asked in
        let body = try description(takesWrites: asked.question.takesWrites)
        return Answer(type: "application/json", body: body, validity: .content(tag: Answer.tag(of: body)))
      },
      Route("GET", "/api/v1/status") { asked in
        let now = asked.question.now
        let (status, misses) = (try asked.store.status(now: now), try MissForecast(asked.store, now: now))
        return .json(status.json(archive: asked.archive, misses, now: now), validity: .moment)
      },
      Route("GET", "/api/v1/sources", ["limit", "cursor"]) { asked in
        try asked.page(of: asked.store.sources()) { $0.publicJSON }
      },
      Route("GET", "/api/v1/checkpoint") { asked in
        try .json(asked.store.checkpoint().json(key: asked.store.verifierKey()))
      },
      Route("GET", "/api/v1/edits", Set(scopeNames + ["class", "article"])) { asked in
        try EditsPage(asked).answer
      },
      Route("GET", "/api/v1/search", Set(scopeNames + ["q"])) { asked in
        let query = try Query(words: asked.text("q"))
        let found = try asked.store.search(query, asked.scope())
        return try asked.page(of: found.found, [("complete", .bool(found.isComplete))]) { $0.json }
      },
      Route("GET", "/api/v1/when", ["q", "article", "limit", "cursor"]) { asked in
        let phrase = try asked.text("q")
        let found = try asked.store.when(Query(phrase: phrase), in: asked.articles())
        return try asked.page(of: found) { $0.json(phrase: phrase) }
      },
      Route("GET", "/api/v1/captures/{digest}") { asked in
        let found = try asked.capture()
        let captures = try asked.store.captures(found.article)
        guard let capture = captures.first(where: { $0.id == found.id }),
          case .object(let members) = capture.json, let stored = try asked.store.load([found.id]).first
        else { throw Failure.noSuchCapture }
        let fields = stored.input.response.fields.pairs.map { JSONValue.array([.string($0.name), .string($0.value)]) }
        return .tagged(
          .object(
            [("article", JSONValue(found.article))] + members + [
              ("refers_to", JSONValue(stored.input.refersTo?.description)),
              ("via", JSONValue(stored.input.via?.description)), ("fields", .array(fields)),
            ]))
      },
      Route("GET", "/api/v1/captures/{digest}/proof") { asked in
        try asked.proof(of: asked.digest())
      },
      Route("GET", "/api/v1/bodies/{digest}") { asked in
        let digest = try asked.digest()
        guard let body = try asked.store.body(digest) else {
          throw Failure(404, "no-such-body", "the archive has no body of that digest")
        }
        // Never to be shown in this origin: whatever it is, it is saved as a file.
        return Answer(
          type: "application/octet-stream", body: body, validity: .immutable(tag: digest.hexadecimal),
          fields: [
            ("Content-Disposition", "attachment; filename=\"\(digest.hexadecimal.prefix(16)).body\""),
            ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
          ])
      },
    ] + articleRoutes

  static let scopeNames = ["since", "until", "source", "language", "limit", "cursor"]
}

extension Asked {
  /// The capture that the path names.
  func capture() throws -> (id: Int64, article: Int64) {
    guard let found = try store.capture(digest()) else { throw Failure.noSuchCapture }
    return found
  }

  func proof(of digest: Digest) throws -> Answer {
    guard let proof = try store.proof(ofCapture: digest) else { throw Failure.noSuchCapture }
    return .json(proof.json(path: nil))
  }
}

extension Failure {
  static let noSuchCapture = Failure(404, "no-such-capture", "the archive has no capture of that digest")
}
