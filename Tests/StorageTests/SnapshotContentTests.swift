import CommandRunner
import Model
import Testing

@testable import Storage

/// The bytes a snapshot is stored as.
struct SnapshotContentTests {
  @Test func `content decodes to what was encoded`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<500 {
      var content = SnapshotContent()
      var wanted: [(Edit.Part, [(id: Int64, follows: Bool)])] = []
      for _ in 0..<Int.random(in: 0..<6, using: &random) {
        let kind = try #require(Edit.Part.allCases.randomElement(using: &random))
        let size = Int64(1) << Int64.random(in: 0..<60, using: &random)
        let sentences = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
          (id: Int64.random(in: -size...size, using: &random), follows: Bool.random(using: &random))
        }
        content.append(kind, sentences)
        wanted.append((kind, sentences))
      }
      let parts = try #require(SnapshotContent.parts(of: content.bytes))
      #expect(parts.map { "\($0)" } == wanted.map { "\((part: $0.0, sentences: $0.1))" })
    }
  }

  @Test func `ids in a row take an octet each`() {
    var content = SnapshotContent()
    content.append(.paragraph, (1...20).map { (id: $0, follows: true) })
    #expect(content.bytes.count == 22)
  }

  @Test func `octets that are no content are refused and never trap`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = SnapshotContent.parts(of: bytes)
    }
    #expect(SnapshotContent.parts(of: [0]) == nil)
    #expect(SnapshotContent.parts(of: [9, 0]) == nil)
    #expect(SnapshotContent.parts(of: [16, 1]) == nil)
    #expect(SnapshotContent.parts(of: [16] + Array(repeating: 0xFF, count: 11)) == nil)
    #expect(SnapshotContent.parts(of: [])?.isEmpty == true)
  }
}
