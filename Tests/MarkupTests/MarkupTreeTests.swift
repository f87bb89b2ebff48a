import Testing

@testable import Markup

/// The tree in flat arrays.
struct MarkupTreeTests {
  private func parse(_ markup: String) throws -> MarkupTree { try MarkupTree(parsing: Array(markup.utf8)) }

  /// The tree as `tag(children)`, texts quoted, below the body.
  private func outline(_ tree: MarkupTree, of node: Int? = nil) -> String {
    guard let node = node ?? tree.nodes.firstIndex(where: { $0.tag == .body }) else { return "" }
    return tree.children(of: node).map { child in
      if tree.nodes[child].tag == .text {
        return "'" + String(decoding: tree.bytes[tree.nodes[child].text], as: UTF8.self) + "'"
      }
      return tree.nodes[child].tag.rawValue + "(" + outline(tree, of: child) + ")"
    }.joined(separator: " ")
  }

  private func text(_ tree: MarkupTree) -> String {
    tree.nodes.isEmpty ? "" : String(decoding: tree.textBytes(of: 0), as: UTF8.self)
  }

  @Test func `misnested formatting is mended as the standard says`() throws {
    #expect(outline(try parse("<p>1<b>2<i>3</b>4</i>5</p>")) == "p('1' b('2' i('3')) i('4') '5')")
    #expect(outline(try parse("<b>1<p>2</b>3</p>")) == "b('1') p(b('2') '3')")
  }

  @Test func `what does not belong in a table stands before it`() throws {
    #expect(outline(try parse("<table><tr>x<td>1</table>y")) == "'x' table(tbody(tr(td('1')))) 'y'")
  }

  @Test func `parents, ends and ranges agree`() throws {
    let tree = try parse("<div><p>a<p>b<ul><li>c<li>d</ul></div><article>e</article>")
    for (index, node) in tree.nodes.enumerated() {
      #expect(node.end > index)
      #expect(node.end <= tree.nodes.count)
      if index > 0 {
        #expect(node.parent < index)
        #expect(tree.nodes[node.parent].end >= node.end)
      }
    }
    #expect(tree.nodes[0].tag == .html)
    #expect(tree.nodes[0].end == tree.nodes.count)
    #expect(tree.nodes[0].parent == 0)
  }

  @Test func `attributes are found by name with their references decoded`() throws {
    let tree = try parse("<p CLASS='a &amp; b' data-x=&eacute; class=second hidden>x")
    let node = try #require(tree.nodes.firstIndex { $0.tag == .p })
    #expect(tree.value(of: "class", at: node) == "a & b")
    #expect(tree.value(of: "data-x", at: node) == "é")
    #expect(tree.value(of: "hidden", at: node) == "")
    #expect(tree.value(of: "id", at: node) == nil)
  }

  @Test func `programs, styles, comments and templates are left out but JSON is kept`() throws {
    let tree = try parse(
      "<script>1</script><style>2</style><!--3--><template><p>4</p></template>"
        + "<script type='application/ld+json'>{\"a\":\"5\"}</script><p>6")
    #expect(text(tree) == "{\"a\":\"5\"}6")
  }

  @Test func `a title inside a drawing is not the page's`() throws {
    let tree = try parse("<svg><title>x</title><a>y</a></svg><p>z")
    #expect(!tree.nodes.contains { $0.tag == .title || $0.tag == .a })
    #expect(tree.nodes.contains { $0.tag == .svg })
  }

  @Test(arguments: ["", " ", "<", "</", "<!", "<!--", "<p", "<p a", "<p a='", "&", "&#", "<![CDATA[", "\u{0}"])
  func `cut off markup is parsed`(markup: String) throws {
    let tree = try parse(markup)
    #expect(tree.nodes.isEmpty || tree.nodes[0].tag == .html)
  }

  @Test(.timeLimit(.minutes(1))) func `a hundred thousand nested blocks lose no text and little time`() throws {
    let depth = 100_000
    let tree = try parse(
      String(repeating: "<div>", count: depth) + "deep" + String(repeating: "</div>x", count: depth) + "<p>after")
    #expect(text(tree).utf8.count == 4 + depth + 5)
    #expect(text(tree).hasPrefix("deep"))
  }

  @Test(.timeLimit(.minutes(1))) func `twenty thousand unclosed formatting elements lose no text and little time`()
    throws
  {
    let tree = try parse(
      (0..<20_000).map { "<b class=\($0)>x" }.joined() + "<p>after" + String(repeating: "<p>y", count: 5000))
    #expect(text(tree).utf8.count == 20_000 + 5 + 5000)
  }

  @Test func `formatting with large attributes is not copied without end`() throws {
    let big = String(repeating: "x", count: 100_000)
    let tree = try parse("<p><b class=\(big)><font face=\(big)>t" + String(repeating: "<p>y", count: 20_000))
    #expect(text(tree).utf8.count == 20_001)
    #expect(tree.bytes.count < 10_000_000)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "<span><div></span>", "<div><table><tr><td></div>", "<b><div></b>", "<rt>", "<optgroup>", "<svg><g></svg>",
      "<div/>",
      "<x-y>", "<object><p>", "<button><p>", "<font><a>", "<table>", "<ul><li>", "<nobr><a><p>",
    ])
  func `no pattern of nesting takes long`(pattern: String) throws {
    let tree = try parse(String(repeating: pattern + "x", count: 20_000))
    #expect(text(tree).utf8.count == 20_000)
  }

  @Test func `ordinary markup passes the guard untouched`() {
    // Thousands of elements whose end tags may be left out, one after another; drawings; void and self-closed elements.
    let page =
      "<!doctype html><html><head><title>a</title><script>if (a<b) { '</div>' }</script><body>"
      + String(repeating: "<p>a<br>b<img src=x/>c<p>", count: 2000) + "<ul>" + String(repeating: "<li>a", count: 2000)
      + "</ul><table>" + String(repeating: "<tr><td>a<td>b", count: 2000) + "</table>"
      + String(repeating: "<svg><path d=''/><g><use/></g></svg><a href='x>y'>z</a><b>c</b>", count: 2000)
      + String(repeating: "<!-- <div> --><select><option>a<option>b</select>", count: 2000)
    #expect(NestingGuard.flattening(Array(page.utf8)) == nil)
  }

  @Test(arguments: ["<p>x<\0\0ÿ\0\u{1A}p", "a\0b", "<p title='a\0b'>ö\0ü\0", "\0\0\0", "<tex\0tarea>\0a</textarea>"])
  func `NULs are left out and harm nothing`(markup: String) throws {
    let tree = try parse(markup)
    #expect(!tree.bytes.contains(0))
    #expect(String(validating: tree.bytes, as: UTF8.self) != nil)
    #expect(outline(tree) == outline(try parse(markup.replacing("\0", with: ""))))
  }
}
