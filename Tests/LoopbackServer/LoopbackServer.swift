import Glibc
import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 for tests and demonstrations: what it answers is a function of the request, and
/// it can misbehave in every way a real server does.
///
/// One thread accepts, one serves each connection. It stops when told or when nothing holds it any more.
public final class LoopbackServer: Sendable {
  /// Why a server could not be started.
  public struct StartError: Error, CustomStringConvertible {
    /// The system call that failed.
    public let call: String
    public let errno: Int32
    public var description: String { "starting a server on 127.0.0.1: \(call) failed with errno \(errno)" }
  }

  /// What its connections begin with.
  public enum Security: Sendable {
    case none
    case tls(ServerCertificate)
    /// Nobody says a word, whatever the client sends.
    case silence
  }

  /// The port the kernel gave.
  public let port: UInt16
  private let shared: Shared

  /// Starts listening. The handler is called on the connection's own thread, so several calls may run at once.
  public init(_ security: Security = .none, handler: @escaping @Sendable (Request) -> Reply) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw StartError(call: "socket", errno: errno) }
    do {
      port = try Self.bind(listener)
      shared = Shared(listener: listener, security: security, handler: handler)
    } catch {
      close(listener)
      throw error
    }
    let shared = shared
    guard startThread({ shared.acceptAll() }) else {
      shared.stop()
      close(listener)
      throw StartError(call: "pthread_create", errno: errno)
    }
  }

  deinit { shared.stop() }

  /// `http://127.0.0.1:PORT`, or `https:`, and the path, which starts with a slash.
  public func url(_ path: String) -> String { url(path, host: "127.0.0.1") }

  /// The same by another name of this machine, such as `localhost`.
  public func url(_ path: String, host: String) -> String { "\(scheme)://\(host):\(port)\(path)" }

  private var scheme: String { if case .none = shared.security { "http" } else { "https" } }

  /// Stops listening and ends every connection. Harmless when repeated.
  public func stop() { shared.stop() }

  /// Every request so far, in the order they were read.
  public var requests: [Request] { shared.state.withLock { $0.requests } }

  /// How many connections were accepted so far.
  public var connectionCount: Int { shared.state.withLock { $0.accepted } }

  private static func bind(_ listener: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutableBytes(of: &address) { raw in
      let generic = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      guard Glibc.bind(listener, generic, size) == 0 else { throw StartError(call: "bind", errno: errno) }
      guard listen(listener, 512) == 0 else { throw StartError(call: "listen", errno: errno) }
      guard getsockname(listener, generic, &size) == 0 else { throw StartError(call: "getsockname", errno: errno) }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}

/// What the threads of one server share; it outlives the server object until the last of them has ended.
final class Shared: Sendable {
  struct State {
    var requests: [Request] = []
    var accepted = 0
    /// Sockets being served. A socket is closed only under the lock, so that `stop` never shuts down a reused number.
    var open: Set<Int32> = []
    var stopped = false
  }

  let state = Mutex(State())
  let security: LoopbackServer.Security
  let handler: @Sendable (Request) -> Reply
  private let listener: Int32

  init(listener: Int32, security: LoopbackServer.Security, handler: @escaping @Sendable (Request) -> Reply) {
    (self.listener, self.security, self.handler) = (listener, security, handler)
  }

  func stop() {
    state.withLock { state in
      guard !state.stopped else { return }
      state.stopped = true
      shutdown(listener, Int32(SHUT_RDWR))  // wakes accept, whose thread then closes it
      for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  func acceptAll() {
    while true {
      let socket = accept(listener, nil, nil)
      if socket < 0 {
        if [EINTR, ECONNABORTED].contains(errno), !state.withLock({ $0.stopped }) { continue }
        break
      }
      let number: Int? = state.withLock { state in
        guard !state.stopped else { return nil }
        state.accepted += 1
        state.open.insert(socket)
        return state.accepted
      }
      guard let number, startThread({ Connection(socket: socket, number: number, shared: self).serve() }) else {
        release(socket)
        continue
      }
    }
    close(listener)
  }

  /// Closes a socket and forgets it.
  func release(_ socket: Int32) {
    state.withLock { state in
      state.open.remove(socket)
      close(socket)
    }
  }
}

/// Runs the work on a detached thread of its own; false when the system gives none.
private func startThread(_ work: @escaping @Sendable () -> Void) -> Bool {
  final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  let box = Unmanaged.passRetained(Box(work))
  var thread = pthread_t()
  let failed = pthread_create(
    &thread, nil,
    { raw in
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().work() }
      return nil
    }, box.toOpaque())
  guard failed == 0 else {
    box.release()
    return false
  }
  pthread_detach(thread)
  return true
}
