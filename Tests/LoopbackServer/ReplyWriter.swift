import Glibc

/// How a scripted reply writes to its connection: bytes, chunks and pauses.
///
/// Every call answers whether the client is still there; once it is not, further calls do nothing and answer false.
public struct ReplyWriter: Sendable {
  let socket: Int32

  /// Sends bytes as they are; waits while the client does not read.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let n = bytes.withUnsafeBytes { all in
        // MSG_NOSIGNAL: a client that has gone must not end the process by SIGPIPE.
        Glibc.send(socket, all.baseAddress.map { $0 + sent }, all.count - sent, Int32(MSG_NOSIGNAL))
      }
      if n < 0 && errno == EINTR { continue }
      guard n > 0 else { return false }
      sent += n
    }
    return true
  }

  /// Sends text as UTF-8.
  @discardableResult
  public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends one chunk of a chunked body (RFC 9112 §7.1). An empty one ends the body.
  @discardableResult
  public func chunk(_ bytes: [UInt8]) -> Bool {
    send(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10])
  }

  /// Waits; ends early, answering false, when the client leaves or the server stops.
  @discardableResult
  public func pause(milliseconds: Int32) -> Bool {
    let peerHasClosed: Int16 = 0x2000  // POLLRDHUP, which glibc's headers show only under _GNU_SOURCE
    var watched = pollfd(fd: socket, events: peerHasClosed, revents: 0)
    return poll(&watched, 1, milliseconds) == 0
  }

  /// Waits until the client leaves or the server stops.
  func stall() {
    while pause(milliseconds: 60_000) {}
  }
}
