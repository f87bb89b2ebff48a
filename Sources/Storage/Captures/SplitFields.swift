import Foundation
import GRDB
import Model

/// Header fields as they lie in the archive (docs/FORMAT.md, "Header fields"): what most answers of a server have in common,
/// once, and the values that may differ each time, which are those with a digit in them: dates, tags, ages, numbers.
///
/// So a 304, whose Date alone is new, costs no row of its own in `fields`.
struct SplitFields: Hashable {
  /// Canonical lines, NUL in place of each value that is kept apart.
  let common: [UInt8]
  /// Those values, each ended by LF; nil when there are none.
  let varying: [UInt8]?

  private static let mark: UInt8 = 0

  init(_ fields: HTTPFields) {
    let octets = fields.canonicalBytes
    var (common, varying): ([UInt8], [UInt8]) = ([], [])
    common.reserveCapacity(octets.count)
    varying.reserveCapacity(octets.count)
    var start = 0
    while start < octets.count {
      let end = octets[start...].firstIndex(of: 10) ?? octets.count
      // A line that is none of HTTPFields' own making stays whole, and so does all if it holds what marks a place.
      let colon = octets[start..<end].firstIndex(of: UInt8(ascii: ":")) ?? end
      let value = min(end, colon + 2)
      if end < octets.count, octets[value..<end].contains(where: { (48...57).contains($0) }) {
        common += octets[start..<value]
        common.append(Self.mark)
        common.append(10)
        varying += octets[value...end]
      } else {
        common += octets[start..<min(octets.count, end + 1)]
      }
      start = end + 1
    }
    let isPlain = varying.isEmpty || octets.contains(Self.mark)
    (self.common, self.varying) = isPlain ? (octets, nil) : (common, varying)
  }
}

extension HTTPFields {
  /// From the columns `fields.data` and `capture.varying`. Throws `damaged` when they do not belong together.
  init(common: Data, varying: Data?) throws(StorageError) {
    guard let varying else {
      self.init(canonicalBytes: [UInt8](common))
      return
    }
    var (values, octets): ([UInt8].SubSequence, [UInt8]) = ([UInt8](varying)[...], [])
    octets.reserveCapacity(common.count + varying.count)
    for octet in common {
      guard octet == 0 else {
        octets.append(octet)
        continue
      }
      guard let end = values.firstIndex(of: 10) else {
        throw .damaged(path: "header fields", detail: "fewer values than places for them")
      }
      octets += values[..<end]
      values = values[(end + 1)...]
    }
    guard values.isEmpty else { throw .damaged(path: "header fields", detail: "more values than places for them") }
    self.init(canonicalBytes: octets)
  }
}
