import Model
import Testing

@testable import Extraction

/// Who else had a hand in an article: lines of credits, captions, linked data.
struct CreditsTests {
  private func credits(_ lines: String...) -> Credits {
    var out = Credits()
    for line in lines { for (role, names) in CreditLine.read(line) { out.add(names, as: role) } }
    return out
  }

  @Test(arguments: [
    "Source: Harbour Wire", "Quelle: Harbour Wire", "Fuente: Harbour Wire", "Fonte : Harbour Wire",
    "Sumber: Harbour Wire",
    "来源：Harbour Wire", "Источник: Harbour Wire", "المصدر: Harbour Wire", "Sources: Harbour Wire.", "출처: Harbour Wire",
  ])
  func `a source is credited in many languages`(line: String) {
    #expect(credits(line).sources == ["Harbour Wire"])
  }

  @Test(arguments: [
    "Translated by Ada Miller", "Traduit de l’anglais par Ada Miller", "Übersetzt von Ada Miller",
    "Aus dem Englischen von Ada Miller", "Traducción: Ada Miller", "Penerjemah: Ada Miller", "Перевод: Ada Miller",
    "翻译：Ada Miller", "Traduzione a cura di Ada Miller",
  ])
  func `a translator is credited in many languages`(line: String) {
    #expect(credits(line).translators == ["Ada Miller"])
  }

  @Test func `a line may credit several, each in a role`() {
    let both = credits("Sumber: Harbour Wire,Port Post | Editor: Ada Miller")
    #expect(both.sources == ["Harbour Wire", "Port Post"])
    #expect(both.editors == ["Ada Miller"])
    let translated = credits("Source: Harbour Report, translated by Port Translate")
    #expect(translated.sources == ["Harbour Report"])
    #expect(translated.translators == ["Port Translate"])
    #expect(credits("Version originale : Ada Miller/Post").originals == ["Ada Miller/Post"])
  }

  @Test(arguments: [
    "The source: nobody knows it.", "Sources say that the bridge will open", "Translation is an art", "", ":",
    "Source:",
    "Photo by photo, the bridge rose", "Editor's choice | Source: none", "Source: https://post.example/a",
  ])
  func `what is no credit line is none`(line: String) {
    #expect(CreditLine.read(line).isEmpty)
  }

  @Test(arguments: [
    ("The bridge at noon. © A. N. OTHER/Wire via Pictures", ["A. N. OTHER/Wire via Pictures"]),
    ("The bridge at noon. Photo: Ada Miller", ["Ada Miller"]), ("Die Brücke (Foto: Ada Miller)", ["Ada Miller"]),
    ("The bridge at noon [Ada Miller/Reuters]", ["Ada Miller/Reuters"]), ("The bridge at noon. AFP", ["AFP"]),
    ("The bridge at noon, seen from the old town.", []), ("Le pont. Crédit photo : Ada Miller", ["Ada Miller"]),
  ])
  func `a caption credits its picture`(caption: String, names: [String]) {
    #expect(CreditLine.ofPhoto(caption: caption) == names)
  }

  @Test func `a page's credits stand apart from its text`() throws {
    let page = """
      <html lang=en><head><title>Bridge shut</title><meta property="article:section" content="Harbour">
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge shut",
      "translator":{"@type":"Person","name":"Bea Baker"},"image":{"@type":"ImageObject","creditText":"Port Pictures"}}</script>
      </head><body><article><h1>Bridge shut</h1><figure><img src=a><figcaption>The bridge. Photo: Ada Miller</figcaption></figure>
      <p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p>
      <p>Source: a table of the port, said the port, which counts ships.</p>
      <p>Ships went round the island, which takes two hours more, as the pilots had said it would.</p>
      <p>Source: Harbour Wire</p></article></body></html>
      """
    let reading = try #require(readPage(markup: Array(page.utf8), contentType: "text/html", url: nil))
    #expect(reading.credits.sources == ["Harbour Wire"])
    #expect(reading.credits.translators == ["Bea Baker"])
    #expect(reading.credits.photos == ["Port Pictures", "Ada Miller"])
    #expect(reading.credits.section == "Harbour")
    #expect(!reading.text.text.contains("Harbour Wire"))
    #expect(reading.text.blocks.first?.text == "The bridge. Photo: Ada Miller")
  }
}
