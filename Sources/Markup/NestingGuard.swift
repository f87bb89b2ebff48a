/// Keeps hostile nesting from the parser, whose work grows with the square of the depth (as the HTML standard's algorithm
/// does), by taking start tags away before it sees them. Text is never taken away.
///
/// It follows tags as the tree construction of HTML §13.2.6 would, roughly: elements whose end tag may be left out are not
/// counted, for they cannot nest without one that is. Browsers stop at a depth of 512 too. Linear: each tag costs at most
/// a look at every open element, of which there are never more than `deepest`.
enum NestingGuard {
  /// Open elements, those with optional end tags not counted.
  static let deepest = 512
  /// Formatting elements (`b`, `font`, …) opened and not closed: each may be opened again in every block that follows.
  static let mostFormatting = 64
  /// Bytes of formatting tags that the parser may have to copy into blocks; beyond it all formatting tags are taken away.
  static let mostCopied = 32 << 20

  /// The markup without the tags beyond the limits; nil when there are none, as on every ordinary page.
  static func flattening(_ markup: [UInt8]) -> [UInt8]? {
    guard markup.count > deepest * 3 else { return nil }  // too short to open that many
    var pass = Pass(takesAllFormatting: false)
    pass.run(markup)
    if pass.copied > mostCopied {
      pass = Pass(takesAllFormatting: true)
      pass.run(markup)
    }
    return pass.taken.isEmpty ? nil : markup.without(pass.taken)
  }

  private struct Open {
    let name: UInt64
    let kind: ElementKind
  }

  private struct Pass {
    let takesAllFormatting: Bool
    var open: [Open] = []
    var formatting = 0
    var formattingBytes = 0
    var copied = 0
    /// How many start tags of a name were taken away and await their end tag.
    var orphans: [UInt64: Int] = [:]
    var taken: [Range<Int>] = []
    var foreign = 0

    init(takesAllFormatting: Bool) { self.takesAllFormatting = takesAllFormatting }

    mutating func run(_ markup: [UInt8]) {
      markup.withUnsafeBufferPointer { bytes in
        var scan = TagScanner(bytes: bytes)
        while let tag = scan.next() {
          if tag.isEnd { close(tag) } else { start(tag) }
          if !tag.isEnd, foreign == 0 { scan.skipRawText(after: tag) }
        }
      }
    }

    mutating func start(_ tag: TagScanner.Tag) {
      let kind = ElementKind(of: tag.name)
      if kind == .plain || kind == .uncounted { copied += formattingBytes }
      guard kind != .uncounted, kind != .void, !(foreign > 0 && tag.closesItself) else { return }
      if kind == .formatting {
        guard !takesAllFormatting, formatting < mostFormatting else { return take(tag) }
        formatting += 1
        formattingBytes += tag.range.count
      }
      guard open.count < deepest else { return take(tag) }
      open.append(Open(name: tag.name, kind: kind))
      if kind == .foreign { foreign += 1 }
    }

    mutating func close(_ tag: TagScanner.Tag) {
      let kind = ElementKind(of: tag.name)
      guard kind != .uncounted, kind != .void else { return }
      if let count = orphans[tag.name], count > 0 {
        orphans[tag.name] = count - 1
        taken.append(tag.range)
        return
      }
      if kind == .formatting, formatting > 0 {
        formatting -= 1
        formattingBytes = formatting == 0 ? 0 : Swift.max(0, formattingBytes - tag.range.count)
      }
      var index = open.count
      while index > 0 {
        index -= 1
        if open[index].name == tag.name {
          for element in open[index...] where element.kind == .foreign { foreign -= 1 }
          open.removeSubrange(index...)
          return
        }
        // HTML §13.2.4.2: most end tags do not reach past a table or an object; those of inline elements past no block.
        if open[index].kind == .barrier || open[index].kind == .foreign, kind != .barrier, kind != .foreign { return }
        if kind == .inline || kind == .formatting, open[index].kind == .plain { return }
      }
    }

    mutating func take(_ tag: TagScanner.Tag) {
      orphans[tag.name, default: 0] += 1
      taken.append(tag.range)
    }
  }
}

extension [UInt8] {
  /// A copy with some ranges, which are in order and apart, left out.
  fileprivate func without(_ ranges: [Range<Int>]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(count)
    var at = 0
    for range in ranges {
      out += self[at..<range.lowerBound]
      at = range.upperBound
    }
    return out + self[at...]
  }
}
