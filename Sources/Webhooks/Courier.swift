import Fetching
import JSON
import Model
import Parallel
import Robots
import Storage

/// Delivers what webhooks are owed: posts it, signed, and notes what became of it.
///
/// Each webhook gets a few notifications at a time, the oldest first, and is left alone for this time after the first that
/// failed; webhooks do not wait for each other. When the task is cancelled, what is under way stays owed. One process delivers at
/// a time, and if it dies what it had not noted as arrived is sent again, under the same id.
public struct Courier: Sendable {
  private let store: Store
  private let fetcher: Fetcher
  private let now: @Sendable () -> Instant

  /// Standard Webhooks 1.0.0, "Request timeouts": 15 to 30 s.
  public static let usualTimeLimit = Duration.seconds(20)
  /// Notifications to one webhook at once.
  private static let together = 4

  /// - Parameters:
  ///   - network: the proxies and certificate authorities to use.
  ///   - timeLimit: of one request.
  public init(
    store: Store, network: Network, userAgent: String, timeLimit: Duration = usualTimeLimit,
    now: @escaping @Sendable () -> Instant
  ) throws(Fetcher.StartError) {
    (self.store, self.now) = (store, now)
    var (limits, politeness) = (Limits(), Politeness.none)
    (limits.connectTimeout, limits.totalTimeout, limits.maximumBodyBytes) = (timeLimit, timeLimit, 1 << 20)
    politeness.patience = .zero  // who asks to be left alone is not waited for
    fetcher = try Fetcher(
      limits: limits, network: network, userAgent: userAgent, concurrency: 64, politeness: politeness, now: now)
  }

  /// Ends what is under way.
  public func shutdown() { fetcher.shutdown() }

  /// What became of the notifications of one webhook.
  public struct Report: Sendable, Hashable {
    public let webhook: Webhook
    public var delivered = 0
    /// Tried in vain: they are tried again, but for those given up.
    public var failed = 0
    public var givenUp = 0
    /// Its receiver wants no more, so that it was paused.
    public var isPaused = false
    /// What went wrong last.
    public var message: String?
  }

  /// Delivers to webhooks that are not paused; a report for each to which something was sent. Throws `inUse` when another process
  /// is delivering.
  /// - Parameter only: the number of the only one to be served; nil: all.
  public func deliver(
    _ which: Store.OwedDeliveries, only: Int64? = nil
  ) async throws(StorageError) -> [Report] {
    let lock = try store.beginDelivering(wait: 0)
    defer { withExtendedLifetime(lock) {} }
    let webhooks = try await blocking { () throws(StorageError) in try store.webhooks() }
      .filter { $0.pausedAt == nil && $0.owed + $0.failed > 0 && (only == nil || only == $0.id) }
    return try await withTaskGroup(of: Result<Report, StorageError>.self) { group in
      for webhook in webhooks {
        group.addTask {
          do throws(StorageError) { return .success(try await serve(webhook, which)) } catch { return .failure(error) }
        }
      }
      var results: [Result<Report, StorageError>] = []
      for await result in group { results.append(result) }
      return results
    }.map { result throws(StorageError) in try result.get() }
      .filter { $0.delivered + $0.failed > 0 }.sorted { $0.webhook.id < $1.webhook.id }
  }

  /// Sends what one webhook is owed until there is no more, something fails, or the task is cancelled.
  private func serve(_ webhook: Webhook, _ which: Store.OwedDeliveries) async throws(StorageError) -> Report {
    var report = Report(webhook: webhook)
    guard let secret = WebhookSecret(octets: webhook.secret) else { return report }
    while !Task.isCancelled, report.failed == 0 {
      let owed = try await blocking { () throws(StorageError) in
        try store.deliveries(which, of: webhook.id, limit: Self.together, now: now())
      }
      if owed.isEmpty { break }
      var waiting = Dictionary(uniqueKeysWithValues: owed.map { ($0.messageID, $0) })
      var (results, gone): ([(id: Int64, result: DeliveryResult)], String?) = ([], nil)
      let requests = owed.compactMap { request($0.messageID, $0.body, webhook, secret) }
      for await outcome in fetcher.fetch(requests) {
        guard let id = Self.messageID(of: outcome), let delivery = waiting.removeValue(forKey: id) else { continue }
        guard let result = result(of: outcome, delivery) else { continue }
        results.append((delivery.id, result))
        report.add(result)
        if outcome.response?.status == 410 { (gone, report.isPaused) = ("its receiver wants no more (410)", true) }
      }
      let (ended, reason, at) = (results, gone, now())
      try await blocking { () throws(StorageError) in try store.settle(ended, of: webhook.id, gone: reason, now: at) }
      if ended.isEmpty { break }
    }
    return report
  }

