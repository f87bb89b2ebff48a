/// Any octets are JSON-LD: the exact reader and the lenient one end, and a page that holds them still reads.
@testable import Extraction
import JSON

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLinkedData(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let lenient = LenientJSON.values(in: input)
  if let exact = try? JSONValue(parsing: input), exact.array != nil || exact["@type"] != nil {  // else it is none
    precondition(!lenient.isEmpty, "JSON that the lenient reader does not find")
  }
  let page =
    Array("<html><title>Bridge shut | Post</title><script type=application/ld+json>".utf8) + input
    + Array("</script><h1>Bridge shut</h1><p>The bridge was shut at noon, the port said, by its own account.</p>".utf8)
  _ = readArticle(markup: page, contentType: "text/html", url: "https://post.example/bridge")
  return 0
}
