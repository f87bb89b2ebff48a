import Synchronization

/// Answers at hand: each stays as long as the archive is as it was, for then the same question has the same answer.
final class AnswerMemory: Sendable {
  struct Key: Hashable {
    let target: String
    let base: String
    let isCompressed: Bool
    /// Of answers that stay for a minute: which, counted from 1970; of others nil.
    var minute: Int64?
  }

  private struct State {
    var archive = ""
    var octets = 0
    var replies: [Key: Reply] = [:]
  }

  private let state = Mutex(State())
  /// Octets kept at most, in all and of one answer.
  private let (most, mostOfOne) = (32 << 20, 1 << 20)

  func reply(_ key: Key, archive: String) -> Reply? {
    state.withLock { $0.archive == archive ? $0.replies[key] : nil }
  }

  func keep(_ reply: Reply, for key: Key, archive: String) {
    let size = reply.body.count + key.target.utf8.count + 1000
    guard size <= mostOfOne else { return }
    state.withLock { state in
      // Another state, or no room: begin anew. Which answers were asked for often shows again soon enough.
      if state.archive != archive || state.octets + size > most {
        state.replies.removeAll(keepingCapacity: true)
        (state.octets, state.archive) = (0, archive)
      }
      if state.replies.updateValue(reply, forKey: key) == nil { state.octets += size }
    }
  }
}
