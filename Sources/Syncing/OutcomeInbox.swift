import Fetching
import Model
import Storage

/// Where fetches that have ended wait to be kept. Taking them takes all, and waits until it is worth a transaction: that is the
/// group commit. Putting waits while too much waits already, so that a fast network does not fill the memory.
actor OutcomeInbox {
  typealias Item = (work: Work, outcome: FetchOutcome)

  /// Octets of bodies, `answerBytes` an answer besides, that are worth a transaction at once; less waits for `longestWait`.
  private static let worthKeeping = 512 << 10
  private static let answerBytes = 512
  private static let longestWait = Duration.milliseconds(250)

  private let capacity: Int
  private var items: [Item] = []
  private var bytes = 0
  private var open = true
  private var taker: CheckedContinuation<[Item], Never>?
  private var putters: [CheckedContinuation<Void, Never>] = []
  /// Ends the wait for more.
  private var timer: Task<Void, Never>?

  /// - Parameter capacity: octets of bodies that may wait.
  init(capacity: Int) { self.capacity = capacity }

  func put(_ more: [Item]) async {
    while bytes > capacity, open { await withCheckedContinuation { putters.append($0) } }
    items += more
    for item in more { bytes += item.outcome.hops.reduce(Self.answerBytes) { $0 + $1.body.count } }
    deliver()
  }

  /// No more will come, or be wanted.
  func close() {
    open = false
    deliver()
    for putter in putters { putter.resume() }
    putters = []
  }

  /// What has come; empty when there will be no more.
  func takeAll() async -> [Item] {
    if bytes >= Self.worthKeeping || !open { return drain() }
    return await withCheckedContinuation { continuation in
      taker = continuation
      deliver()
    }
  }

  private func deliver() {
    guard let taker else { return }
    if bytes < Self.worthKeeping, open {
      if !items.isEmpty, timer == nil { startTimer() }
      return
    }
    self.taker = nil
    taker.resume(returning: drain())
  }

  private func startTimer() {
    timer = Task {
      do { try await Task.sleep(for: Self.longestWait) } catch { return }  // what it waited for has been taken
      timeIsUp()
    }
  }

  private func timeIsUp() {
    timer = nil
    guard let taker, !items.isEmpty else { return }
    self.taker = nil
    taker.resume(returning: drain())
  }

  private func drain() -> [Item] {
    defer {
      (items, bytes) = ([], 0)
      for putter in putters { putter.resume() }
      putters = []
      timer?.cancel()
      timer = nil
    }
    return items
  }
}
