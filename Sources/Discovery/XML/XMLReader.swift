/// Gives the elements and texts of an XML document in order, each start with its end, whatever the tags were.
///
/// End tags close the nearest open element of their name and all within it; what is open at the end of the document is
/// reported as it stands. At most `deepest` elements are kept open: deeper ones are passed over with their end tags.
struct XMLReader {
  enum Event {
    case start(Element)
    case end(XMLName)
    case text(Text)
  }

  struct Element {
    let name: XMLName
    let attributes: [XMLScanner.Attribute]
    /// How many elements it stands in, itself included.
    let depth: Int
  }

  /// As it stands; `decoded` reads it.
  struct Text {
    let range: Range<Int>
    let isCDATA: Bool
  }

  static let deepest = 128

  private struct Open {
    let key: UInt64
    let name: XMLName
    /// What names without a prefix mean inside.
    let plain: XMLNamespace
    /// What references inside are relative to.
    let base: String?
  }

  private let document: String?
  private var scanner: XMLScanner
  private var references = XMLReferences()
  private var open: [Open] = []
  private var prefixes: [[UInt8]: XMLNamespace] = [:]
  private var ends: [XMLName] = []
  private(set) var own = ProblemCounts()

  /// `document` is where it came from; nil when that is not known.
  init(_ utf8: [UInt8], document: String? = nil) { (scanner, self.document) = (XMLScanner(utf8), document) }

  var problems: ProblemCounts {
    var all = own
    all.add(scanner.problems)
    all.add(references.problems)
    return all
  }

  /// How many elements are open, the one just started included unless it closed itself.
  var depth: Int { open.count }

  /// What references are relative to here (XML Base §4).
  var base: String? { open.last?.base ?? document }

  mutating func note(_ problem: Problem.Kind) { own.note(problem) }

  mutating func next() -> Event? {
    if let name = ends.popLast() { return .end(name) }
    while let token = scanner.next() {
      switch token {
      case .text(let range, let isCDATA):
        return .text(Text(range: range, isCDATA: isCDATA))
      case .start(let tag): return .start(start(tag))
      case .end(let range):
        let key = XMLWord.key(scanner.bytes[range])
        guard let index = open.lastIndex(where: { $0.key == key }) else {
          own.note(.strayEndTag)
          return .end(name(range, plain: open.last?.plain ?? .plain))
        }
        for unclosed in open[(index + 1)...] where unclosed.name.namespace != .xhtml { own.note(.unclosedElement) }
        ends = open[index...].map(\.name)
        open.removeSubrange(index...)
        if let name = ends.popLast() { return .end(name) }
      }
    }
    return nil
  }

  /// Forgets elements left open inside the first `depth`, the one just started excepted.
  mutating func unwind(to depth: Int) {
    guard open.count > depth + 1, let last = open.last else { return }
    own.note(.unclosedElement)
    open.removeSubrange(depth...)
    open.append(last)
  }

  mutating func decoded(_ text: Text) -> [UInt8] {
    let raw = scanner.bytes[text.range]
    return text.isCDATA ? references.plain(raw) : references.decode(raw)
  }

  /// Whether a text holds anything but white space.
  func isBlank(_ text: Text) -> Bool { scanner.bytes[text.range].allSatisfy { $0 <= 32 } }

  /// The decoded value of the first attribute of that name, prefix included, whatever its case.
  mutating func value(_ name: StaticString, of element: Element) -> String? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for attribute in element.attributes where attribute.name.count == wanted.count {
      let matches = zip(scanner.bytes[attribute.name], wanted).allSatisfy { ($0 | 32) == ($1 | 32) }
      if matches { return String(decoding: references.decode(scanner.bytes[attribute.value]), as: UTF8.self) }
    }
    return nil
  }

  private mutating func start(_ tag: XMLScanner.Tag) -> Element {
    var (plain, base) = (open.last?.plain ?? .plain, self.base)
    for attribute in tag.attributes {
      let name = scanner.bytes[attribute.name]
      if name.elementsEqual("xmlns".utf8) {
        let uri = references.decode(scanner.bytes[attribute.value])
        plain = XMLNamespace(uri: uri) ?? .plain
      } else if name.starts(with: "xmlns:".utf8) {
        let prefix = Array(name.dropFirst(6))
        // A prefix that everybody uses keeps its meaning when its URI is misspelt. 64 prefixes are more than any feed has.
        if prefixes.count < 64 {
          prefixes[prefix] =
            XMLNamespace(uri: references.decode(scanner.bytes[attribute.value]))
            ?? XMLNamespace(prefix: prefix) ?? .other
        }
      } else if name.elementsEqual("xml:base".utf8) {
        guard !tag.closesItself, open.count < Self.deepest else { continue }
        let reference = String(decoding: references.decode(scanner.bytes[attribute.value]), as: UTF8.self)
        base = NamedAddress.base(reference, within: base)
      }
    }
    let name = name(tag.name, plain: plain)
    let element = Element(name: name, attributes: tag.attributes, depth: open.count + 1)
    if tag.closesItself {
      ends = [name]
    } else if open.count < Self.deepest {
      open.append(Open(key: XMLWord.key(scanner.bytes[tag.name]), name: name, plain: plain, base: base))
    } else {
      own.note(.tooDeep)
    }
    return element
  }

  private mutating func name(_ range: Range<Int>, plain: XMLNamespace) -> XMLName {
    let bytes = scanner.bytes[range]
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      return XMLName(namespace: plain, word: XMLWord(bytes))
    }
    let word = XMLWord(bytes[(colon + 1)...])
    let prefix = Array(bytes[..<colon])
    if let bound = prefixes[prefix] { return XMLName(namespace: bound, word: word) }
    own.note(.undeclaredPrefix)
    return XMLName(namespace: XMLNamespace(prefix: prefix) ?? .other, word: word)
  }
}
