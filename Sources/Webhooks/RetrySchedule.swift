import Model

/// When a notification that did not arrive is sent again.
///
/// The waits are those that Standard Webhooks 1.0.0 suggests ("Deliverability and reliability"), each up to a fifth longer, so
/// that what failed together does not come back together. By how much follows from the message and the attempt: the same on
/// every machine.
public enum RetrySchedule {
  /// Milliseconds after the first attempt, the second, …; then it is given up.
  static let waits: [Int64] = [
    5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
  ]

  /// The attempts that a notification has, the first included.
  public static var attempts: Int { waits.count + 1 }

  /// When it is tried again; nil: it is given up.
  /// - Parameters:
  ///   - tries: attempts so far, at least 1.
  ///   - retryAfter: before which the receiver asked not to be asked.
  public static func next(after tries: Int, of messageID: String, now: Instant, retryAfter: Instant? = nil) -> Instant?
  {
    guard waits.indices.contains(tries - 1) else { return nil }
    let wait = waits[tries - 1]
    let octet = Digest(ofUTF8: "\(messageID) \(tries)").bytes[0]
    let next = now.advanced(byMilliseconds: wait + wait / 5 * Int64(octet) / 255)
    return max(next, retryAfter ?? next)
  }
}
