import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// Files of which a bit is another, or the end is missing: harmless, or named, and nothing wrong handed out.
///
/// STET_FLIPS sets how many of each are tried.
struct BitFlipTests {
  private let rounds = ProcessInfo.processInfo.environment["STET_FLIPS"].flatMap { Int($0) } ?? 20

  /// An archive with packed and loose bodies, a block of sentences and loose ones, closed.
  private func made() throws -> (archive: Archive, octets: [UInt8], said: Said) {
    let archive = try Archive()
    let filler = (0..<80).map {
      "<p>Paragraph \($0) tells of pier \($0 * 37 % 1009) and of all that is moored at it, of who came with it over the water, of what was paid at the gate, \(String(repeating: "and of the next one \($0)", count: 40)).</p>"
    }
    for n in 0..<12 {
      let page = ArticlePage.ferry("Edition \(n) says this.", furniture: "\(n)").bytes
      let long = "<html><body><article><h1>Piers</h1>\(filler.dropFirst(n).joined())</article></body></html>"
      try archive.take([
        Archive.raw(page, minute: Int64(n), url: "https://post.example/\(n % 3)"),
        Archive.raw(Array(long.utf8), minute: Int64(n), url: "https://post.example/long"),
      ])
      if n == 8 { _ = try archive.store.compact() }
    }
    #expect(try archive.raw { try Bool.fetchOne($0, sql: "SELECT count(*) > 0 FROM sentence_block") } == true)
    let said = try Said(of: archive.store)
    archive.store.close()
    return (archive, try archive.folder.bytes(of: "archive.stet"), said)
  }

  /// All that an archive hands out; what it refuses is missing.
  private struct Said: Equatable {
    var bodies: [Digest: [UInt8]] = [:]
    var logs: [[String]] = []
    var texts: [Digest: String] = [:]
    var refused = 0

    init(of store: Store) throws(StorageError) {
      for article in try store.articleNumbers(nil) {
        for capture in try store.captureNumbers(of: article) {
          do throws(StorageError) {
            for one in try store.load([capture]) { bodies[one.digest] = one.input.response.body }
          } catch { refused += 1 }
        }
        do throws(StorageError) {
          let log = try store.log(article)
          logs.append(log.map { "\($0)" })
          for entry in log {
            if let text = try store.text(article, .ordinal(entry.ordinal)) {
              texts[text.digest] = text.text.canonicalText
            }
          }
        } catch { refused += 1 }
      }
    }

    /// Whether nothing in here is other than in the whole.
    func isPart(of whole: Said) -> Bool {
      bodies.allSatisfy { whole.bodies[$0] == $1 } && texts.allSatisfy { whole.texts[$0] == $1 }
    }
  }

  private func examine(_ octets: [UInt8], _ archive: Archive, _ whole: Said, _ what: String) throws {
    try archive.folder.write(octets, to: "copy.stet")
    for name in ["copy.stet-wal", "copy.stet-shm"] { unlink(archive.folder.file(name)) }
    let store: Store
    do throws(StorageError) { store = try Store.open(archive.folder.file("copy.stet"), .read) } catch { return }
    defer { store.close() }
    var said: Said?
    do throws(StorageError) { said = try Said(of: store) } catch {}
    if let said { #expect(said.isPart(of: whole), "\(what): something else was handed out") }
    do throws(StorageError) {
      let report = try store.verify(deep: Derivation.rederivation)
      if report.problems.isEmpty { #expect(said == whole, "\(what): verify saw nothing") }
    } catch {}
  }

  @Test func `a flipped bit anywhere is harmless or named, and nothing wrong is handed out`() throws {
    let (archive, octets, whole) = try made()
    #expect(whole.refused == 0 && whole.bodies.count == 24)
    var random = SplitMix64(seed: 4096)
    for _ in 0..<rounds {
      var bad = octets
      let (place, bit) = (Int.random(in: bad.indices, using: &random), Int.random(in: 0..<8, using: &random))
      bad[place] ^= 1 << bit
      try examine(bad, archive, whole, "bit \(bit) of octet \(place)")
    }
  }

  @Test func `a file cut anywhere is refused or named, and nothing wrong is handed out`() throws {
    let (archive, octets, whole) = try made()
    var random = SplitMix64(seed: 8192)
    for _ in 0..<rounds {
      let size = Int.random(in: 0..<octets.count, using: &random)
      try examine(Array(octets.prefix(size)), archive, whole, "cut at \(size)")
    }
  }
}
