import Answers
import JSON
import Storage
import Synchronization

/// Edits as they come into the archive, as server-sent events (WHATWG HTML §9.2): `edit`, with an edit as `stet edits --json`
/// gives it.
///
/// The last edit of a revision carries an id by which a reader that was cut off goes on (`Last-Event-ID`): the number of the
/// capture that brought it, so that edits that a rebuild writes anew are no news. An archive is looked at once a second, and
/// only while somebody listens.
public struct EventStream: AsyncSequence, Sendable {
  public typealias Element = String

  private let front: Front
  private let after: Int64
  private let listener: Listener

  init(after number: Int64, of front: Front, listener: Listener) {
    (after, self.front, self.listener) = (number, front, listener)
  }

  public func makeAsyncIterator() -> Iterator { Iterator(front: front, last: after, listener: listener) }

  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let front: Front
    /// The last capture whose revision was told of, if it brought one.
    fileprivate var last: Int64
    /// Its place is given back when this goes.
    fileprivate let listener: Listener
    private var waiting = ["retry: 3000\n\n"]
    private var seen: Int64?
    private var quiet = 0
    /// Captures looked at in one step, and the seconds after which something is said though nothing happened.
    private static let (batch, silence) = (100, 15)

    fileprivate init(front: Front, last: Int64, listener: Listener) {
      (self.front, self.last, self.listener) = (front, last, listener)
    }

    /// One event, or a comment that keeps the connection open. Ends only by throwing: when the task is cancelled, or the
    /// archive cannot be read.
    public mutating func next() async throws -> String? {
      while waiting.isEmpty {
        let count = try await front.state.count()
        if count != seen {
          // All of it read before this count is taken for seen.
          if try await !readOn() { seen = count }
        }
        if !waiting.isEmpty { break }
        if quiet >= Self.silence {
          waiting.append(":\n\n")
          break
        }
        try await Task.sleep(for: .seconds(1))
        quiet += 1
      }
      quiet = 0
      return waiting.removeFirst()
    }

    /// Takes the next revisions in; gives whether there may be more.
    private mutating func readOn() async throws -> Bool {
      let from = last
      let arrivals = try await front.pool.read { try $0.arrivals(after: from, limit: Self.batch) }
      for arrival in arrivals.arrived {
        let edits = arrival.found.json(arrival.found.edits)
        for (n, edit) in edits.enumerated() {
          let id = n == edits.count - 1 ? "id: \(arrival.number)\n" : ""
          waiting.append("event: edit\n\(id)data: \(edit.description)\n\n")
        }
      }
      defer { last = arrivals.last }
      return arrivals.last > last
    }
  }
}

/// How many listen, so that they do not become too many.
final class ListenerCount: Sendable {
  private let count = Mutex(0)
  private let most = 100

  /// Nil when there are enough.
  func enter() -> Listener? {
    count.withLock { count in
      guard count < most else { return nil }
      count += 1
      return Listener(of: self)
    }
  }

  fileprivate func leave() { count.withLock { $0 -= 1 } }
}

/// One listener's place, given back when it is left or let go.
final class Listener: Sendable {
  private let hall: ListenerCount
  private let isHere = Mutex(true)

  fileprivate init(of hall: ListenerCount) { self.hall = hall }

  func leave() {
    let wasHere = isHere.withLock { isHere in
      defer { isHere = false }
      return isHere
    }
    if wasHere { hall.leave() }
  }

  deinit { leave() }
}
