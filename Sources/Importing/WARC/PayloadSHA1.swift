import CCrypto

/// The SHA-1 of a payload in base 32 (RFC 4648 §6), as indexes of web archives give it: 32 letters and digits.
func payloadSHA1(_ bytes: [UInt8]) -> String? {
  var digest = [UInt8](repeating: 0, count: 20)
  let done = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha1(), nil) }
  guard done == 1 else { return nil }  // a libcrypto may be set up to know no SHA-1
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  var (out, bits, held): ([UInt8], UInt32, Int) = ([], 0, 0)
  for byte in digest {
    (bits, held) = (bits << 8 | UInt32(byte), held + 8)
    while held >= 5 {
      held -= 5
      out.append(letters[Int(bits >> UInt32(held)) & 31])
    }
  }
  return String(decoding: out, as: UTF8.self)
}
