import CCurl
import Glibc
import Model
import Synchronization

/// Fetches URLs: libcurl on one thread of its own, connections kept and used again.
///
/// TLS certificates are always verified, and proxies are taken from the environment as libcurl does. No cookies are kept.
public final class Fetcher: Sendable {
  /// Why there can be no fetcher.
  public enum StartError: Error, Hashable, Sendable {
    case libcurl(String)
    /// The system gave no thread.
    case thread(errno: Int32)

    public var code: String { "fetcher-start" }
    public var message: String {
      switch self {
      case .libcurl(let detail): "libcurl would not start: \(detail)"
      case .thread(let number): "no thread for the network: \(String(cString: strerror(number)))"
      }
    }
  }

  /// Enough that connections are not dropped while a pass goes round many hosts; libcurl's default is four for each
  /// transfer, with which one transfer over 32 hosts connects anew every time.
  private static let keptConnections = 512

  private let mailbox: Mailbox
  private let concurrency: Int
  private let perHost: Int
  private let now: @Sendable () -> Instant

  /// - Parameters:
  ///   - userAgent: names Stet and where its operator can be reached.
  ///   - concurrency: how many fetches run at once, at least 1.
  ///   - perHost: how many of them at one host (name or address as in the URL, whatever the port), at least 1.
  ///   - now: the clock for instants in outcomes; called on the network thread. Time limits do not use it.
  public init(
    limits: Limits = Limits(), userAgent: String, concurrency: Int = 16, perHost: Int = 2,
    now: @escaping @Sendable () -> Instant
  ) throws(StartError) {
    (self.concurrency, self.perHost, self.now) = (max(1, concurrency), max(1, perHost), now)
    if let problem = ccurl_load() { throw .libcurl(String(cString: problem)) }
    // Thread-safe in libcurl from 7.84 on, and counted, so that every fetcher may do it.
    let code = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard code == CURLE_OK else { throw .libcurl(String(cString: curl_easy_strerror(code))) }
    guard let multi = curl_multi_init() else { throw .libcurl("out of memory") }
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
    mailbox = Mailbox(multi: multi)
    let settings = NetworkLoop.Settings(
      limits: limits, userAgent: userAgent, concurrency: self.concurrency, perHost: self.perHost, now: now)
    let failed = startNetworkThread { [mailbox] in NetworkLoop(settings, mailbox: mailbox).run() }
    guard failed == 0 else {
      _ = mailbox.close()
      curl_multi_cleanup(multi)
      throw .thread(errno: failed)
    }
  }

  deinit { shutdown() }

  /// Fetches one URL. Waits its turn with all others; ends soon, with `.cancelled`, when the task is cancelled.
  public func fetch(_ request: FetchRequest) async -> FetchOutcome {
    let cancellation = Cancellation()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let job = Job(request, start: Self.target(of: request)) { continuation.resume(returning: $0) }
        if cancellation.holds(job) { cancel(job) }  // it may reach the network thread before the job does
        submit(job)
      }
    } onCancel: {
      if let job = cancellation.cancel() { cancel(job) }
    }
  }

  /// Fetches many URLs, in an order that takes hosts in turn; outcomes come as they are ready, one for each request.
  ///
  /// Nothing starts before the first outcome is asked for, and fetching pauses while about twice `concurrency` outcomes
  /// wait to be taken. When the task that reads the stream is cancelled, what runs is cancelled and the stream ends.
  public func fetch(_ requests: [FetchRequest]) -> AsyncStream<FetchOutcome> {
    let batch = Batch(requests, fetcher: self, window: 2 * concurrency, perHost: perHost)
    return AsyncStream {
      await batch.next()
    } onCancel: {
      batch.cancel()
    }
  }

  /// Ends all fetches with `.cancelled`, and so every later one. Harmless when repeated.
  public func shutdown() { mailbox.post(.stop) }

  static func target(of request: FetchRequest) -> Result<Target, FetchError> {
    do throws(FetchError) { return .success(try Target(request.url)) } catch { return .failure(error) }
  }

  func submit(_ job: Job) {
    guard !mailbox.post(.start(job)) else { return }
    job.end(Decoded([], failure: .cancelled, limit: 0), at: now())
  }

  func cancel(_ job: Job) { mailbox.post(.cancel(job)) }
}

/// Brings a task's cancellation, which may come at any time, together with its job.
private final class Cancellation: Sendable {
  private let state = Mutex<(job: Job?, isCancelled: Bool)>((nil, false))

  /// Whether the cancellation came before the job did.
  func holds(_ job: Job) -> Bool {
    state.withLock { state in
      state.job = job
      return state.isCancelled
    }
  }

  /// The job to cancel, if it is there yet.
  func cancel() -> Job? {
    state.withLock { state in
      state.isCancelled = true
      return state.job
    }
  }
}
