import HTTPAnswers
import JSON
import Model
import Parallel
import Storage

/// All that happens to a request between the sockets and what answers it: whose name it may use, how long it may be, what
/// is answered from memory, what is counted. It knows no sockets, so that it is tested without.
public final class Front: Sendable {
  public struct Settings: Sendable {
    /// The archive file.
    public var archive: String
    /// Who is asked, in this order; the first that has an answer gives it.
    public var answering: [any Answering]
    public var hosts: HostPolicy
    /// The address for links in answers, without a slash at the end; nil: as the request calls the server.
    public var base: String?
    /// Nil: nothing can be written.
    public var token: Token?
    /// Readers of the archive at the same time.
    public var readers: Int
    /// Nanoseconds that a question may take.
    public var limit: Int64 = 10_000_000_000
    public var version: String
    public var now: @Sendable () -> Instant
    /// Nanoseconds of a clock that never goes back.
    public var ticks: @Sendable () -> Int64
    /// Takes a line about each request; nil: none are written.
    public var log: (@Sendable (String) -> Void)?

    public init(
      archive: String, answering: [any Answering], hosts: HostPolicy, readers: Int, version: String,
      now: @escaping @Sendable () -> Instant, ticks: @escaping @Sendable () -> Int64
    ) {
      (self.archive, self.answering, self.hosts, self.readers) = (archive, answering, hosts, readers)
      (self.version, self.now, self.ticks) = (version, now, ticks)
    }
  }

  /// Octets of a target, of all header fields together, and of what is posted, at most.
  static let (longestTarget, longestHead, longestBody) = (64 << 10, 64 << 10, 2 << 20)

  let settings: Settings
  let pool: StorePool
  let state: ArchiveState
  private let writer: Store?
  private let memory = AnswerMemory()
  private let metrics = Metrics()
  private let sums = TableSums()
  private let listeners = ListenerCount()

  /// Opens the archive. Throws what `Store.open` does.
  public init(_ settings: Settings) throws(StorageError) {
    self.settings = settings
    writer = settings.token == nil ? nil : try Store.open(settings.archive, .write)
    pool = try StorePool(
      settings.archive, readers: settings.readers, limit: settings.limit, ticks: settings.ticks)
    state = try ArchiveState(settings.archive, ticks: settings.ticks)
  }

  /// Closes the archive, when nothing is asked any more.
  public func close() {
    pool.close()
    state.close()
    writer?.close()
  }

  /// Stops questions that take too long; to be called every now and then.
  public func stopOverdue() { pool.stopOverdue() }

  /// - Parameter peer: who asks, for the log.
  public func reply(to request: Incoming, peer: String? = nil) async -> Reply {
    let began = settings.ticks()
    var reply = await made(for: request)
    reply.secure()
    if request.method == "HEAD", reply.status != 304 {
      reply.fields.append(("Content-Length", "\(reply.body.count)"))
      (reply.body, reply.events) = ([], nil)
    }
    let took = settings.ticks() - began
    metrics.count(route: reply.route, method: request.method, status: reply.status, nanoseconds: took)
    if let log = settings.log {
      let line: JSONValue = [
        "at": .string(settings.now().description), "peer": JSONValue(peer), "method": .string(request.method),
        "target": .string(request.target), "status": JSONValue(reply.status), "bytes": JSONValue(reply.body.count),
        "microseconds": JSONValue(took / 1000), "route": .string(reply.route),
        "agent": JSONValue(request.field("User-Agent")),
      ]
      log(line.description)
    }
    return reply
  }

  private func made(for request: Incoming) async -> Reply {
    guard request.target.utf8.count <= Self.longestTarget else {
      return refusal(414, "the address is too long", request)
    }
    let head = request.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    guard head <= Self.longestHead else { return refusal(431, "the header fields are too long", request) }
    let hosts = request.fields.all(named: "Host")
    guard hosts.count == 1, let host = hosts.first else {
      return refusal(400, "one Host field is wanted", request)
    }
    guard settings.hosts.admits(host) else {
      return refusal(421, "this server is not called \(host); `stet serve --host` lets it be", request)
    }
    let base = settings.base ?? "http://\(host)"
    switch request.method {
    case "GET", "HEAD": return await read(request, base: base)
    case "POST" where writer != nil: return await write(request, base: base)
    default: return await refused(request)
    }
  }

