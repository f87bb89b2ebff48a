import Model
import Synchronization

/// Many requests on their way through a fetcher, a limited number at a time; gives their outcomes to whoever reads.
///
/// Only what is in flight or waits to be read counts as memory: the rest are URLs. At one host no more are handed to the
/// fetcher than may run there, so that a slow host cannot fill the window and hold up the others.
final class Batch: Sendable {
  private typealias Reader = CheckedContinuation<FetchOutcome?, Never>

  private struct State {
    var waiting: HostQueues<(request: FetchRequest, start: Result<Target, FetchError>)>
    /// By number, given in the order they start.
    var inFlight: [Int: Job] = [:]
    var lastNumber = 0
    var ready = FIFO<FetchOutcome>()
    var readers = FIFO<Reader>()
    /// Requests whose outcome nobody has read yet.
    var unread: Int
    /// Those of them that were handed to the fetcher.
    var started = 0
    var isPumping = false
    var isCancelled = false
  }

  private let fetcher: Fetcher
  private let window: Int
  private let state: Mutex<State>

  init(_ requests: [FetchRequest], fetcher: Fetcher, window: Int, perHost: Int) {
    (self.fetcher, self.window) = (fetcher, window)
    var initial = State(waiting: HostQueues(perHost: perHost), unread: requests.count)
    for request in requests {
      let start = Fetcher.target(of: request)
      initial.waiting.append((request, start), host: Self.host(start))
    }
    state = Mutex(initial)
  }

  deinit {
    for job in state.withLock({ Array($0.inFlight.values) }) { fetcher.cancel(job) }
  }

  /// The next outcome; nil after the last, or once cancelled.
  func next() async -> FetchOutcome? {
    pump()
    let outcome = await withCheckedContinuation { reader in
      let answer: FetchOutcome?? = state.withLock { state in
        if let outcome = state.ready.popFirst() {
          state.unread -= 1
          state.started -= 1
          return outcome
        }
        if state.isCancelled || state.unread == 0 { return .some(nil) }
        state.readers.append(reader)
        return nil
      }
      if let answer { reader.resume(returning: answer) }
    }
    pump()
    return outcome
  }

  /// Cancels what runs; whoever waits to read gets nil.
  func cancel() {
    let (jobs, readers) = state.withLock { state in
      state.isCancelled = true
      var readers: [Reader] = []
      while let reader = state.readers.popFirst() { readers.append(reader) }
      return (Array(state.inFlight.values), readers)
    }
    for job in jobs { fetcher.cancel(job) }
    for reader in readers { reader.resume(returning: nil) }
  }

  /// Hands requests to the fetcher while there is room. One thread at a time does; what changes meanwhile it sees.
  private func pump() {
    var mayPump = state.withLock { state in
      defer { state.isPumping = true }
      return !state.isPumping
    }
    while mayPump {
      let job: Job? = state.withLock { state in
        guard !state.isCancelled, state.started < window, let (request, start) = state.waiting.popFirst() else {
          state.isPumping = false
          return nil
        }
        state.started += 1
        state.lastNumber += 1
        let job = makeJob(request, start, number: state.lastNumber)
        state.inFlight[state.lastNumber] = job
        return job
      }
      if let job { fetcher.submit(job) } else { mayPump = false }
    }
  }

  /// The job holds the batch only weakly: when nobody reads any more, the batch goes and takes its jobs with it.
  private func makeJob(_ request: FetchRequest, _ start: Result<Target, FetchError>, number: Int) -> Job {
    Job(request, start: start) { [weak self] outcome in
      self?.arrived(outcome, number: number, host: Self.host(start))
    }
  }

  private func arrived(_ outcome: FetchOutcome, number: Int, host: String) {
    let (reader, idle) = state.withLock { state in
      state.inFlight[number] = nil
      state.waiting.finished(host: host)
      guard let reader = state.readers.popFirst() else {
        state.ready.append(outcome)
        return (nil as Reader?, [Reader]())
      }
      state.unread -= 1
      state.started -= 1
      var idle: [Reader] = []
      while state.unread == 0, let other = state.readers.popFirst() { idle.append(other) }
      return (reader, idle)
    }
    reader?.resume(returning: outcome)
    for other in idle { other.resume(returning: nil) }
    pump()
  }

  private static func host(_ start: Result<Target, FetchError>) -> String {
    if case .success(let target) = start { target.host } else { "" }
  }
}
