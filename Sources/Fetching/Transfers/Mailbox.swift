import CCurl
import Synchronization

/// How other threads speak to the network thread.
final class Mailbox: Sendable {
  enum Message: Sendable {
    case start(Batch)
    /// Its reader has made room.
    case resume(Batch)
    case cancel(Batch)
    case decoded(Job, Decoded)
    case stop
  }

  private struct State {
    var messages: [Message] = []
    /// Whether the thread sleeps, or is about to, and has to be woken.
    var isAsleep = false
    var isClosed = false
  }

  private let state = Mutex(State())
  /// The network thread's own. Used here for curl_multi_wakeup alone, which any thread may call, while the box is open.
  nonisolated(unsafe) let multi: UnsafeMutableRawPointer

  init(multi: UnsafeMutableRawPointer) { self.multi = multi }

  /// Answers false when nobody reads the box any more.
  @discardableResult
  func post(_ message: Message) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.messages.append(message)
      if state.isAsleep {
        state.isAsleep = false
        curl_multi_wakeup(multi)
      }
      return true
    }
  }

  /// Takes all that came.
  func take() -> [Message] {
    state.withLock { state in
      state.isAsleep = false
      let messages = state.messages
      state.messages = []
      return messages
    }
  }

  /// Whether the thread may sleep now: nothing came meanwhile. From here on a message wakes it.
  func beginSleep() -> Bool {
    state.withLock { state in
      state.isAsleep = state.messages.isEmpty
      return state.isAsleep
    }
  }

  /// No more messages; gives those that nobody has read.
  func close() -> [Message] {
    state.withLock { state in
      state.isClosed = true
      let messages = state.messages
      state.messages = []
      return messages
    }
  }
}
