import CCurl
import Glibc
import Model

/// Fetches URLs: libcurl on one thread of its own, connections kept and used again.
///
/// TLS certificates are always verified, and connections are made only where `AddressGuard` lets them. Cookies that a
/// server sets are not kept.
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
  private let now: @Sendable () -> Instant
  private let news = HostNews()

  /// - Parameters:
  ///   - network: by default no proxies, whatever the environment says.
  ///   - userAgent: names Stet and where its operator can be reached. The letters, `_` and `-` that it begins with are
  ///     the product token that groups of a robots.txt are looked up by.
  ///   - concurrency: how many fetches run at once, at least 1.
  ///   - memory: what earlier fetchers learnt of the hosts; entries that are too old do no harm.
  ///   - now: the clock for instants in outcomes; called on the network thread. Time limits and delays do not use it.
  public init(
    limits: Limits = Limits(), network: Network = Network(), userAgent: String,
    concurrency: Int = 16, politeness: Politeness = Politeness(),
    memory: HostMemory = HostMemory(), now: @escaping @Sendable () -> Instant
  ) throws(StartError) {
    (self.concurrency, self.now) = (max(1, concurrency), now)
    if let problem = ccurl_load() { throw .libcurl(String(cString: problem)) }
    // Thread-safe in libcurl from 7.84 on, and counted, so that every fetcher may do it.
    let code = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    guard code == CURLE_OK else { throw .libcurl(String(cString: curl_easy_strerror(code))) }
    guard let multi = curl_multi_init() else { throw .libcurl("out of memory") }
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
    mailbox = Mailbox(multi: multi)
    let settings = NetworkLoop.Settings(
      limits: limits, network: network, userAgent: userAgent, concurrency: self.concurrency, politeness: politeness,
      now: now)
    let failed = startNetworkThread { [mailbox, news] in
      NetworkLoop(settings, memory: memory, mailbox: mailbox, news: news).run()
    }
    guard failed == 0 else {
      _ = mailbox.close()
      curl_multi_cleanup(multi)
      throw .thread(errno: failed)
    }
  }

  deinit { shutdown() }

  /// Fetches one URL. Waits its turn with all others; ends soon, with `.cancelled`, when the task is cancelled.
  public func fetch(_ request: FetchRequest) async -> FetchOutcome {
    for await outcome in fetch([request]) { return outcome }
    return Self.refused(request, place: 0, at: now())
  }

  /// Fetches many URLs, in an order that takes hosts in turn; outcomes come as they are ready, one for each request.
  ///
  /// Nothing starts before the first outcome is asked for, and fetching pauses while about twice `concurrency` outcomes
  /// wait to be taken. When the task that reads the stream is cancelled, what runs is cancelled and the stream ends.
  public func fetch(_ requests: [FetchRequest]) -> AsyncStream<FetchOutcome> {
    let reader = reader(of: requests)
    return AsyncStream {
      await reader.next()
    } onCancel: {
      reader.cancel()
    }
  }

  /// The same, with all outcomes at once that are ready when the next are asked for: never none.
  public func fetchInGroups(_ requests: [FetchRequest]) -> AsyncStream<[FetchOutcome]> {
    let reader = reader(of: requests)
    return AsyncStream {
      await reader.nextGroup()
    } onCancel: {
      reader.cancel()
    }
  }

  private func reader(of requests: [FetchRequest]) -> BatchReader {
    BatchReader(Batch(requests, window: 2 * concurrency), mailbox: mailbox) { [self] request, place in
      Self.refused(request, place: place, at: now())  // and keeps the fetcher while somebody reads
    }
  }

  /// What was learnt of the hosts since this was last called, the latest of each: to be kept, and handed to the next
  /// fetcher as its `memory`. Also after `shutdown`.
  public func takeNews() -> HostMemory { news.take() }

  /// Ends all fetches with `.cancelled`, and so every later one. Harmless when repeated.
  public func shutdown() { mailbox.post(.stop) }

  private static func refused(_ request: FetchRequest, place: Int, at now: Instant) -> FetchOutcome {
    FetchOutcome(
      request: request, place: place, startedAt: now, finishedAt: now, hops: [], failure: .cancelled, bytesReceived: 0)
  }
}
