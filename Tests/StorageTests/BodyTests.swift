import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// Bodies: kept once, handed out whole or not at all.
struct BodyTests {
  @Test func `a body is stored once however many captures and articles have it`() throws {
    let archive = try Archive()
    let other = "https://other.example/wire"
    try archive.take((0..<5).map { Archive.capture("The same sentence for everyone to read.", minute: $0) })
    try archive.take((0..<5).map { Archive.capture("The same sentence for everyone to read.", minute: $0, url: other) })
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM body") } == 1)
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM capture") } == 10)
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM snapshot") } == 1)
    #expect(try archive.store.captures(archive.article()).map(\.isRevisit) == [false, true, true, true, true])
    #expect(try archive.store.captures(archive.article(other)).map(\.isRevisit) == [false, true, true, true, true])
  }

  @Test(arguments: [0, 1, 2, 100, 70_000, 3_000_000])
  func `a body of any size comes back to the octet`(size: Int) throws {
    var random = SplitMix64(seed: UInt64(size) + 1)
    let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
    let text = Array(repeating: UInt8(ascii: "a"), count: size)
    let archive = try Archive()
    let inputs = [Archive.raw(noise, minute: 0), Archive.raw(text, minute: 1)]
    let kept = try archive.keep(inputs)
    #expect(try archive.store.load(kept.map(\.id)).map(\.input.response.body) == [noise, text])
  }

  @Test func `a coded body that was changed is never decoded to something else`() throws {
    let coder = BodyCoder()
    let body = ArticlePage.ferry("The lease runs for thirty years from now.").bytes
    let coded = try coder.encode(body)
    #expect(coded.coding == .zstd)
    for place in coded.data.indices {
      var bad = coded.data
      bad[place] ^= 0x10
      let digest = Digest(of: body)
      let read = Result { () throws(StorageError) in
        try Store.decoded(digest: digest.data, size: body.count, coding: 1, data: Data(bad), coder: coder)
      }
      if case .success(let got) = read { #expect(got == body, "octet \(place)") }
    }
    for size in [-1, 0, body.count - 1, body.count + 1, .max, .min] {
      #expect(throws: StorageError.self) {
        try Store.decoded(digest: Digest(of: body).data, size: size, coding: 1, data: Data(coded.data), coder: coder)
      }
    }
  }

  @Test func `one damaged body is named with its captures and hides no other`() throws {
    let archive = try Archive()
    let inputs = (0..<6).map { Archive.capture("Sentence number \($0) of the harbour council.", minute: Int64($0)) }
    try archive.take(inputs)
    let kept = try archive.store.captureNumbers(of: archive.article())
    #expect(try archive.verify().isEmpty)
    // Only what stands on it falls with it (DeltaTests): here nothing may.
    try archive.raw { db in
      try db.execute(sql: "DROP TRIGGER loose_update")
      try db.execute(
        sql: """
          UPDATE loose SET coding = 0, base = NULL, data = zeroblob(size)
          FROM (SELECT id, size FROM body) WHERE id = body AND body = 6
          """)
    }
    let digest = "sha256:" + Digest(of: inputs[5].response.body).hexadecimal
    for (i, id) in kept.enumerated() {
      if i == 5 {
        let error = #expect(throws: StorageError.self) { try archive.store.load([id]) }
        guard case .damagedBody(let named, _)? = error else {
          Issue.record("not damagedBody: \(String(describing: error))")
          continue
        }
        #expect(named == digest)
      } else {
        #expect(try archive.store.load([id]).first?.input.response.body == inputs[i].response.body)
      }
    }
    #expect(throws: StorageError.self) { try archive.store.evidence(archive.article(), .ordinal(6)) }
    let problems = try archive.verify()
    let problem = try #require(problems.first { $0.kind == "body" })
    #expect(problem.subject == "body \(digest)")
    #expect(problem.affects == ["\(Archive.url) at \(inputs[5].response.at)"])
    #expect(problems.count == 1)
    // What was read before the damage is still told.
    #expect(try archive.sentences().count == 6)
  }

  @Test func `deriving a damaged body again makes no revision and says so`() throws {
    let archive = try Archive()
    try archive.take([
      Archive.capture("The first wording of it all.", minute: 0),
      Archive.capture("The second wording of it.", minute: 1),
    ])
    try archive.raw { db in
      try db.execute(sql: "DROP TRIGGER loose_update; UPDATE loose SET data = zeroblob(40) WHERE body = 2")
    }
    _ = try Derivation.rebuild(archive.store)
    #expect(try archive.sentences() == ["The first wording of it all."])
    let last = try #require(try archive.store.captures(archive.article()).last)
    #expect(last.verdict == "error")
    #expect(last.reason?.contains("damaged") == true)
  }
}
