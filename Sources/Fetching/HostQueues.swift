/// What waits to be started, by host: first come, first served at a host, hosts in turn, and never more than a number at
/// one host at once.
struct HostQueues<Element> {
  private struct Host {
    var waiting = FIFO<Element>()
    var running = 0
    /// Whether it stands in `ready`: something waits and fewer run than may.
    var isReady = false
  }

  private let perHost: Int
  private var hosts: [String: Host] = [:]
  private var ready = FIFO<String>()

  init(perHost: Int) { self.perHost = perHost }

  mutating func append(_ element: Element, host: String) {
    hosts[host, default: Host()].waiting.append(element)
    list(host)
  }

  /// Puts it before all others of its host.
  mutating func prepend(_ element: Element, host: String) {
    hosts[host, default: Host()].waiting.prepend(element)
    list(host)
  }

  /// The next that may start; it counts as running at its host until `finished` is told.
  mutating func popFirst() -> Element? {
    guard let name = ready.popFirst(), let element = hosts[name]?.waiting.popFirst() else { return nil }
    hosts[name]?.running += 1
    hosts[name]?.isReady = false
    list(name)
    return element
  }

  /// One that ran at this host has ended.
  mutating func finished(host: String) {
    hosts[host]?.running -= 1
    list(host)
  }

  /// Takes everything that waits, in no particular order.
  mutating func removeAll() -> [Element] {
    var all: [Element] = []
    for name in Array(hosts.keys) {
      while let element = hosts[name]?.waiting.popFirst() { all.append(element) }
      hosts[name]?.isReady = false
    }
    ready = FIFO()
    return all
  }

  /// Puts a host into `ready`, or forgets it, if it is time.
  private mutating func list(_ name: String) {
    guard let host = hosts[name], !host.isReady else { return }
    if host.waiting.isEmpty {
      if host.running == 0 { hosts[name] = nil }
    } else if host.running < perHost {
      hosts[name]?.isReady = true
      ready.append(name)
    }
  }
}

/// A queue: appending and taking the first cost the same however long it is.
struct FIFO<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }

  mutating func append(_ element: Element) { elements.append(element) }

  /// Costs as much as the queue is long, unless something was taken from it lately.
  mutating func prepend(_ element: Element) {
    if head > 0 {
      head -= 1
      elements[head] = element
    } else {
      elements.insert(element, at: 0)
    }
  }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    elements[head] = nil
    head += 1
    if head > 64 && head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }
}
