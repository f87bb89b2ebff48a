import Glibc

/// Runs the work on a detached thread of its own; 0, or the errno when the system gives none.
///
/// SIGPIPE is blocked there: OpenSSL may raise it when it writes to a connection that the server has closed, and how the
/// process takes signals elsewhere is none of our business.
func startNetworkThread(_ work: @escaping @Sendable () -> Void) -> Int32 {
  final class Box: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  let box = Unmanaged.passRetained(Box(work))
  var thread = pthread_t()
  let failed = pthread_create(
    &thread, nil,
    { raw in
      var blocked = sigset_t()
      sigemptyset(&blocked)
      sigaddset(&blocked, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &blocked, nil)
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().work() }
      return nil
    }, box.toOpaque())
  if failed == 0 { pthread_detach(thread) } else { box.release() }
  return failed
}
