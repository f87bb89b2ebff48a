import Glibc

/// How a scripted reply writes to its connection: bytes, chunks and pauses.
///
/// Every call answers whether the client is still there; once it is not, further calls do nothing and answer false.
public struct ReplyWriter: Sendable {
  let channel: Channel

  /// Sends bytes as they are; waits while the client does not read.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool { channel.send(bytes) }

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
    var watched = pollfd(fd: channel.socket, events: peerHasClosed, revents: 0)
    return poll(&watched, 1, milliseconds) == 0
  }

  /// Waits until the client leaves or the server stops.
  func stall() {
    while pause(milliseconds: 60_000) {}
  }
}
