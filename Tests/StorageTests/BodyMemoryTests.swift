// Decoded bodies at hand: bounded, and what is in use stays.
import Testing

@testable import Storage

struct BodyMemoryTests {
  private func entry(_ octets: Int) -> BodyMemory<Int>.Entry {
    .init(octets: [UInt8](repeating: 1, count: octets), chain: [])
  }

  @Test func `no more is held than allowed, and what is used stays`() {
    var memory = BodyMemory<Int>(limit: 10_000)
    for key in 0..<1_000 {
      memory.insert(entry(1_000), for: key)
      #expect(memory.octets <= 10_000)
      #expect(memory.entry(0) != nil)
      #expect(memory.entry(key) != nil)
    }
    #expect(memory.entry(500) == nil)
  }

  @Test func `one huge body does not push out the rest`() {
    var memory = BodyMemory<Int>(limit: 10_000)
    memory.insert(entry(2_000), for: 1)
    memory.insert(entry(3_000), for: 2)
    #expect(memory.entry(1) != nil)
    #expect(memory.entry(2) == nil)
  }

  @Test func `the same key again takes the place of the first`() {
    var memory = BodyMemory<Int>(limit: 10_000)
    for _ in 0..<100 { memory.insert(entry(1_000), for: 1) }
    #expect(memory.octets == 1_000)
    memory.forget()
    #expect(memory.entry(1) == nil)
    #expect(memory.octets == 0)
  }
}
