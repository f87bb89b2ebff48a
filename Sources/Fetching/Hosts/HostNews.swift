import Robots
import Synchronization

/// What a fetcher has learnt of the hosts and nobody has taken yet; the latest of each host and authority.
final class HostNews: Sendable {
  private let state = Mutex((robots: [String: RobotsEntry](), hosts: [String: HostState]()))

  func add(_ entry: RobotsEntry) { state.withLock { $0.robots[entry.authority] = entry } }

  func add(_ host: HostState) { state.withLock { $0.hosts[host.host] = host } }

  func take() -> HostMemory {
    let news = state.withLock { state in
      defer { state = ([:], [:]) }
      return state
    }
    return HostMemory(robots: Array(news.robots.values), hosts: Array(news.hosts.values))
  }
}
