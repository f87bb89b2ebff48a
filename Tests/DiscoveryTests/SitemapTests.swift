import CDeflate
import Discovery
import Model
import Testing

/// Sitemaps as the protocol has them, and beyond.
struct SitemapTests {
  private func sitemap(_ text: String) throws -> Sitemap {
    try Sitemap(parsing: Array(text.utf8), url: "https://post.example/sitemap.xml")
  }

  private static let news = """
    <?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc> https://post.example/one?a=1&amp;b=2 </loc><lastmod>2026-11-20T10:00:00+01:00</lastmod><changefreq>Hourly</changefreq>
    <priority>0.8</priority><image:image><image:loc>https://post.example/p.jpg</image:loc><image:title>No</image:title></image:image>
    <news:news><news:publication><news:name>Post</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-11-20</news:publication_date><news:title>Ferry &amp; bridge</news:title></news:news></url>
    <url><loc>/two</loc><lastmod>2026-11</lastmod><priority>7</priority></url><url><lastmod>2026</lastmod></url></urlset>
    """

  @Test func `a news sitemap gives addresses with their hints`() throws {
    let map = try sitemap(Self.news)
    #expect(map.format == .pages)
    #expect(map.entries.map(\.url) == ["https://post.example/one?a=1&b=2", "https://post.example/two"])
    #expect(map.entryCount == 3)
    #expect(map.entries[0].lastModified?.description == "2026-11-20T09:00:00.000Z")
    #expect(map.entries[0].changeFrequency == .hourly)
    #expect(map.entries[0].priority == 0.8)
    #expect(map.entries[0].news?.title == "Ferry & bridge")
    #expect(map.entries[0].news?.published?.description == "2026-11-20")
    #expect(map.entries[1].lastModified?.description == "2026-11-01")
    #expect(map.entries[1].priority == nil)
    #expect(map.problems.map(\.kind) == [.noAddress])
  }

  @Test func `an index names further sitemaps`() throws {
    let map = try sitemap(
      "<sitemapindex><sitemap><loc>https://post.example/a.xml.gz</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>"
    )
    #expect(map.format == .index)
    #expect(map.entries.map(\.url) == ["https://post.example/a.xml.gz"])
  }

  @Test func `a text sitemap is an address a line`() throws {
    let map = try sitemap("\u{FEFF}https://post.example/one\r\n\nhttps://post.example/two\nnot one\n")
    #expect(map.format == .text)
    #expect(map.entries.count == 2)
    #expect(map.problems.map(\.kind) == [.badAddress])
    #expect(throws: DiscoveryError.unknownFormat) { try sitemap("Some words\nhttps://post.example/one") }
  }

  @Test func `a page is no sitemap, and a cut one gives what came`() throws {
    #expect(throws: DiscoveryError.isHTML) { try sitemap("<!doctype html><html><p>Not found</p></html>") }
    let map = try sitemap("<urlset><url><loc>https://post.example/one</loc></url><url><loc>https://post.exa")
    #expect(map.entries.map(\.url) == ["https://post.example/one"])
    #expect(map.problems.contains { $0.kind == .cutOff })
  }

  @Test func `more than the protocol allows is read and reported`() throws {
    let one = "<url><loc>https://post.example/one</loc></url>"
    let map = try sitemap(
      "<urlset>" + String(repeating: "<url/>", count: Sitemap.mostEntries) + one + "</urlset>")
    #expect(map.entries.map(\.url) == ["https://post.example/one"])
    #expect(map.entryCount == Sitemap.mostEntries + 1)
    #expect(map.problems.map(\.kind) == [.noAddress, .tooMany])
  }

  @Test func `a gzip file is unpacked, a damaged one is an error`() throws {
    let packed = try gzipped(Array(Self.news.utf8))
    #expect(
      try Sitemap(parsing: packed, contentType: "application/gzip", url: "https://post.example/a.xml.gz").entries.count
        == 2)
    #expect(try Sitemap(parsing: packed + [0, 0, 0], url: "https://post.example/a.xml.gz").entries.count == 2)
    let error = #expect(throws: DiscoveryError.self) {
      try Sitemap(parsing: Array(packed.dropLast(9)), url: "https://post.example/a.xml.gz")
    }
    #expect(error == .damagedGzip)
    #expect(
      DocumentKind.of(packed, contentType: "application/x-gzip", url: "https://post.example/a.xml.gz") == .sitemap)
    #expect(
      DocumentKind.of(Array(packed.dropLast(9)), contentType: nil, url: "https://post.example/a.xml.gz") == .other)
  }

  private func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    let compressor = try #require(libdeflate_alloc_compressor(6))
    defer { libdeflate_free_compressor(compressor) }
    let room = libdeflate_gzip_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: room) { out, count in
      count = libdeflate_gzip_compress(compressor, bytes, bytes.count, out.baseAddress, room)
    }
  }
}