  private static func messageID(of outcome: FetchOutcome) -> String? {
    outcome.request.fields.lines.first { $0.hasPrefix("webhook-id: ") }.map {
      String($0.dropFirst("webhook-id: ".count))
    }
  }

  /// Nil only when there is no memory for a signature.
  private func request(_ id: String, _ body: String, _ webhook: Webhook, _ secret: WebhookSecret) -> FetchRequest? {
    let timestamp = now().milliseconds / 1000
    guard let signature = secret.signature(id: id, timestamp: timestamp, body: body),
      // Fails on no line of ours.
      let fields = try? RequestFields(lines: [
        "webhook-id: \(id)", "webhook-timestamp: \(timestamp)", "webhook-signature: \(signature)",
        "Content-Type: application/json",
      ])
    else { return nil }
    return FetchRequest(
      url: webhook.url, ignoresRobots: true,
      allowsPrivateAddresses: webhook.allowsPrivateAddresses, fields: fields,
      content: Array(body.utf8))
  }

  /// Standard Webhooks 1.0.0, "Delivery success and failure": 2xx alone is success. Nil when nothing was sent, or nobody waited
  /// for the answer: it stays owed.
  private func result(of outcome: FetchOutcome, _ delivery: OwedDelivery) -> DeliveryResult? {
    switch outcome.failure {
    case .cancelled, .hostBackedOff: return nil
    case let failure?:
      let next = RetrySchedule.next(after: delivery.tries + 1, of: delivery.messageID, now: now())
      return .failed(status: nil, message: failure.message, nextAt: next)
    case nil:
      guard let response = outcome.response else { return nil }
      if (200...299).contains(response.status) { return .arrived(status: response.status) }
      let wanted = response.fields.values(of: "retry-after").compactMap { RetryAfter.parse($0, now: now()) }.first
      let next = RetrySchedule.next(
        after: delivery.tries + 1, of: delivery.messageID, now: now(), retryAfter: wanted)
      return .failed(status: response.status, message: Self.words(response.status), nextAt: next)
    }
  }

  private static func words(_ status: Int) -> String {
    (300...399).contains(status) ? "status \(status): redirects are not followed" : "status \(status)"
  }

  /// What the receiver of a test answered.
  public enum TestAnswer: Sendable {
    /// Status and the beginning of the body.
    case answered(Int, String)
    case failed(FetchError)
  }

  /// Sends `{"type":"test"}` to a webhook now, paused or not; it is not kept.
  public func test(_ webhook: Webhook, messageID: String) async -> TestAnswer {
    let body = JSONValue.object([
      ("type", "test"), ("timestamp", .string(now().description)),
      ("data", ["webhook": JSONValue(webhook.id), "url": .string(webhook.url)]),
    ]).description
    guard let secret = WebhookSecret(octets: webhook.secret), let request = request(messageID, body, webhook, secret)
    else { return .failed(.transferFailed(code: 27, detail: "out of memory")) }
    let outcome = await fetcher.fetch(request)
    guard let response = outcome.response else { return .failed(outcome.failure ?? .emptyReply) }
    return .answered(response.status, String(decoding: response.body.prefix(200), as: UTF8.self))
  }
}

extension Courier.Report {
  fileprivate mutating func add(_ result: DeliveryResult) {
    switch result {
    case .arrived: delivered += 1
    case .failed(_, let message, let nextAt):
      failed += 1
      if nextAt == nil { givenUp += 1 }
      self.message = message
    }
  }
}
