import Fetching
import Model
import Storage

/// What a pass needs to ask for things: the fetcher, and how each source is to be asked.
struct Session: Sendable {
  let fetcher: Fetcher
  private let settings: SyncSettings
  private var sources: Planner.Sources = [:]
  private var cookies: [Int64: Result<CookieFile, Obstacle>] = [:]

  /// Why a request cannot be made.
  struct Obstacle: Error {
    let message: String
  }

  init(
    _ settings: SyncSettings, _ sources: Planner.Sources, store: Store, now: @escaping @Sendable () -> Instant
  ) throws {
    self.settings = settings
    let hosts = try store.hosts().compactMap { row in
      row.notBefore.map { HostState(host: row.name, notBefore: $0, failures: row.failures) }
    }
    fetcher = try Fetcher(
      limits: settings.limits, network: settings.network, userAgent: settings.userAgent,
      concurrency: settings.concurrency, politeness: settings.politeness,
      memory: HostMemory(robots: try store.robots(), hosts: hosts), now: now)
    know(sources)
  }

  /// How sources are to be asked from now on.
  mutating func know(_ sources: Planner.Sources) {
    self.sources = sources
    cookies = sources.compactMapValues(\.settings.cookies).mapValues { path in
      do { return .success(try settings.cookies(path)) } catch {
        return .failure(Obstacle(message: "the cookie file \(path) cannot be read: \(error)"))
      }
    }
  }

  func settings(of source: Int64?) -> SourceSettings { source.flatMap { sources[$0]?.settings } ?? SourceSettings() }

  /// The request for a piece of work, or why it cannot be made.
  func request(for work: Work, now: Instant) -> Result<FetchRequest, Obstacle> {
    let (source, own, validators): (Int64?, SourceSettings, Validators) =
      switch work {
      case .article(let due): (due.source, settings(of: due.source), due.validators(at: now))
      case .poll(let poll): (poll.source, poll.settings, poll.validators)
      }
    do throws(Obstacle) {
      return .success(
        FetchRequest(
          url: work.url, validators: validators, ignoresRobots: own.ignoresRobots,
          allowsPrivateAddresses: own.allowsPrivateAddresses || settings.allowsPrivateAddresses,
          fields: try fields(own.headers), userAgent: own.userAgent, cookies: try source.flatMap { cookies[$0] }?.get())
      )
    } catch { return .failure(error) }
  }
}

extension Session {
  private func fields(_ lines: [String]) throws(Obstacle) -> RequestFields {
    do throws(RequestFields.Invalid) { return try RequestFields(lines: lines) } catch {
      throw Obstacle(message: error.message)
    }
  }
}

extension DueFetch {
  /// After so long the page is asked for as a whole, for some servers say "not modified" of what was.
  private static let longestTrust: Int64 = 7 * 86_400_000

  fileprivate func validators(at now: Instant) -> Validators {
    guard let validatedAt, validatedAt.milliseconds(to: now) < Self.longestTrust else { return Validators() }
    return validators
  }
}
