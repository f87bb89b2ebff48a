/// Any octets are a page: the tree is sound, and reading it gives a verdict or a normalised text, the same one twice.
///
/// An input costs two readings; what is dearer and finds less, a second time and as text, is done for one in eight.
@testable import Extraction
import Markup
import Model

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTML(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let fields = HTTPFields([(name: "Content-Type", value: "text/html; charset=utf-8")]) ?? HTTPFields()
  let url = "https://post.example/2026/11/21/bridge"
  let reading = read(url: url, status: 200, fields: fields, body: input)
  if let text = readArticle(markup: input, contentType: "text/html", url: url) {
    for block in text.blocks {
      precondition(!block.sentences.isEmpty, "an empty block")
      precondition(
        block.sentences.allSatisfy { NormalText.of($0.text) == $0.text && !$0.text.isEmpty }, "not normalised")
    }
    precondition(NormalText.of(text.headline) == text.headline, "the headline is not normalised")
  }
  guard input.reduce(0, { $0 &* 31 &+ $1 }) & 7 == 0 else { return 0 }
  precondition(reading == read(url: url, status: 200, fields: fields, body: input), "not a function of its input")
  for type in ["text/markdown", "text/plain"] { _ = readArticle(markup: input, contentType: type, url: nil) }
  if let charset = try? Charset(decoding: input), let tree = try? MarkupTree(parsing: charset.utf8) {  // else no tree
    for (index, node) in tree.nodes.enumerated() {
      precondition(node.parent <= index && node.end > index && node.end <= tree.nodes[node.parent].end, "no tree")
      precondition(node.text.upperBound <= tree.bytes.count, "a text outside the tree's")
    }
  }
  return 0
}
