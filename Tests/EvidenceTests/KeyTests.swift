import Evidence
import Model
import Testing

/// Ed25519 keys and their texts.
struct KeyTests {
  /// RFC 8032 §7.1, test 1.
  @Test func `the first test vector of RFC 8032 is reproduced`() throws {
    let secret = try octets("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    let key = try SigningKey(logSecret: secret)
    #expect(key.verifier.publicKey.hexadecimal == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    let signature = try key.sign([])
    #expect(
      signature.hexadecimal == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
    #expect(key.verifier.isValid(signature, over: []))
    #expect(!key.verifier.isValid(signature, over: [0]))
    for place in [0, 31, 32, 63] {
      var damaged = signature
      damaged[place] ^= 1
      #expect(!key.verifier.isValid(damaged, over: []))
    }
    #expect(!key.verifier.isValid(Array(signature.dropLast()), over: []))
    #expect(!key.verifier.isValid([], over: []))
  }

  @Test func `a log is named for its key, and the name gives the key back`() throws {
    let key = try Sample.key().verifier
    #expect(key.name == "stet/" + key.publicKey.hexadecimal)
    #expect(VerifierKey(logName: key.name) == key)
    #expect(try VerifierKey("ed25519:" + key.publicKey.hexadecimal) == key)
    #expect(VerifierKey(logName: "stet/" + String(repeating: "AB", count: 32)) == nil, "upper case is another name")
    for name in ["", "stet/", "stet/00", "example.org/log", "stet/" + String(repeating: "0", count: 66)] {
      #expect(VerifierKey(logName: name) == nil)
    }
  }

  /// C2SP signed-note: the id is the first 4 octets of SHA-256(name ‖ LF ‖ 0x01 ‖ key).
  @Test func `the id of a key is of its name, its kind and itself`() throws {
    let key = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 7, count: 32)).verifier
    let digest = Digest(of: Array("example.org/log\n".utf8) + [1] + key.publicKey)
    #expect(key.id == Array(digest.bytes[..<4]))
    let other = try SigningKey(name: "example.org/log2", secret: [UInt8](repeating: 7, count: 32)).verifier
    #expect(other.id != key.id && other.publicKey == key.publicKey)
  }

  @Test func `the text of a key is read back`() throws {
    let key = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 7, count: 32)).verifier
    let text = key.description
    #expect(text.hasPrefix("example.org/log+\(key.id.hexadecimal)+A"), "type 1 is `A…` in base 64")
    #expect(try VerifierKey(text) == key)
  }

  @Test func `a text that is no key is refused`() throws {
    let key = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 7, count: 32)).verifier
    let (text, id) = (key.description, key.id.hexadecimal)
    let base64 = text.split(separator: "+", maxSplits: 2)[2]
    let bad = [
      "", "+", "++", "name", "example.org/log+\(id)", "example.org/log+\(id)+", "+\(id)+\(base64)",
      "example.org/log2+\(id)+\(base64)", "example.org/log+00000000+\(base64)", "example.org/log+\(id)00+\(base64)",
      "example.org/log+\(id.dropLast())g+\(base64)", "a b+\(id)+\(base64)", "a\u{A0}b+\(id)+\(base64)", text + "\n",
      " " + text,
      text + "=", String(text.dropLast()), String(text.dropLast(4)),
      text.replacingFirst(base64, with: "B" + base64.dropFirst()),
      "ed25519:", "ed25519:00", "ed25519:" + String(repeating: "0", count: 63),
      "ed25519:" + String(repeating: "0", count: 66),
      "ed25519:" + String(repeating: "x", count: 64),
    ]
    for text in bad {
      #expect(throws: ProofError.self, "\(text)") { try VerifierKey(text) }
    }
  }

  @Test func `a private key is not printed`() throws {
    let key = try Sample.key(0x5A)
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] {
      #expect(!text.contains("5a5a") && !text.contains("90, 90"))
    }
  }

  @Test func `keys of other lengths are refused`() {
    for count in [0, 31, 33, 64] {
      #expect(throws: ProofError.self) { try SigningKey(logSecret: [UInt8](repeating: 1, count: count)) }
      #expect(throws: ProofError.self) { try VerifierKey(log: [UInt8](repeating: 1, count: count)) }
    }
  }

  private func octets(_ hex: String) throws -> [UInt8] { try #require([UInt8](hexadecimal: hex.utf8)) }
}

extension String {
  func replacingFirst(_ part: some StringProtocol, with other: some StringProtocol) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(in: range, with: other)
  }

  private func replacingCharacters(in range: Range<Index>, with other: some StringProtocol) -> String {
    String(self[..<range.lowerBound]) + String(other) + String(self[range.upperBound...])
  }
}
