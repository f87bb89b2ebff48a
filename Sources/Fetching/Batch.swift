import Synchronization

/// Many requests and the outcomes on their way to whoever reads: where the network thread and the reader meet.
///
/// `@unchecked Sendable`: what stands outside the lock is touched by the network thread alone, once the batch was posted to it.
final class Batch: @unchecked Sendable {
  private typealias Reader = CheckedContinuation<FetchOutcome?, Never>

  private struct State {
    var ready = FIFO<FetchOutcome>()
    var readers: [Reader] = []
    /// Outcomes that nobody has read yet.
    var unread: Int
    var hasBegun = false
    var isCancelled = false
    /// Whether the network thread waits for outcomes to be read.
    var isStalled = false
  }

  let requests: [FetchRequest]
  private let window: Int
  private let state: Mutex<State>

  /// Fetches that run.
  var running = 0
  /// Requests whose outcome has not been added yet.
  private(set) var unended: Int
  /// Whether nobody wants the outcomes any more.
  private(set) var isDropped = false
  /// Outcomes not handed over yet.
  private var outbox: [FetchOutcome] = []
  /// As `hasRoom` found it.
  private(set) var isStalled = false

  /// - Parameter window: how many fetches may run or wait to be read.
  init(_ requests: [FetchRequest], window: Int) {
    (self.requests, self.window, unended) = (requests, window, requests.count)
    state = Mutex(State(unread: requests.count))
  }

  // MARK: The reader's side

  enum Step {
    /// The batch has to be posted to the network thread.
    case begin
    case read(FetchOutcome?, makesRoom: Bool)
    case wait
  }

  /// What the reader does next.
  func step() -> Step {
    state.withLock { state in
      if state.isCancelled || state.unread == 0 { return .read(nil, makesRoom: false) }
      guard state.hasBegun else {
        state.hasBegun = true
        return .begin
      }
      guard let outcome = state.ready.popFirst() else { return .wait }
      state.unread -= 1
      return .read(outcome, makesRoom: makesRoom(&state))
    }
  }

  /// Waits for the next outcome; nil after the last, or once cancelled.
  func wait() async -> FetchOutcome? {
    await withCheckedContinuation { reader in
      let answer: FetchOutcome?? = state.withLock { state in
        if state.isCancelled || state.unread == 0 { return .some(nil) }
        guard let outcome = state.ready.popFirst() else {
          state.readers.append(reader)
          return nil
        }
        state.unread -= 1
        return outcome
      }
      if let answer { reader.resume(returning: answer) }
    }
  }

  /// All that is ready, without waiting; and whether the network thread has to be told of room.
  func takeReady() -> (outcomes: [FetchOutcome], makesRoom: Bool) {
    state.withLock { state in
      var outcomes: [FetchOutcome] = []
      while !state.isCancelled, let outcome = state.ready.popFirst() { outcomes.append(outcome) }
      state.unread -= outcomes.count
      return (outcomes, makesRoom(&state))
    }
  }

  /// Whether the network thread has to be told of room after `wait`.
  func hasMadeRoom() -> Bool { state.withLock { makesRoom(&$0) } }

  /// Lets whoever waits go with nil. Whether the network thread has to be told.
  func cancel() -> Bool {
    let (readers, mustTell) = state.withLock { state in
      defer { (state.isCancelled, state.readers) = (true, []) }
      return (state.readers, state.hasBegun && !state.isCancelled && state.unread > 0)
    }
    for reader in readers { reader.resume(returning: nil) }
    return mustTell
  }

  /// Whether the network thread waits for what the reader has just made: half the window free again.
  private func makesRoom(_ state: inout State) -> Bool {
    guard state.isStalled, state.ready.count <= window / 2 else { return false }
    state.isStalled = false
    return true
  }

  // MARK: The network thread's side

  /// Whether another fetch may start. After a no, the reader tells when there is room again.
  var hasRoom: Bool {
    if isStalled { return false }
    let others = running + outbox.count
    isStalled = state.withLock { state in
      state.isStalled = others + state.ready.count >= window
      return state.isStalled
    }
    return !isStalled
  }

  /// The reader has made room.
  func resume() { isStalled = false }

  /// Adds an outcome; whether `deliver` has something to do that it had not before.
  func add(_ outcome: FetchOutcome) -> Bool {
    unended -= 1
    guard !isDropped else { return false }
    outbox.append(outcome)
    return outbox.count == 1
  }

  /// Hands over what was added, all at once. Whether that has made room.
  func deliver() -> Bool {
    guard !outbox.isEmpty else { return false }
    var handed: [(Reader, FetchOutcome?)] = []
    let madeRoom = state.withLock { state in
      for outcome in outbox {
        if state.readers.isEmpty {
          state.ready.append(outcome)
        } else {
          handed.append((state.readers.removeFirst(), outcome))
          state.unread -= 1
        }
      }
      if state.unread == 0 {
        handed += state.readers.map { ($0, nil) }
        state.readers = []
      }
      return makesRoom(&state)
    }
    outbox.removeAll(keepingCapacity: true)
    for (reader, outcome) in handed { reader.resume(returning: outcome) }
    return madeRoom
  }

  /// Nobody wants the outcomes any more.
  func drop() { (isDropped, outbox) = (true, []) }
}

/// The reader's hold on a batch: when nobody reads any more, it goes and ends what runs.
final class BatchReader: Sendable {
  private let batch: Batch
  private let mailbox: Mailbox
  /// How a request ends that no network thread takes.
  private let refuse: @Sendable (FetchRequest, _ place: Int) -> FetchOutcome

  init(_ batch: Batch, mailbox: Mailbox, refuse: @escaping @Sendable (FetchRequest, _ place: Int) -> FetchOutcome) {
    (self.batch, self.mailbox, self.refuse) = (batch, mailbox, refuse)
  }

  deinit { cancel() }

  /// The next outcome; nil after the last, or once cancelled.
  func next() async -> FetchOutcome? {
    while true {
      switch batch.step() {
      case .begin:
        guard !mailbox.post(.start(batch)) else { continue }
        for (place, request) in batch.requests.enumerated() { _ = batch.add(refuse(request, place)) }
        _ = batch.deliver()
      case .read(let outcome, let makesRoom):
        if makesRoom { mailbox.post(.resume(batch)) }
        return outcome
      case .wait:
        let outcome = await batch.wait()
        if batch.hasMadeRoom() { mailbox.post(.resume(batch)) }
        return outcome
      }
    }
  }

  /// The next outcome and all others that are ready; nil after the last, or once cancelled.
  func nextGroup() async -> [FetchOutcome]? {
    guard let first = await next() else { return nil }
    let (more, makesRoom) = batch.takeReady()
    if makesRoom { mailbox.post(.resume(batch)) }
    return [first] + more
  }

  /// Cancels what runs; whoever waits to read gets nil.
  func cancel() { if batch.cancel() { mailbox.post(.cancel(batch)) } }
}
