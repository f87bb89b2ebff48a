import CommandRunner
import Foundation
import GRDB
import Model
import Testing

@testable import Storage

/// Header fields as they lie in the archive.
struct SplitFieldsTests {
  private func joined(_ split: SplitFields) throws -> HTTPFields {
    try HTTPFields(common: Data(split.common), varying: split.varying.map { Data($0) })
  }

  @Test func `values with a digit stand apart and all others are common`() throws {
    let fields = try #require(
      HTTPFields([
        ("Server", "hall"), ("Date", "Fri, 20 Nov 2026 10:00:00 GMT"), ("ETag", "\"a1\""), ("X-2", "none"),
        ("Age", "7"),
      ]))
    let split = SplitFields(fields)
    #expect(
      String(decoding: split.common, as: UTF8.self) == "Server: hall\nDate: \0\nETag: \0\nX-2: none\nAge: \0\n")
    #expect(
      split.varying.map { String(decoding: $0, as: UTF8.self) } == "Fri, 20 Nov 2026 10:00:00 GMT\n\"a1\"\n7\n")
    #expect(try joined(split) == fields)
  }

  @Test(arguments: 0..<200)
  func `whatever the octets, put together they are what they were`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let alphabet = Array("ab: 19\n\n:\0é".utf8)
    let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      // NUL only in some: none of HTTPFields' own making has it
      alphabet[Int.random(in: 0..<alphabet.count - (seed % 4 == 0 ? 0 : 3), using: &random)]
    }
    let fields = HTTPFields(canonicalBytes: octets)
    #expect(try joined(SplitFields(fields)) == fields)
  }

  @Test(arguments: [("Age: \0\n", ""), ("Age: \0\n", "1\n2\n"), ("Age: a\n", "1\n"), ("Age: \0\n", "1")])
  func `values that do not fit their places are damage`(common: String, varying: String) {
    #expect(throws: StorageError.self) {
      try HTTPFields(common: Data(common.utf8), varying: Data(varying.utf8))
    }
  }

  @Test func `fields that differ in numbers alone share a row, and each capture gives its own back`() throws {
    let archive = try Archive()
    let inputs = (0..<3).map { (minute: Int64) in
      Archive.raw(
        ArticlePage.ferry("The fare will be \(minute) euros from May.").bytes, minute: minute,
        fields: [("Date", "Fri, 20 Nov 2026 10:0\(minute):00 GMT"), ("Vary", "Accept-Encoding")])
    }
    try archive.take(inputs)
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM fields") } == 1)
    #expect(try archive.store.load(1...3).map(\.input.response.fields) == inputs.map(\.response.fields))
    #expect(try archive.store.load(1...3).map(\.digest) == inputs.map(Archive.digest))
    #expect(try archive.verify().isEmpty)
  }
}
