import Testing

@testable import stet_demo

/// That the marking is neither blind nor unjust.
@Suite struct MarkingTests {
  private let key: AnswerKey
  private let passes: [Marking.Pass]

  init() throws {
    key = try AnswerKey(folder: DemoSite.folder)
    passes = key.stages.indices.map {
      Marking.Pass(began: "2026-11-20T10:0\($0):00.000Z", ended: "2026-11-20T10:0\($0):09.000Z")
    }
  }

  /// Findings that say what the key says.
  private func truth() -> [String: Findings.Article] {
    var articles: [String: Findings.Article] = [:]
    for wanted in key.articles {
      let revisions = wanted.revisions.enumerated().map { index, revision in
        let after = revision.stage == 0 ? nil : "2026-11-20T10:0\(revision.stage - 1):05.000Z"
        return Findings.Revision(
          revision: index + 1, headline: revision.headline,
          since: .init(after: after, by: "2026-11-20T10:0\(revision.stage):05.000Z"))
      }
      let edits = wanted.revisions.map { revision in
        revision.edits.map { edit in
          Findings.Edit(
            action: edit.action, class: edit.class, part: edit.part, before: edit.before.map { "x \($0) y" },
            after: edit.after.map { "x \($0) y" })
        }
      }
      let captures = wanted.captures.map { text in
        Findings.Capture(at: "", status: Int(text.prefix(3)) ?? 0, verdict: String(text.dropFirst(4)))
      }
      articles[wanted.article] = Findings.Article(revisions: revisions, edits: edits, captures: captures)
    }
    return articles
  }

  private func mark(_ articles: [String: Findings.Article]) -> Marking {
    Marking(Findings(articles: articles), against: key, passes: passes)
  }

  @Test func `findings that equal the key are flawless`() {
    let marking = mark(truth())
    #expect(marking.isFlawless)
    #expect(marking.editsFound == key.editCount)
  }

  @Test func `an edit that was not found is missed, one that nobody made is invented`() throws {
    var articles = truth()
    let found = try #require(articles["fr-bac-electrique"])
    var edits = found.edits
    edits[1] = [Findings.Edit(action: "deletion", class: "text", part: "paragraph", before: "Un mot", after: nil)]
    articles["fr-bac-electrique"] = .init(revisions: found.revisions, edits: edits, captures: found.captures)
    let marking = mark(articles)
    #expect(marking.missed.count == 1)
    #expect(marking.invented.count == 1)
    #expect(marking.editsFound == key.editCount - 1)
  }

  @Test func `a revision too many is invented, one too few is missed`() throws {
    var articles = truth()
    let russian = try #require(articles["ru-parom"])
    let extra = Findings.Revision(revision: 4, headline: "x", since: .init(after: nil, by: ""))
    articles["ru-parom"] = .init(
      revisions: russian.revisions + [extra], edits: russian.edits + [[]], captures: russian.captures)
    let german = try #require(articles["de-faehre"])
    articles["de-faehre"] = .init(
      revisions: [german.revisions[0]], edits: [german.edits[0]], captures: german.captures)
    let marking = mark(articles)
    #expect(marking.invented.count == 1)
    #expect(marking.missed.count == 1)
    #expect(marking.wrong.isEmpty)
  }

  @Test func `a wall taken for the article is wrong`() throws {
    var articles = truth()
    let found = try #require(articles["evening-post-drift"])
    let captures = found.captures.map { Findings.Capture(at: $0.at, status: $0.status, verdict: "article") }
    articles["evening-post-drift"] = .init(revisions: found.revisions, edits: found.edits, captures: captures)
    #expect(mark(articles).wrong.count == 1)
  }

  @Test func `an edit dated to another pass is wrong`() throws {
    var articles = truth()
    let found = try #require(articles["zh-dianchuan"])
    let late = Findings.Revision(
      revision: 2, headline: found.revisions[1].headline,
      since: .init(after: "2026-11-20T10:02:05.000Z", by: "2026-11-20T10:04:05.000Z"))
    articles["zh-dianchuan"] = .init(
      revisions: [found.revisions[0], late], edits: found.edits, captures: found.captures)
    #expect(mark(articles).wrong.count == 1)
  }

  @Test func `an article that Stet does not know is wrong`() {
    var articles = truth()
    articles["ru-parom"] = nil
    #expect(mark(articles).wrong == ["ru-parom: Stet does not know it"])
  }
}
