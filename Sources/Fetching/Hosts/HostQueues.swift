import Model
import Robots

/// The one place where requests wait: all hosts, which of them may start a request now, and when the others may.
///
/// Hosts take turns. A request that waits costs its place in the batch and its URL, whatever it waits for; starting the
/// next costs the logarithm of the number of hosts at most, however many requests wait.
struct HostQueues {
  /// The time, as of the last `wake`.
  private(set) var clock = ContinuousClock.now
  private let politeness: Politeness
  private let now: @Sendable () -> Instant
  private var hosts: [String: Host] = [:]
  private var authorities: [String: Authority] = [:]
  /// What was known when the fetcher started, until it is asked for.
  private var states: [String: HostState]
  private var entries: [String: RobotsEntry]

  /// Hosts that may start a request.
  private var ready = FIFO<Host>()
  /// Hosts that have to wait for their delay or back-off.
  private var timed = TimeQueue<Host>()
  /// Hosts of which no lane was open when it was their turn.
  private var parked: [Host] = []
  /// Jobs that wait for their next hop.
  private(set) var waitingJobs = 0

  init(politeness: Politeness, memory: HostMemory, now: @escaping @Sendable () -> Instant) {
    (self.politeness, self.now) = (politeness, now)
    states = Dictionary(memory.hosts.map { ($0.host, $0) }) { $1 }
    entries = Dictionary(memory.robots.map { ($0.authority, $0) }) { $1 }
  }

  mutating func authority(of target: Target) -> Authority {
    if let known = authorities[target.authority] { return known }
    let new = Authority(
      target.authority, host: host(target.host), entry: entries.removeValue(forKey: target.authority))
    authorities[target.authority] = new
    return new
  }

  private mutating func host(_ name: String) -> Host {
    if let known = hosts[name] { return known }
    let state = states.removeValue(forKey: name)
    let new = Host(name, politeness: politeness, state: state, clock: clock, now: now())
    hosts[name] = new
    return new
  }

  /// - Parameter place: of the request in the batch.
  mutating func append(_ place: Int, _ target: Target, of batch: Batch) {
    let authority = authority(of: target)
    let isAsked = politeness.obeysRobots && !batch.requests[place].ignoresRobots
    authority.host.append(place, target, authority: isAsked ? authority : nil, batch: batch)
    list(authority.host)
  }

  /// Lets a job wait for its next hop, before all that is new at its host.
  mutating func append(_ job: Job) {
    waitingJobs += 1
    job.host.append(job)
    list(job.host)
  }

  /// Whether any host may start a request.
  var hasReady: Bool { !ready.isEmpty }

  /// The next whose turn it is. To be followed by `list` once it runs or is over.
  mutating func popFirst() -> (host: Host, turn: Host.Turn)? {
    while let host = ready.popFirst() {
      host.isListed = false
      if let turn = host.takeNext() {
        if case .next = turn.waiting { waitingJobs -= 1 }
        return (host, turn)
      }
      guard host.hasWaiting, !host.isParked else { continue }
      host.isParked = true
      parked.append(host)
    }
    return nil
  }

  /// Puts a host where it belongs after something about it has changed.
  mutating func list(_ host: Host) {
    guard !host.isListed, host.hasWaiting, host.running < max(1, politeness.connectionsPerHost) else { return }
    host.isListed = true
    let mustWait = host.readyAt > clock && host.givenUpUntil(clock: clock) == nil
    if mustWait { timed.append(host, due: host.readyAt) } else { ready.append(host) }
  }

  /// Takes up that time has passed.
  mutating func wake() {
    clock = .now
    while let host = timed.popFirst(dueBy: clock) {
      host.isListed = false
      list(host)
    }
  }

  /// When `wake` has something to do next.
  var nextDue: ContinuousClock.Instant? { timed.firstDue }

  /// Takes up that a reader has made room.
  mutating func unpark() {
    let hosts = parked
    parked = []
    for host in hosts {
      host.isParked = false
      list(host)
    }
  }

  /// Forgets what waits of a batch; all without one.
  mutating func removeWaiting(of batch: Batch?) -> [Host.Turn] {
    var removed: [Host.Turn] = []
    for host in hosts.values { removed += host.removeWaiting(of: batch) }
    return removed
  }
}
