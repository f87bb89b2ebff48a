import Glibc
import Synchronization

/// Hands out 0, 1, 2, … to whoever asks, each number once.
final class StripCounter: Sendable {
  private let next = Atomic(0)

  func take(below limit: Int) -> Int? {
    let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return i < limit ? i : nil
  }
}

/// How many processors this process may use.
enum ProcessorCount {
  static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
