/// Values at hand, the ones used lately, up to a number of octets.
///
/// In two generations: what is used moves to the young one; when that is half of the limit, the old one is dropped and the
/// young one grows old. Losing a value may cost time only.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Held: Sendable {
    let value: Value
    let octets: Int
  }

  private let limit: Int
  private var young: [Key: Held] = [:]
  private var old: [Key: Held] = [:]
  private var youngOctets = 0

  /// - Parameter limit: octets; values larger than a quarter of it are not kept.
  init(limit: Int) { self.limit = limit }

  mutating func value(_ key: Key) -> Value? {
    if let held = young[key] { return held.value }
    guard let held = old.removeValue(forKey: key) else { return nil }
    insert(held.value, octets: held.octets, for: key)
    return held.value
  }

  mutating func insert(_ value: Value, octets: Int, for key: Key) {
    guard octets <= limit / 4 else { return }
    if let before = young[key] { youngOctets -= before.octets }
    old[key] = nil
    if youngOctets + octets > limit / 2 { (old, young, youngOctets) = (young, [:], 0) }
    young[key] = Held(value: value, octets: octets)
    youngOctets += octets
  }

  mutating func removeAll() { (young, old, youngOctets) = ([:], [:], 0) }

  /// What is held, in octets.
  var octets: Int { (young.values.map(\.octets) + old.values.map(\.octets)).reduce(0, +) }
}
