import Glibc
import Synchronization

/// One client's connection: reads a request, writes the handler's reply, and so on until either side ends it.
struct Connection: ~Copyable {
  private static let longestHead = 65_536

  private let channel: Channel
  private let number: Int
  private let shared: Shared
  /// Bytes received and not yet used; with pipelining they reach into the next request.
  private var received: [UInt8] = []

  init(socket: Int32, number: Int, shared: Shared) {
    (channel, self.number, self.shared) = (Channel(socket: socket), number, shared)
  }

  /// Serves until the end, then closes the socket.
  consuming func serve() {
    defer { shared.release(channel.socket) }
    var on: Int32 = 1
    setsockopt(channel.socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    let writer = ReplyWriter(channel: channel)
    switch shared.security {
    case .none: break
    case .tls(let certificate): guard channel.secure(by: certificate) else { return }
    case .silence: return writer.stall()
    }
    loop: while let request = next() {
      shared.state.withLock { $0.requests.append(request) }
      switch answer(request, writer) {
      case .keep: continue
      case .close:
        channel.finish()
        break loop
      case .stall:
        writer.stall()
        break loop
      case .reset:
        var abrupt = linger(l_onoff: 1, l_linger: 0)
        setsockopt(channel.socket, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
        break loop
      }
    }
  }

  private func answer(_ request: Request, _ writer: ReplyWriter) -> Reply.Ending {
    let reply = shared.handler(request)
    if let script = reply.script { return script(writer) }
    guard writer.send(reply.bytes(toHead: request.method == "HEAD")) else { return .close }
    return reply.closes || request["Connection"]?.lowercased() == "close" ? .close : .keep
  }

  /// The next request; nil when the client has gone, or sent what is no request.
  private mutating func next() -> Request? {
    var searched = 0
    while true {
      if let end = endOfHead(from: searched) {
        guard let bare = Request(head: received[..<end], body: [], connection: number) else { return nil }
        let length = Int(bare["Content-Length"] ?? "0") ?? 0
        guard (0...16_777_216).contains(length) else { return nil }
        while received.count < end + 4 + length {
          guard fill() else { return nil }
        }
        let body = Array(received[(end + 4)..<(end + 4 + length)])
        let request = Request(head: received[..<end], body: body, connection: number)
        received.removeFirst(end + 4 + length)
        return request
      }
      // A method starts with a letter. A TLS handshake does not, and waits for an answer.
      guard received.count < Self.longestHead, received.first.map({ (65...90).contains($0) }) != false else {
        return nil
      }
      searched = max(0, received.count - 3)
      guard fill() else { return nil }
    }
  }

  /// Where CR LF CR LF starts, at or after an index.
  private func endOfHead(from start: Int) -> Int? {
    guard received.count >= start + 4 else { return nil }
    return (start...(received.count - 4)).first { i in
      received[i] == 13 && received[i + 1] == 10 && received[i + 2] == 13 && received[i + 3] == 10
    }
  }

  private mutating func fill() -> Bool {
    let piece = channel.receive(16_384)
    received += piece
    return !piece.isEmpty
  }
}
