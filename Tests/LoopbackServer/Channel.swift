import CTLS
import Glibc

/// The two ways of one client's connection, in the clear or through TLS.
///
/// `@unchecked Sendable`: its connection's thread alone reads and writes; a script gets it there too.
final class Channel: @unchecked Sendable {
  let socket: Int32
  /// Nil in the clear.
  private var session: OpaquePointer?

  init(socket: Int32) { self.socket = socket }

  deinit { SSL_free(session) }

  /// Does the server's part of a TLS handshake; false when the client would not go on, or left.
  func secure(by certificate: ServerCertificate) -> Bool {
    // OpenSSL writes without MSG_NOSIGNAL: a client that has gone must not end the process.
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    session = SSL_new(certificate.context)
    guard session != nil, SSL_set_fd(session, socket) == 1 else { return false }
    return SSL_accept(session) == 1
  }

  /// What has come, at most so much; waits for something. Nothing means that no more will come.
  func receive(_ most: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      if session != nil {
        count = max(0, Int(SSL_read(session, buffer.baseAddress, Int32(buffer.count))))
        return
      }
      var n = recv(socket, buffer.baseAddress, buffer.count, 0)
      while n < 0 && errno == EINTR { n = recv(socket, buffer.baseAddress, buffer.count, 0) }
      count = max(0, n)
    }
  }

  /// Sends everything, waiting while the client does not read; false once it has gone.
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let n = bytes.withUnsafeBytes { all in
        let rest = UnsafeRawBufferPointer(rebasing: all[sent...])
        if session != nil { return Int(SSL_write(session, rest.baseAddress, Int32(min(rest.count, 16_384)))) }
        return Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
      }
      if n < 0 && session == nil && errno == EINTR { continue }
      guard n > 0 else { return false }
      sent += n
    }
    return true
  }

  /// Says in TLS that nothing more comes, as an orderly close does.
  func finish() { if session != nil { SSL_shutdown(session) } }
}
