/// Reads a page as strictly as its writer should have written it: each element ended where it belongs, each attribute's value
/// in double quotes, no stray `<`, `>` or `&`.
struct StrictMarkup {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Index of the element it stands in; -1 for the root.
    let parent: Int
    /// The texts inside it, references as they stand.
    fileprivate(set) var text = ""
    fileprivate let start: Int
  }

  private(set) var elements: [Element] = []
  private(set) var problems: [String] = []

  private static let void: Set<String> = ["meta", "link", "input", "br", "hr", "img"]
  private static let pieces: Set<String> = ["path", "rect"]
  private static let opening = Array("<!doctype html>\n".utf8)

  init(_ bytes: [UInt8]) {
    if !bytes.starts(with: Self.opening) { problems.append("no doctype") }
    var at = min(Self.opening.count, bytes.count)
    var (open, texts): ([Int], [UInt8]) = ([], [])
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        let end = bytes[at...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        if bytes[at..<end].contains(UInt8(ascii: ">")) {
          problems.append("stray > in \(String(decoding: bytes[at..<end].prefix(60), as: UTF8.self))")
        }
        check(references: bytes[at..<end])
        texts += bytes[at..<end]
        at = end
        continue
      }
      guard let end = Self.end(of: bytes, from: at + 1) else {
        problems.append("unended tag \(String(decoding: bytes[at...].prefix(60), as: UTF8.self))")
        return
      }
      let tag = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
      at = end + 1
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        guard let last = open.popLast() else {
          problems.append("</\(name)> ends nothing")
          continue
        }
        if elements[last].name != name { problems.append("</\(name)> ends <\(elements[last].name)>") }
        elements[last].text = String(decoding: texts[elements[last].start...], as: UTF8.self)
        continue
      }
      let isClosed = tag.hasSuffix("/")
      let element = read(isClosed ? String(tag.dropLast()) : tag, parent: open.last ?? -1, start: texts.count)
      elements.append(element)
      if isClosed {
        if !Self.pieces.contains(element.name) { problems.append("<\(element.name)/> is no piece of a picture") }
      } else if !Self.void.contains(element.name) {
        open.append(elements.count - 1)
      }
    }
    if !open.isEmpty { problems.append("not ended: \(open.map { elements[$0].name })") }
  }

  /// The tag's end: a `>` outside of quotation marks.
  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    var isQuoted = false
    for i in start..<bytes.count {
      if bytes[i] == UInt8(ascii: "\"") { isQuoted.toggle() }
      if bytes[i] == UInt8(ascii: ">"), !isQuoted { return i }
      if bytes[i] == UInt8(ascii: "<") { return nil }
    }
    return nil
  }

  private mutating func read(_ tag: String, parent: Int, start: Int) -> Element {
    let octets = Array(tag.utf8)
    func text(_ part: some Sequence<UInt8>) -> String { String(decoding: Array(part), as: UTF8.self) }
    let name = octets.prefix { $0 != 32 }
    var rest = octets.dropFirst(name.count).drop { $0 == 32 }
    var attributes: [String: String] = [:]
    while !rest.isEmpty {
      let octets = rest.prefix { $0 != UInt8(ascii: "=") && $0 != 32 }
      let key = text(octets)
      rest = rest.dropFirst(octets.count)
      var value = ""
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst()
        guard rest.first == UInt8(ascii: "\"") else {
          problems.append("<\(text(name))> \(key) is not quoted")
          break
        }
        rest = rest.dropFirst()
        let octets = rest.prefix { $0 != UInt8(ascii: "\"") }
        value = text(octets)
        check(references: octets)
        rest = rest.dropFirst(octets.count + 1)
      }
      if attributes.updateValue(Self.plain(value), forKey: key) != nil {
        problems.append("<\(text(name))> has \(key) twice")
      }
      guard rest.isEmpty || rest.first == 32 else {
        problems.append("<\(text(name))> \(key) is followed by \(text(rest.prefix(20)))")
        break
      }
      rest = rest.drop { $0 == 32 }
    }
    return Element(name: text(name), attributes: attributes, parent: parent, start: start)
  }

  private static let references = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].map { Array($0.utf8) }

  private mutating func check(references octets: ArraySlice<UInt8>) {
    var rest = octets
    while let at = rest.firstIndex(of: UInt8(ascii: "&")) {
      if !Self.references.contains(where: rest[at...].starts) {
        problems.append("stray & before \(String(decoding: rest[at...].prefix(20), as: UTF8.self))")
      }
      rest = rest[(at + 1)...]
    }
  }

  /// Text without its references.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  /// The elements around one, the nearest first.
  func ancestors(_ index: Int) -> [Int] {
    var (out, at) = ([Int](), elements[index].parent)
    while at >= 0 {
      out.append(at)
      at = elements[at].parent
    }
    return out
  }

  var ids: [String] { elements.compactMap { $0.attributes["id"] } }
}
