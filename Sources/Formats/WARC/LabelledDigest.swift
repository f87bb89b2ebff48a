import CCrypto
import Model

/// A digest as WARC fields give it (ISO 28500:2017 §5.8, §5.9): `algorithm:value`, the value in base 32, base 64 or hexadecimal.
public struct LabelledDigest: Hashable, Sendable {
  public enum Algorithm: String, Hashable, Sendable { case md5, sha1, sha256, sha512 }

  public let algorithm: Algorithm
  public let bytes: [UInt8]

  /// Nil for an algorithm that is not known here, or a value that is none of its: such a digest says nothing.
  public init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let label = text[..<colon].lowercased().filter { $0 != "-" }
    guard let algorithm = Algorithm(rawValue: label) else { return nil }
    let value = Array(text[colon...].utf8.dropFirst())
    // No two of the forms have the same length for any of the algorithms.
    let bytes = [[UInt8](hexadecimal: value), Self.base32(value), Self.base64(value)].lazy.compactMap(\.self)
      .first { $0.count == algorithm.size }
    guard let bytes else { return nil }
    (self.algorithm, self.bytes) = (algorithm, bytes)
  }

  /// Whether it is the digest of some octets.
  public func isDigest(of octets: ArraySlice<UInt8>) -> Bool {
    var out = [UInt8](repeating: 0, count: 64)
    var size: UInt32 = 0
    let done = octets.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &out, &size, algorithm.method, nil) }
    return done == 1 && out.prefix(Int(size)).elementsEqual(bytes)
  }

  /// RFC 4648 §6, either case, with or without padding.
  static func base32(_ text: [UInt8]) -> [UInt8]? {
    var (out, bits, held): ([UInt8], UInt32, Int) = ([], 0, 0)
    for digit in text.prefix(while: { $0 != UInt8(ascii: "=") }) {
      let value: UInt8
      switch digit {
      case 65...90: value = digit - 65
      case 97...122: value = digit - 97
      case 50...55: value = digit - 24
      default: return nil
      }
      (bits, held) = ((bits << 5 | UInt32(value)) & 0xFFFF, held + 5)
      if held >= 8 {
        held -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    return out
  }

  /// RFC 4648 §4 and §5.
  static func base64(_ text: [UInt8]) -> [UInt8]? {
    var (out, bits, held): ([UInt8], UInt32, Int) = ([], 0, 0)
    for digit in text.prefix(while: { $0 != UInt8(ascii: "=") }) {
      let value: UInt8
      switch digit {
      case 65...90: value = digit - 65
      case 97...122: value = digit - 71
      case 48...57: value = digit + 4
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      default: return nil
      }
      (bits, held) = ((bits << 6 | UInt32(value)) & 0xFFFF, held + 6)
      if held >= 8 {
        held -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    return out
  }
}

extension LabelledDigest.Algorithm {
  /// Octets of a value.
  var size: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    case .sha512: 64
    }
  }

  var method: OpaquePointer? {
    switch self {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    case .sha512: EVP_sha512()
    }
  }
}
