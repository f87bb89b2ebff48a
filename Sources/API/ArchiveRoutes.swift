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
        let (status, misses) = (
          try asked.store.status(now: now, sums: asked.sums), try MissForecast(asked.store, now: now)
        )
        return .json(status.json(archive: asked.archive, misses, now: now), validity: .moment)
      },
      Route("GET", "/api/v1/sources", ["limit", "cursor"]) { asked in
        let limit = try asked.limit()
        let rows = try asked.store.sources(after: asked.numberCursor() ?? 0, limit: limit + 1)
        return .page(
          rows.prefix(limit).map(\.publicJSON), next: rows.count > limit ? "\(rows[limit - 1].id)" : nil)
      },
      Route("GET", "/api/v1/checkpoint") { asked in
        try .json(asked.store.checkpoint().json(key: asked.store.verifierKey()))
      },
      Route("GET", "/api/v1/edits", Set(scopeNames + ["class", "article", "stealth"])) { asked in
        try EditsPage(asked).answer
      },
      Route("GET", "/api/v1/search", Set(scopeNames + ["q"])) { asked in
        let query = try Query(words: asked.text("q"))
        let page = try asked.store.search(
          query, asked.scope(), after: asked.saidCursor(), limit: asked.limit(), effort: Store.pageEffort)
        return .page(page.found.map(\.json), next: page.next?.description, [("complete", .bool(!page.isCut))])
      },
      Route("GET", "/api/v1/when", Set(scopeNames + ["q", "article"])) { asked in
        let phrase = try asked.text("q")
        let page = try asked.store.when(
          Query(phrase: phrase), asked.scope(), after: asked.saidCursor(), limit: asked.limit(),
          effort: Store.pageEffort)
        return .page(
          page.found.map { $0.json(phrase: phrase) }, next: page.next?.description, [("complete", .bool(!page.isCut))])
      },
      Route("GET", "/api/v1/captures/{digest}") { asked in
        let found = try asked.capture()
        guard let capture = try asked.store.captures(found.article, after: found.id, inclusive: true, limit: 1).first,
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
