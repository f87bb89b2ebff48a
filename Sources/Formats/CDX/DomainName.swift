/// Domain names beyond ASCII as the name system has them (RFC 3492, RFC 5891).
enum DomainName {
  /// The name with each label that is not ASCII as `xn--…`, lower-case; nil when a label would be empty or too long.
  static func ascii(_ name: String) -> String? {
    var labels: [String] = []
    // The full stops of CJK scripts part labels too (RFC 3490 §3.1).
    for label in name.unicodeScalars.split(
      omittingEmptySubsequences: false, whereSeparator: { ".。．｡".unicodeScalars.contains($0) })
    {
      let text = String(label)
      var ascii = text
      if text.utf8.contains(where: { $0 >= 0x80 }) {
        let mapped = text.lowercased().unicodeScalars.flatMap { $0 == "ß" ? Array("ss".unicodeScalars) : [$0] }
        ascii = mapped.allSatisfy(\.isASCII) ? String(String.UnicodeScalarView(mapped)) : "xn--" + punycode(mapped)
      }
      guard ascii.utf8.count < 64 else { return nil }
      labels.append(ascii)
    }
    guard labels.dropLast().allSatisfy({ !$0.isEmpty }) else { return nil }
    return labels.joined(separator: ".")
  }

  /// RFC 3492 §6.3.
  private static func punycode(_ label: [Unicode.Scalar]) -> String {
    var out = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basic = out.count
    if basic > 0 { out.append(UInt8(ascii: "-")) }
    var (n, delta, bias, handled): (UInt32, Int, Int, Int) = (128, 0, 72, basic)
    while handled < label.count {
      guard let next = label.lazy.map(\.value).filter({ $0 >= n }).min() else { break }
      delta += Int(next - n) * (handled + 1)
      n = next
      for scalar in label {
        if scalar.value < n { delta += 1 }
        guard scalar.value == n else { continue }
        var (q, k) = (delta, 36)
        while true {
          let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
          if q < t { break }
          out.append(digit(t + (q - t) % (36 - t)))
          q = (q - t) / (36 - t)
          k += 36
        }
        out.append(digit(q))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 97 + value : 22 + value) }

  /// RFC 3492 §6.1.
  private static func adapted(_ delta: Int, _ points: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / points
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
