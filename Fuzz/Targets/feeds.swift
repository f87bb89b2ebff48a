/// Any octets are a feed, a sitemap and an outline: each reads as far as it goes, or says why not.
import Discovery

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFeeds(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let url = "https://post.example/feed"
  _ = DocumentKind.of(input, contentType: nil, url: url, guessesLists: true)
  // What is none of these throws why; only that it returns is asked here.
  _ = try? Feed(parsing: input, url: url)
  _ = try? Sitemap(parsing: input, url: url)
  _ = try? OutlineList(parsing: input, url: url)
  return 0
}
