import Fetching
import Model
import Storage

/// Where fetches that have ended wait to be kept. Taking them takes all, and waits until it is worth a transaction: that is the
/// group commit. Putting waits while too much waits already, so that a fast network does not fill the memory.
actor OutcomeInbox {
  typealias Item = (work: Work, outcome: FetchOutcome)

  /// Octets of bodies, or answers, that are worth a transaction at once; less waits for `longestWait`. A transaction of few
  /// checks costs most of what one of many does: each writes about as many pages.
  private static let worthKeeping = 2 << 20
  private static let answersWorthKeeping = 2_048
  private static let longestWait = Duration.seconds(1)
  /// What an answer takes besides its body, about.
  private static let answerBytes = 512

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
    while bytes + items.count * Self.answerBytes > capacity, open {
      await withCheckedContinuation { putters.append($0) }
    }
    items += more
    for item in more { bytes += item.outcome.hops.reduce(0) { $0 + $1.body.count } }
    deliver()
  }

  /// No more will come, or be wanted.
  func close() {
    open = false
    deliver()
    for putter in putters { putter.resume() }
    putters = []
  }

  private var isWorthKeeping: Bool { bytes >= Self.worthKeeping || items.count >= Self.answersWorthKeeping || !open }

  /// What has come; empty when there will be no more.
  func takeAll() async -> [Item] {
    if isWorthKeeping { return drain() }
    return await withCheckedContinuation { continuation in
      taker = continuation
      deliver()
    }
  }

  private func deliver() {
    guard let taker else { return }
    if !isWorthKeeping {
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
