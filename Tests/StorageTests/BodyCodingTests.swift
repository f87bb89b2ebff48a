// Coding of bodies: what goes in comes out, what is damaged is refused, and a base is used only where it pays.
import Testing

@testable import Storage

struct BodyCodingTests {
  private let coder = BodyCoder()

  /// Octets without repetition, the same for the same seed.
  private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  @Test func `a body comes back as it was, alone and against a base, at both efforts`() throws {
    let base = noise(40_000, seed: 1)
    let bodies: [[UInt8]] = [
      [], [7], base, noise(5_000, seed: 2), base + [1, 2, 3], Array(base[100...]),
      [UInt8](repeating: 9, count: 300_000),
    ]
    for effort in [CodedBody.Effort.quick, .thorough] {
      for body in bodies {
        for given in [nil, base, []] {
          let coded = try coder.encode(body, base: given, effort: effort)
          let needed = coded.coding == .delta ? given : nil
          #expect(try coder.decode(coded.data, coding: coded.coding, size: body.count, base: needed) == body)
        }
      }
    }
  }

  @Test func `an edit costs little more than itself, however far from the start of the base it is`() throws {
    let base = noise(3_000_000, seed: 3)  // beyond the window that level 3 would choose
    var body = base
    body.replaceSubrange(2_900_000..<2_900_010, with: Array("an edit to a page".utf8))
    let coded = try coder.encode(body, base: base)
    #expect(coded.coding == .delta)
    #expect(coded.data.count < 400)
  }

  @Test func `a base that does not help is not used`() throws {
    let body = noise(20_000, seed: 4)
    let coded = try coder.encode(body, base: noise(20_000, seed: 5))
    #expect(coded.coding == .identity)
    #expect(coded.data == body)
  }

  @Test func `a delta without its base, or with another, never gives the body`() throws {
    let base = noise(10_000, seed: 6)
    let body = base + noise(100, seed: 7)
    let coded = try coder.encode(body, base: base)
    #expect(coded.coding == .delta)
    #expect(throws: StorageError.self) { try coder.decode(coded.data, coding: .delta, size: body.count) }
    // zstd cannot always tell that a prefix is the wrong one; the digest does. It must only never come out right.
    for wrong in [noise(10_000, seed: 8), Array(base.dropLast()), []] {
      let got = try? coder.decode(coded.data, coding: .delta, size: body.count, base: wrong)  // an error is as good
      #expect(got != body)
    }
  }

  @Test func `damaged data is an error or another body, never a crash`() throws {
    let base = Array(repeatElement(Array("the quick brown fox jumps over the lazy dog. ".utf8), count: 300).joined())
    let body = Array(base[..<6_000]) + noise(300, seed: 9) + Array(base[6_000...])
    for given in [nil, base] {
      let coded = try coder.encode(body, base: given)
      for place in coded.data.indices {
        for bit in 0..<8 {
          var data = coded.data
          data[place] ^= 1 << bit
          // Either answer is right here: an error, or octets that the digest will refuse.
          let got = try? coder.decode(data, coding: coded.coding, size: body.count, base: given)
          #expect(got?.count ?? body.count == body.count)
        }
      }
      for count in 0..<coded.data.count {
        let cut = Array(coded.data[..<count])
        #expect(throws: StorageError.self) {
          try coder.decode(cut, coding: coded.coding, size: body.count, base: given)
        }
      }
    }
  }

  @Test(arguments: [-1, 0, 99, 101, 1 << 40, Int.max]) func `a size that is not the frame's is refused`(size: Int)
    throws
  {
    let body = [UInt8](repeating: 5, count: 100)
    let coded = try coder.encode(body)
    #expect(coded.coding == .zstd)
    #expect(throws: StorageError.self) { try coder.decode(coded.data, coding: .zstd, size: size) }
  }

  @Test func `a coder works again after an error`() throws {
    let body = [UInt8](repeating: 5, count: 100)
    let coded = try coder.encode(body, base: [UInt8](repeating: 6, count: 100))
    #expect(throws: StorageError.self) { try coder.decode([1, 2, 3], coding: .delta, size: 100, base: [1]) }
    #expect(try coder.encode(body).data == coder.encode(body).data)
    #expect(
      try coder.decode(coded.data, coding: coded.coding, size: 100, base: [UInt8](repeating: 6, count: 100)) == body)
  }

  @Test func `a sibling that is alike is smaller in the trial than one that is not`() throws {
    let template = noise(30_000, seed: 10)
    let body = template + noise(500, seed: 11)
    let alike = try coder.trialSize(body, base: template + noise(500, seed: 12))
    let other = try coder.trialSize(body, base: noise(30_000, seed: 13))
    #expect(alike < 1_000)
    #expect(other > 20_000)
  }

  @Test func `a body at the end of a long path comes back, and a break in the path is an error`() throws {
    var bodies = [noise(9_000, seed: 14)]
    var links = [CodedLink(data: bodies[0], coding: .identity, size: 9_000)]
    for step in 1..<60 {
      let next = Array(bodies[step - 1].dropFirst(step * 3)) + noise(step * 7, seed: UInt64(step) + 100)
      let coded = try coder.encode(next, base: bodies[step - 1])
      #expect(coded.coding == .delta)
      links.append(CodedLink(data: coded.data, coding: coded.coding, size: next.count))
      bodies.append(next)
      #expect(try coder.decode(path: links) == next)
    }
    for count in [1, 2, 30] { #expect(try coder.decode(path: Array(links[..<count])) == bodies[count - 1]) }
    #expect(throws: StorageError.self) { try coder.decode(path: []) }
    #expect(throws: StorageError.self) { try coder.decode(path: Array(links.dropFirst())) }
    for size in [-1, 0, 8_999, Int.max] {
      let broken = [CodedLink(data: links[0].data, coding: .identity, size: size)] + links.dropFirst()
      #expect(throws: StorageError.self) { try coder.decode(path: broken) }
    }
    #expect(try coder.decode(path: links) == bodies[59])
  }
}
