import Model

/// How a snapshot's content stands in its row: parts, each a kind and its sentences' ids. docs/FORMAT.md, "Snapshot content".
///
///     part  := kind (1 octet) count (varint) sentence × count
///     sentence := varint of zigzag(id − id before) × 2 + follows
///
/// The id before a snapshot's first is 0. Varints are LEB128. Ids of one article's sentences are mostly consecutive, so
/// most sentences take one octet.
enum SnapshotPart: UInt8, CaseIterable {
  case headline = 0
  case lead, byline, published
  case paragraph = 16
  case heading, item, quote, caption, table, notice

  init(_ kind: Block.Kind) {
    self =
      switch kind {
      case .paragraph: .paragraph
      case .heading: .heading
      case .item: .item
      case .quote: .quote
      case .caption: .caption
      case .table: .table
      case .notice: .notice
      }
  }

  var kind: Block.Kind? {
    switch self {
    case .paragraph: .paragraph
    case .heading: .heading
    case .item: .item
    case .quote: .quote
    case .caption: .caption
    case .table: .table
    case .notice: .notice
    case .headline, .lead, .byline, .published: nil
    }
  }
}

struct SnapshotContent {
  var bytes: [UInt8] = []
  private var last: Int64 = 0

  init() {}

  mutating func append(_ part: SnapshotPart, _ sentences: [(id: Int64, follows: Bool)]) {
    bytes.append(part.rawValue)
    appendVarint(UInt64(sentences.count))
    for (id, follows) in sentences {
      let delta = id - last
      let zigzag = UInt64(bitPattern: (delta << 1) ^ (delta >> 63))
      appendVarint(zigzag << 1 | (follows ? 1 : 0))
      last = id
    }
  }

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The parts with their sentence ids; nil when the bytes are no such content.
  static func parts(of bytes: [UInt8]) -> [(part: SnapshotPart, sentences: [(id: Int64, follows: Bool)])]? {
    var at = 0
    var last: Int64 = 0
    func varint() -> UInt64? {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while at < bytes.count, shift < 64 {
        let byte = bytes[at]
        at += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      return nil
    }
    var parts: [(part: SnapshotPart, sentences: [(id: Int64, follows: Bool)])] = []
    while at < bytes.count {
      guard let part = SnapshotPart(rawValue: bytes[at]) else { return nil }
      at += 1
      guard let count = varint(), count <= UInt64(bytes.count) else { return nil }
      var sentences: [(id: Int64, follows: Bool)] = []
      for _ in 0..<count {
        guard let coded = varint() else { return nil }
        let zigzag = coded >> 1
        last &+= Int64(bitPattern: (zigzag >> 1) ^ (0 &- (zigzag & 1)))
        sentences.append((last, coded & 1 == 1))
      }
      parts.append((part, sentences))
    }
    return parts
  }
}
