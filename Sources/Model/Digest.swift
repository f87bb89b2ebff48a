import CCrypto

/// A SHA-256 digest (FIPS 180-4): 32 bytes, written `sha256:` and 64 lower-case hexadecimal digits.
public struct Digest: Hashable, Sendable {
  /// Exactly 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads `sha256:…` or bare hexadecimal of either case.
  public init?(_ text: String) {
    let hex = text.hasPrefix("sha256:") ? text.utf8.dropFirst(7) : text.utf8[...]
    guard hex.count == 64, let bytes = [UInt8](hexadecimal: hex) else { return nil }
    self.bytes = bytes
  }

  /// The digest of some bytes. About 200-350 MB/s a core without SHA instructions.
  public init(of bytes: UnsafeRawBufferPointer) {
    var out = [UInt8](repeating: 0, count: 32)
    let done = EVP_Digest(bytes.baseAddress, bytes.count, &out, nil, Self.sha256, nil)
    // Cannot happen with a working libcrypto; nothing sound is possible after
    precondition(done == 1, "libcrypto has no SHA-256")
    self.bytes = out
  }

  /// Looked up once: libcrypto 3 does so anew at each use of `EVP_sha256()`, which costs as much as a short text's digest.
  // fetched algorithms are never changed, and counted by libcrypto
  nonisolated(unsafe) private static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)

  /// The digest of some bytes.
  public init(of bytes: [UInt8]) { self = bytes.withUnsafeBytes { Digest(of: $0) } }

  /// The digest of a text's UTF-8.
  public init(ofUTF8 text: String) { self.init(of: Array(text.utf8)) }

  public var hexadecimal: String { bytes.hexadecimal }
}

extension Digest: CustomStringConvertible {
  public var description: String { "sha256:" + hexadecimal }
}

extension Sequence<UInt8> {
  /// Two lower-case digits a byte.
  public var hexadecimal: String {
    var out: [UInt8] = []
    out.reserveCapacity(2 * underestimatedCount)
    out.appendHexadecimal(self)
    return String(decoding: out, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends two lower-case digits a byte.
  mutating func appendHexadecimal(_ bytes: some Sequence<UInt8>) {
    func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10) }
    for byte in bytes {
      append(digit(byte >> 4))
      append(digit(byte & 15))
    }
  }
}

extension [UInt8] {
  /// Reads pairs of hexadecimal digits; nil on an odd count or any other character.
  public init?(hexadecimal text: some Sequence<UInt8>) {
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case 48...57: digit - 48
      case 97...102: digit - 87
      case 65...70: digit - 55
      default: nil
      }
    }
    var (out, high): ([UInt8], UInt8?) = ([], nil)
    for digit in text {
      guard let v = value(digit) else { return nil }
      if let h = high {
        out.append(h << 4 | v)
        high = nil
      } else {
        high = v
      }
    }
    guard high == nil else { return nil }
    self = out
  }
}
