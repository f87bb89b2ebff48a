import CommandRunner
import Model
import Storage
import Syncing
import Testing

/// Captures of which an earlier one has the URL, the status and the octets.
struct TwinTests {
  private let page = ArticlePage.ferry("The contract ends in May.").bytes

  private func take(_ input: CaptureInput, _ archive: Archive) throws -> DerivedBatch {
    let kept = try archive.keep([input])[0]
    return try Derivation.derive([(kept: kept, article: input.article, response: input.response)], in: archive.store)
  }

  private func answer(_ minute: Int64, type: String = "text/html; charset=utf-8") -> CaptureInput {
    Archive.raw(page, minute: minute, fields: [("Content-Type", type), ("Date", "minute \(minute)")])
  }

  @Test func `the same octets under another date are not read again, and read as they did`() throws {
    let archive = try Archive()
    #expect(try take(answer(0), archive).readings.count == 1)
    for minute: Int64 in 1...3 {
      let again = try take(answer(minute), archive)
      #expect(again.readings.isEmpty && Array(again.verdicts.values) == [.article] && again.counts.revisions == 0)
    }
    #expect(try archive.store.captures(archive.article()).map(\.verdict) == Array(repeating: "article", count: 4))
    #expect(try archive.store.verify(deep: Derivation.rederivation).problems.isEmpty)
  }

  @Test func `the same octets are read anew when a field says to read them otherwise`() throws {
    let archive = try Archive()
    _ = try take(answer(0), archive)
    #expect(try take(answer(1, type: "application/pdf"), archive).verdicts.values.first == .notAnArticle)
    #expect(try take(answer(2), archive).verdicts.values.first == .article)
    #expect(try archive.store.verify(deep: Derivation.rederivation).problems.isEmpty)
  }
}
