import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The sockets: HTTP/1.1 by hummingbird in front of a `Front`.
public struct WebServer: Sendable {
  private let front: Front
  private let address: ListenAddress
  /// Seconds that a connection may be idle or take to send a request; that what is being answered has left when the server
  /// is told to end; and connections at once.
  private static let (idle, grace, connections) = (60, 10, 1000)

  public init(_ front: Front, listening address: ListenAddress) { (self.front, self.address) = (front, address) }

  /// Why it does not listen.
  public struct CannotListen: Error, Sendable {
    public let reason: String
  }

  /// Serves until SIGTERM or SIGINT, then lets what is being answered end. Throws `CannotListen`, or what ended it since.
  /// - Parameter ready: called once with the port that it listens on.
  public func run(ready: @escaping @Sendable (_ port: Int) -> Void) async throws {
    let isReady = Mutex(false)
    let logger = Logger(label: "stet", factory: { _ in SwiftLogNoOpLogHandler() })
    let application = Application(
      responder: Responder(front: front),
      server: .http1(configuration: .init(idleTimeout: .seconds(Int64(Self.idle)))),
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connections, logger: logger)),
      onServerRunning: { channel in
        isReady.withLock { $0 = true }
        ready(channel.localAddress?.port ?? 0)
      }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(Self.grace)
    let group = ServiceGroup(configuration: configuration)
    let front = front
    let watch = Task {
      while !Task.isCancelled {
        front.stopOverdue()
        try? await Task.sleep(for: .milliseconds(200))  // cancelled: the loop ends
      }
    }
    defer { watch.cancel() }
    do { try await group.run() } catch is CancellationError {
      // What took longer than the grace was cut off.
    } catch {
      guard isReady.withLock({ $0 }) else {
        throw CannotListen(reason: (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)")
      }
      throw error
    }
  }
}

/// What hummingbird gives along with a request; of it, who asks.
private struct Peer: InitializableFromSource {
  let name: String?

  init(source: ApplicationRequestContextSource) { name = source.channel.remoteAddress?.ipAddress }
}

private struct Responder: HTTPResponder {
  let front: Front

  func respond(to request: Request, context: Peer) async throws -> Response {
    let head = request.head
    var fields = head.headerFields.map { (name: $0.name.rawName, value: $0.value) }
    if let host = head.authority { fields.append(("Host", host)) }
    var (body, isTooLong): ([UInt8], Bool) = ([], false)
    if head.method == .post {
      do { body = Array(buffer: try await request.body.collect(upTo: Front.longestBody)) } catch { isTooLong = true }
    }
    // One octet more than there may be: `Front` refuses it.
    if isTooLong { body = [UInt8](repeating: 0, count: Front.longestBody + 1) }
    let incoming = Incoming(method: head.method.rawValue, target: head.path ?? "", fields: fields, body: body)
    let reply = await front.reply(to: incoming, peer: context.name)
    return Response(reply)
  }
}

extension Response {
  fileprivate init(_ reply: Reply) {
    var fields = HTTPFields()
    fields.reserveCapacity(reply.fields.count + 2)
    for (name, value) in reply.fields {
      // A name or value that is none would be a defect of an answer; the field is left out.
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let body: ResponseBody
    if let events = reply.events {
      body = ResponseBody { writer in
        for try await event in events.cancelOnGracefulShutdown() { try await writer.write(ByteBuffer(string: event)) }
        try await writer.finish(nil)
      }
    } else {
      body = reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
    }
    self.init(status: .init(code: reply.status), headers: fields, body: body)
    if reply.status == 304 || reply.status == 204 { headers[.contentLength] = nil }
  }
}
