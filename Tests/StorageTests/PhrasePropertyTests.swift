import CommandRunner
import Model
import Segmentation
import Testing

@testable import Storage

/// What the index finds against a reading of every revision, on made-up articles of few words, so that phrases stand
/// everywhere: inside sentences, over one border, over several.
struct PhrasePropertyTests {
  private static let words = [
    "no", "the", "of", "a", "boats", "harbour", "ferry", "council", "in", "May", "15", "東京", "都", "été",
  ]

  private static func archive(_ random: inout SplitMix64) throws -> Archive {
    let archive = try Archive()
    for article in 0..<6 {
      var sentences = (0..<8).map { _ in sentence(&random) }
      for minute in 0..<5 {
        let page = ArticlePage(
          "The council of the harbour", [sentences.joined(separator: " "), "* * *", sentence(&random)])
        try archive.take([
          Archive.raw(page.bytes, minute: Int64(10 * minute + article), url: "https://post.example/\(article)")
        ])
        sentences[Int(random.next() % 8)] = sentence(&random)
      }
    }
    return archive
  }

  private static func phrase(_ random: inout SplitMix64, upTo count: UInt64) -> String {
    (0..<1 + random.next() % count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
  }

  private static func sentence(_ random: inout SplitMix64) -> String {
    let text = phrase(&random, upTo: 5)
    return text.prefix(1).uppercased() + text.dropFirst() + (random.next() % 8 == 0 ? "" : ".")
  }

  /// The revisions of an article, oldest first, each as its fields and its body, all texts for themselves.
  private static func texts(_ archive: Archive, _ article: Int64) throws -> [(fields: [[UInt8]], body: [[UInt8]])] {
    try archive.store.log(article).reversed().map { entry in
      let text = try #require(try archive.store.text(article, .ordinal(entry.ordinal))).text
      let fields = [text.headline, text.lead ?? ""] + text.byline + [text.published?.description ?? ""]
      return (
        fields.filter { !$0.isEmpty }.map { Array($0.utf8) },
        text.blocks.flatMap { $0.sentences.map { Array($0.text.utf8) } }
      )
    }
  }

  /// All sentences as one text, parted by what no word goes over.
  private static func holds(_ text: (fields: [[UInt8]], body: [[UInt8]]), _ phrase: SearchUnits) -> Bool {
    (text.fields + [Array(text.body.joined(separator: Array(" | ".utf8)))])
      .contains { !SearchUnits($0).places(of: phrase).isEmpty }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `a phrase is found where a reading of all revisions finds it, whatever the size of a page`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let archive = try Self.archive(&random)
    let articles = try archive.store.articles(of: Scope())
    let texts = try articles.map { (url: $0.url, revisions: try Self.texts(archive, $0.id)) }
    for n in 0..<24 {
      guard let query = try? Query(phrase: Self.phrase(&random, upTo: 6)) else { continue }  // one character alone
      let wanted = texts.compactMap { article -> (String, Int)? in
        let stands = article.revisions.map { Self.holds($0, query.phrases[0]) }
        let times = zip([false] + stands, stands).count { !$0 && $1 }
        return times == 0 ? nil : (article.url, times)
      }
      for held in [500, 3] {
        // Pages that end after each place are many.
        let short = n % 8 == 0 ? [(Int.max, 1)] : []
        for (limit, effort) in [(Int.max, Int.max), (2, Int.max), (3, 2000)] + short {
          var (found, cursor): ([PhraseHistory], SaidCursor?) = ([], nil)
          repeat {
            let page = try archive.store.when(
              query, Scope(), after: cursor, limit: limit, QueryEffort(effort, held: held))
            #expect(page.found.count <= limit)
            #expect(page.next == nil || page.next != cursor)
            found += page.found
            cursor = page.next
          } while cursor != nil
          #expect(found.map(\.url).sorted() == wanted.map(\.0).sorted())
          #expect(
            Dictionary(uniqueKeysWithValues: wanted)
              == Dictionary(uniqueKeysWithValues: found.map { ($0.url, $0.spans.count) }))
        }
      }
      let asked = try archive.store.when(query, Scope(articles: articles.map(\.id))).found
      #expect(asked.map(\.url).sorted() == wanted.map(\.0).sorted())
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `words are found where a reading of all revisions finds them, whatever the size of a page`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed &+ 99)
    let archive = try Self.archive(&random)
    let texts = try archive.store.articles(of: Scope()).map { (url: $0.url, revisions: try Self.texts(archive, $0.id)) }
    for _ in 0..<24 {
      let (words, phrase) = (Self.phrase(&random, upTo: 2), Self.phrase(&random, upTo: 2))
      guard let query = try? Query(words: "\(words) \"\(phrase)\"") else { continue }  // one character alone
      var wanted: Set<[String]> = []
      for (url, revisions) in texts {
        for text in revisions.flatMap({ $0.fields + $0.body }) where query.matches(in: SearchUnits(text)) != nil {
          wanted.insert([url, String(decoding: text, as: UTF8.self)])
        }
      }
      let whole = try archive.store.search(query, Scope()).found
      #expect(whole.count == wanted.count && Set(whole.map { [$0.url, $0.text] }) == wanted)
      for (limit, effort) in [(1, Int.max), (3, Int.max), (Int.max, 1)] {
        var (found, cursor): ([FoundSentence], SaidCursor?) = ([], nil)
        repeat {
          let page = try archive.store.search(query, Scope(), after: cursor, limit: limit, effort: effort)
          found += page.found
          cursor = page.next
        } while cursor != nil
        #expect(found == whole)
      }
    }
  }

  @Test func `a cursor is what a page gave`() {
    #expect(SaidCursor("12-3")?.description == "12-3")
    for text in ["", "12", "-", "12-", "-3", "1-2-3", "a-1", "1--2", "99999999999999999999-1"] {
      #expect(SaidCursor(text) == nil)
    }
  }
}
