import Model

/// How a snapshot's content is written: parts, each a code and its sentences' ids. docs/FORMAT.md, "Snapshot content".
///
///     part  := code (1 octet) count (varint) sentence × count
///     sentence := varint of zigzag(id − id before) × 2 + follows
///
/// The id before a snapshot's first is 0. Ids of one article's sentences are mostly consecutive, so most sentences take
/// one octet.
struct SnapshotContent {
  private var out = VarintWriter()
  private var last: Int64 = 0

  init() {}

  var bytes: [UInt8] { out.bytes }

  mutating func append(_ part: Edit.Part, _ sentences: [(id: Int64, follows: Bool)]) {
    out.bytes.append(part.code)
    out.append(sentences.count)
    for (id, follows) in sentences {
      out.append(VarintWriter.zigzag(id - last) << 1 | (follows ? 1 : 0))
      last = id
    }
  }

  /// Which sentences a snapshot is made of, in order; a field's value is one.
  struct Sentences {
    var fields: [Int64] = []
    var body: [Int64] = []
  }

  /// The sentence ids alone, which is much faster than `parts`; nil when the bytes are no such content.
  static func sentences(of content: [UInt8]) -> Sentences? {
    let bytes = content.span
    var at = 0
    var found = Sentences()
    found.body.reserveCapacity(bytes.count)
    var last: Int64 = 0
    while at < bytes.count {
      let isField = bytes[at] < Edit.Part.firstBlockCode
      at += 1
      guard let count = VarintReader.varint(in: bytes, at: &at), count <= UInt64(bytes.count - at) else { return nil }
      for _ in 0..<count {
        guard let coded = VarintReader.varint(in: bytes, at: &at) else { return nil }
        last &+= VarintReader.signed(coded >> 1)
        if isField { found.fields.append(last) } else { found.body.append(last) }
      }
    }
    return found
  }

  /// The parts with their sentence ids; nil when the bytes are no such content.
  static func parts(of bytes: [UInt8]) -> [(part: Edit.Part, sentences: [(id: Int64, follows: Bool)])]? {
    var input = VarintReader(bytes)
    var last: Int64 = 0
    var parts: [(part: Edit.Part, sentences: [(id: Int64, follows: Bool)])] = []
    while let code = input.octet() {
      guard let part = Edit.Part(code: code), let count = input.count() else { return nil }
      var sentences: [(id: Int64, follows: Bool)] = []
      sentences.reserveCapacity(count)
      for _ in 0..<count {
        guard let coded = input.varint() else { return nil }
        last &+= VarintReader.signed(coded >> 1)
        sentences.append((last, coded & 1 == 1))
      }
      parts.append((part, sentences))
    }
    return parts
  }
}

extension Edit.Part {
  /// Its number in derived blobs. docs/FORMAT.md has the table.
  var code: UInt8 {
    switch self {
    case .headline: 0
    case .lead: 1
    case .byline: 2
    case .published: 3
    case .paragraph: 16
    case .heading: 17
    case .item: 18
    case .quote: 19
    case .caption: 20
    case .table: 21
    case .notice: 22
    }
  }

  /// Codes below are those of fields.
  static let firstBlockCode: UInt8 = 16

  private static let byCode = Dictionary(uniqueKeysWithValues: allCases.map { ($0.code, $0) })

  init?(code: UInt8) {
    guard let part = Self.byCode[code] else { return nil }
    self = part
  }
}