  /// What another method is told: the methods that there are, of the path where it knows them (RFC 9110 §15.5.6).
  private func refused(_ request: Incoming) async -> Reply {
    var allowed = "GET, HEAD"
    // A path that is malformed takes no other method either.
    let question = try? Question(
      method: "OPTIONS", target: request.target, fields: request.fields, now: settings.now(), base: "",
      takesWrites: writer != nil)
    if let question {
      let answering = settings.answering
      do {
        let answer = try await pool.read { try answering.answer(question, from: $0) }
        if answer?.status == 405, let methods = answer?.field("Allow") { allowed = methods }
      } catch { return failed(error, request) }
    }
    var reply = refusal(
      request.method == "OPTIONS" ? 204 : 405, "\(request.method) is not for this path", request)
    reply.fields.append(("Allow", allowed))
    return reply
  }

  // MARK: reading

  private func read(_ request: Incoming, base: String) async -> Reply {
    do {
      let word = try await state.word()
      switch request.target.prefix(while: { $0 != "?" }) {
      case "/healthz": return Reply(.plain("ok\n"), archive: word, path: "/healthz", isCompressed: false)
      case "/metrics": return try await metricsReply(word)
      case "/api/v1/events": return try await eventsReply(request)
      default: break
      }
      let (noneMatch, now) = (request.field("If-None-Match"), settings.now())
      let minute = now.milliseconds / 60_000
      for tag in [word, Reply.tag(word, minute)] where noneMatch != "*" && EntityTags.matches(noneMatch, tag) {
        // It is of this very state of the archive, and was given with an answer that depends on nothing else.
        return Reply(
          status: 304, fields: [("ETag", "W/\"\(tag)\""), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding")],
          route: "not modified")
      }
      var key = AnswerMemory.Key(
        target: request.target, base: base, isCompressed: Compression.isAccepted(request.field("Accept-Encoding")))
      var reply: Reply
      if let known = memory.reply(key, archive: word) {
        reply = known
      } else {
        key.minute = minute
        if let known = memory.reply(key, archive: word) {
          reply = known
        } else {
          reply = try await ask(request, key, word, now)
        }
      }
      if reply.status < 300, let tag = reply.field("ETag"), EntityTags.matches(noneMatch, tag) {
        reply = reply.notModified()
      }
      return reply
    } catch { return failed(error, request) }
  }

  /// - Parameter key: of an answer that stays for a minute.
  private func ask(
    _ request: Incoming, _ key: AnswerMemory.Key, _ word: String, _ now: Instant
  ) async throws -> Reply {
    let question: Question
    do throws(Question.Invalid) {
      question = try Question(
        method: "GET", target: request.target, fields: request.fields, now: now, base: key.base,
        takesWrites: writer != nil)
    } catch { return refusal(400, error.message, request) }
    let (answering, memory) = (settings.answering, memory)
    let reply = try await pool.read { store -> Reply? in
      guard let answer = try answering.answer(question, from: store) else { return nil }
      let reply = Reply(
        answer, archive: word, minute: key.minute ?? 0, path: question.path, isCompressed: key.isCompressed)
      var key = key
      if answer.validity != .minute { key.minute = nil }
      if answer.validity != .moment, answer.field("Vary") == nil, answer.status < 400 {
        memory.keep(reply, for: key, archive: word)
      }
      return reply
    }
    return reply ?? refusal(404, "nothing is here", request)
  }

  private func metricsReply(_ word: String) async throws -> Reply {
    let (now, version) = (settings.now(), settings.version)
    let status = try await pool.read { [sums] in try $0.status(now: now, sums: sums) }
    var answer = Answer(
      type: "text/plain; version=0.0.4; charset=utf-8", body: metrics.text(status, now: now, version: version),
      validity: .moment)
    answer.route = "/metrics"
    return Reply(answer, archive: word, path: "/metrics", isCompressed: false)
  }

  private func eventsReply(_ request: Incoming) async throws -> Reply {
    var last: Int64?
    if let text = request.field("Last-Event-ID") {
      guard let number = Int64(text), number >= 0 else { return refusal(400, "Last-Event-ID is no number", request) }
      last = number
    }
    guard let listener = listeners.enter() else { return refusal(503, "too many listen already", request) }
    let newest = try await pool.read { try $0.lastArrival() }
    var reply = Reply(
      status: 200,
      fields: [
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("X-Accel-Buffering", "no"),
      ], route: "/api/v1/events")
    reply.events = EventStream(after: min(last ?? newest, newest), of: self, listener: listener)
    return reply
  }

  // MARK: writing

  private func write(_ request: Incoming, base: String) async -> Reply {
    guard request.body.count <= Self.longestBody else { return refusal(413, "too much was posted", request) }
    // A browser says where a form or script comes from. The token alone would do: nothing is sent along by itself.
    if let origin = request.field("Origin"), origin != base { return refusal(403, "posted from \(origin)", request) }
    if let site = request.field("Sec-Fetch-Site"), site != "same-origin", site != "none" {
      return refusal(403, "posted from another site", request)
    }
    guard let writer, let token = settings.token else { return refusal(405, "nothing can be written", request) }
    let question: Question
    do throws(Question.Invalid) {
      question = try Question(
        method: "POST", target: request.target, fields: request.fields, body: request.body, now: settings.now(),
        base: base, takesWrites: true)
    } catch { return refusal(400, error.message, request) }
    guard let given = Self.token(question), token.isSame(given) else {
      var reply = refusal(401, "the token is wanted", request)
      reply.fields.append(("WWW-Authenticate", "Bearer realm=\"stet\""))
      return reply
    }
    let answering = settings.answering
    do {
      let answer = try await blocking { () throws(StorageError) in try answering.answer(question, from: writer) }
      state.forget()
      guard let answer else { return refusal(404, "nothing takes this", request) }
      return Reply(answer, archive: "", path: question.path, isCompressed: false)
    } catch { return failed(error, request) }
  }

  /// The token from `Authorization: Bearer …` (RFC 6750 §2.1), or from a form's field `token`.
  private static func token(_ question: Question) -> String? {
    if let field = question.field("Authorization") {
      let parts = field.split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
    return question.form?.first { $0.name == "token" }?.value
  }

  // MARK: failures

  private func failed(_ error: any Error, _ request: Incoming) -> Reply {
    switch error {
    case StorePool.Refusal.tooMany, StorageError.inUse, StorageError.interrupted:
      var reply = refusal(503, error is StorageError ? "it took too long" : "too many ask at once", request)
      reply.fields.append(("Retry-After", "5"))
      return reply
    case let error as StorageError:
      // The message may hold a path of this machine: it is for the log.
      settings.log?(JSONValue.object([("error", .string(error.message))]).description)
      return refusal(500, "the archive could not be read", request)
    default:
      settings.log?(JSONValue.object([("error", .string("\(error)"))]).description)
      return refusal(500, "this is a defect of stet's", request)
    }
  }

  /// A failure in the form that the path's readers expect: an object for programs, else a line.
  private func refusal(_ status: Int, _ message: String, _ request: Incoming) -> Reply {
    let codes = [
      400: "bad-request", 401: "unauthorized", 403: "forbidden", 404: "no-such-path", 405: "wrong-method",
      413: "too-large", 414: "too-large", 421: "wrong-host", 431: "too-large", 503: "busy",
    ]
    var reply = Reply(status: status, fields: [("Cache-Control", "no-store")], route: "other")
    guard status != 204 else { return reply }
    if request.target.hasPrefix("/api/") {
      reply.fields.append(("Content-Type", "application/json"))
      reply.body =
        JSONValue.object([
          ("error", ["code": .string(codes[status] ?? "failed"), "message": .string(message), "hint": .null])
        ]).utf8
    } else {
      reply.fields.append(("Content-Type", "text/plain; charset=utf-8"))
      reply.body = Array("\(status): \(message)\n".utf8)
    }
    return reply
  }
}

extension [any Answering] {
  /// The answer of the first that has one.
  fileprivate func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer? {
    for one in self {
      if let answer = try one.answer(question, from: store) { return answer }
    }
    return nil
  }
}
