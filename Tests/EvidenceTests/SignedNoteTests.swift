import Evidence
import Model
import Testing

/// Notes as C2SP signed-note has them.
struct SignedNoteTests {
  let key: SigningKey
  let witness: SigningKey
  let text = Array("The port signed.\n\nTwo ferries.\n".utf8)

  init() throws {
    key = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 3, count: 32))
    witness = try SigningKey(name: "witness.example/w1", secret: [UInt8](repeating: 4, count: 32))
  }

  @Test func `a note is its text, an empty line and a line for each signature`() throws {
    let note = try SignedNote(signing: text, with: [key, witness])
    let lines = String(decoding: note.octets, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 7)
    #expect(lines[..<4] == ["The port signed.", "", "Two ferries.", ""])
    #expect(lines[4].hasPrefix("— example.org/log ") && lines[5].hasPrefix("— witness.example/w1 ") && lines[6].isEmpty)
    #expect(lines[4].utf8.count == "— example.org/log ".utf8.count + 92, "68 octets in base 64")
  }

  @Test func `a note is read back, and its signatures verify`() throws {
    let note = try SignedNote(SignedNote(signing: text, with: [key, witness]).octets)
    #expect(note.text == text)
    #expect(try note.verify(by: [key.verifier]) == [key.verifier])
    #expect(try note.verify(by: [witness.verifier, key.verifier]) == [witness.verifier, key.verifier])
  }

  @Test func `signatures by unknown keys are passed over, even under a known name or id`() throws {
    let sameName = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 9, count: 32))
    let note = try SignedNote(signing: text, with: [sameName, key])
    #expect(try note.verify(by: [key.verifier]) == [key.verifier])
    let id = key.verifier.id
    let sameID = note.octets + line("other.example", id + [UInt8](repeating: 0, count: 64))
    #expect(try SignedNote(sameID).verify(by: [key.verifier]) == [key.verifier])
    let alone = try SignedNote(signing: text, with: [sameName])
    #expect(throws: ProofError.notSigned(by: "example.org/log")) { try alone.verify(by: [key.verifier]) }
    #expect(throws: ProofError.notSigned(by: "")) { try note.verify(by: []) }
  }

  @Test func `signatures of other kinds and lengths are passed over`() throws {
    var octets = try SignedNote(signing: text, with: [key]).octets
    octets += line("post.quantum", [1, 2, 3, 4] + [UInt8](repeating: 5, count: 3000)) + line("tiny", [1, 2, 3, 4, 5])
    let note = try SignedNote(octets)
    #expect(note.signatures.map(\.octets.count) == [64, 3000, 1])
    #expect(note.octets == octets)
    try note.verify(by: [key.verifier])
  }

  @Test func `a signature in a known key's name that is not by it condemns the note`() throws {
    let note = try SignedNote(signing: text, with: [key, witness])
    let other = try SignedNote(signing: text + [0x61, 0x0A], with: [key])
    let forged = text + [0x0A] + other.octets.suffix(from: text.count + 3) + note.octets.suffix(witnessLine(note).count)
    let read = try SignedNote(Array(forged))
    #expect(throws: ProofError.badSignature(name: "example.org/log")) {
      try read.verify(by: [witness.verifier, key.verifier])
    }
    #expect(try read.verify(by: [witness.verifier]) == [witness.verifier])
    let short = text + [0x0A] + line("example.org/log", key.verifier.id + [1])
    #expect(throws: ProofError.badSignature(name: "example.org/log")) {
      try SignedNote(short).verify(by: [key.verifier])
    }
  }

  @Test func `a changed octet of the text is noticed`() throws {
    let octets = try SignedNote(signing: text, with: [key]).octets
    for place in text.indices where text[place] != 0x0A {
      var changed = octets
      changed[place] ^= 1
      #expect(throws: ProofError.badSignature(name: "example.org/log")) {
        try SignedNote(changed).verify(by: [key.verifier])
      }
    }
  }

  @Test func `what is no note is refused`() throws {
    let right = try SignedNote(signing: text, with: [key]).octets
    let end = Array(right.dropFirst(text.count + 1))
    let bad: [(String, [UInt8])] = [
      ("nothing", []), ("a line break", [0x0A]), ("text alone", text), ("no signatures", text + [0x0A]),
      ("no text", [0x0A] + end), ("no empty line", Array("a\n".utf8) + end), ("unfinished", Array(right.dropLast())),
      ("an empty line after it", right + [0x0A]), ("text after it", right + Array("more\n".utf8)),
      ("a control character", Array("a\tb\n\n".utf8) + end), ("a CR", Array("a\r\n\n".utf8) + end),
      ("a NUL", [0, 10, 10] + end),
      ("not UTF-8", [0xFF, 10, 10] + end), ("a hyphen for the dash", text + Array("\n- a AAAAAAA=\n".utf8)),
      ("no name", text + Array("\n—  AAAAAAA=\n".utf8)), ("no signature", text + Array("\n— a\n".utf8)),
      ("an empty signature", text + Array("\n— a \n".utf8)), ("an id alone", text + Array("\n— a AAAAAA==\n".utf8)),
      ("two spaces", text + Array("\n— a  AAAAAAA=\n".utf8)),
      ("a space at the end", text + Array("\n— a AAAAAAA= \n".utf8)),
      ("a plus in the name", text + Array("\n— a+b AAAAAAA=\n".utf8)),
      ("a no-break space in the name", text + Array("\n— a\u{A0}b AAAAAAA=\n".utf8)),
      ("no padding", text + Array("\n— a AAAAAAA\n".utf8)), ("stray bits", text + Array("\n— a AAAAAAB=\n".utf8)),
      ("base 64 for URLs", text + Array("\n— a AAAAAA-_\n".utf8)),
      ("too many signatures", text + [0x0A] + [[UInt8]](repeating: line("a", [1, 2, 3, 4, 5]), count: 101).joined()),
    ]
    for (name, octets) in bad {
      #expect(throws: ProofError.self, "\(name)") { try SignedNote(octets) }
    }
    #expect(throws: ProofError.tooLarge(limit: SignedNote.limit)) {
      try SignedNote([UInt8](repeating: 0x61, count: SignedNote.limit + 1))
    }
  }

  @Test func `a hundred signatures are read`() throws {
    let octets = text + [0x0A] + [[UInt8]](repeating: line("a", [1, 2, 3, 4, 5]), count: 100).joined()
    #expect(try SignedNote(octets).signatures.count == 100)
  }

  @Test func `a text that cannot be a note's is not signed`() {
    for text in ["", "a", "a\tb\n", "a\r\n"] {
      #expect(throws: ProofError.self) { try SignedNote(signing: Array(text.utf8), with: [key]) }
    }
  }

  /// A signature line in base 64 by the tests' own hand.
  private func line(_ name: String, _ octets: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bits = octets.map { String(String($0 + 0, radix: 2).reversed()).padded(to: 8) }.joined()
    var (text, rest) = ("", bits[...])
    while !rest.isEmpty {
      let group = rest.prefix(6) + String(repeating: "0", count: max(0, 6 - rest.count))
      text.append(alphabet[group.reduce(0) { $0 * 2 + ($1 == "1" ? 1 : 0) }])
      rest = rest.dropFirst(6)
    }
    while text.count % 4 != 0 { text.append("=") }
    return Array("— \(name) \(text)\n".utf8)
  }

  private func witnessLine(_ note: SignedNote) -> [UInt8] {
    Array(note.octets.dropLast().suffix(while: { $0 != 0x0A })) + [0x0A]
  }
}

extension String {
  /// Turns reversed binary digits into as many as asked for, the highest first.
  fileprivate func padded(to count: Int) -> String {
    String((self + String(repeating: "0", count: count - self.count)).reversed())
  }
}

extension BidirectionalCollection {
  fileprivate func suffix(while holds: (Element) -> Bool) -> SubSequence {
    self[(lastIndex { !holds($0) }.map { index(after: $0) } ?? startIndex)...]
  }
}
