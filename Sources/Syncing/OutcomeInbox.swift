import Fetching
import Model
import Storage

/// Where fetches that have ended wait to be kept. Taking them takes all: that is the group commit. Putting waits while too
/// much waits already, so that a fast network does not fill the memory.
actor OutcomeInbox {
  typealias Item = (work: Work, outcome: FetchOutcome)

  private let capacity: Int
  private var items: [Item] = []
  private var bytes = 0
  private var open = true
  private var taker: CheckedContinuation<[Item], Never>?
  private var putters: [CheckedContinuation<Void, Never>] = []

  /// - Parameter capacity: octets of bodies that may wait.
  init(capacity: Int) { self.capacity = capacity }

  func put(_ item: Item) async {
    while bytes > capacity, open { await withCheckedContinuation { putters.append($0) } }
    items.append(item)
    bytes += item.outcome.hops.reduce(1024) { $0 + $1.body.count }
    deliver()
  }

  /// No more will come, or be wanted.
  func close() {
    open = false
    deliver()
    for putter in putters { putter.resume() }
    putters = []
  }

  /// All that waits, once something does; empty when there will be no more.
  func takeAll() async -> [Item] {
    if !items.isEmpty || !open { return drain() }
    return await withCheckedContinuation { taker = $0 }
  }

  private func deliver() {
    guard let taker, !items.isEmpty || !open else { return }
    self.taker = nil
    taker.resume(returning: drain())
  }

  private func drain() -> [Item] {
    defer {
      (items, bytes) = ([], 0)
      for putter in putters { putter.resume() }
      putters = []
    }
    return items
  }
}
