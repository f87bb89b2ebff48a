import HTTPAnswers
import JSON
import Storage

/// Why a question gets no other answer.
struct Failure: Error, Sendable {
  let status: Int
  let code: String
  let message: String
  var hint: String?
  /// Of a 405: the methods there are (RFC 9110 §15.5.6).
  var allowed: String?

  init(_ status: Int, _ code: String, _ message: String, hint: String? = nil) {
    (self.status, self.code, self.message, self.hint) = (status, code, message, hint)
  }

  /// What an archive says it could not do. Paths of this machine are not told.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case StorageError.interrupted:
      self.init(
        503, "took-too-long", "the question took too long and was stopped",
        hint: "ask for less: fewer articles, a shorter time, a rarer word")
    case StorageError.inUse: self.init(503, "in-use", "another process is writing", hint: "ask again")
    case StorageError.diskFull: self.init(503, "disk-full", "there is no space left; nothing was changed")
    case StorageError.readOnly: self.init(409, "read-only", "the archive cannot be written to")
    case StorageError.noKey:
      self.init(409, "no-key", "nothing can be signed: the archive's key is not on this machine")
    case let error as StorageError: self.init(500, error.code, "the archive could not be read")
    // Well formed, but no sentence can be found by it: there is no such page.
    case let error as QueryError: self.init(404, error.code, error.message)
    default: self.init(500, "failed", "this is a defect of stet's")
    }
  }

  static let noSuchPath = Failure(404, "no-such-path", "nothing is here", hint: "/api/openapi.json describes what is")
  static let noSuchArticle = Failure(404, "no-such-article", "no article has that number")

  static func parameter(_ name: String, _ reason: String) -> Failure {
    Failure(400, "bad-parameter", "\(name): \(reason)")
  }

  var json: JSONValue {
    .object([
      ("error", ["code": .string(code), "message": .string(message), "hint": JSONValue(hint)])
    ])
  }

  var answer: Answer {
    var answer = Answer.json(json, status: status, validity: .moment)
    if let allowed { answer.fields.append(("Allow", allowed)) }
    if status == 503 { answer.fields.append(("Retry-After", "5")) }
    return answer
  }
}

extension Answer {
  static func json(_ value: JSONValue, status: Int = 200, validity: Validity = .archive) -> Answer {
    Answer(status: status, type: "application/json", body: value.utf8, validity: validity)
  }

  /// What seldom changes under its name though the archive does, tagged by its own octets.
  static func tagged(_ value: JSONValue) -> Answer {
    let body = value.utf8
    return Answer(type: "application/json", body: body, validity: .content(tag: tag(of: body)))
  }

  /// One page of a list.
  /// - Parameter next: the cursor of the page after it; nil: this is the last.
  static func page(_ items: [JSONValue], next: String?, _ more: [(key: String, value: JSONValue)] = []) -> Answer {
    .json(.object([("items", .array(items)), ("next", JSONValue(next))] + more))
  }
}
