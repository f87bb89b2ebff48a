import Model

/// What a web archive answered when it was asked for one capture as it came: whether it is that capture, and what of the
/// answer is the original's.
struct ReplayedCapture {
  let answer: Response
  /// The answer's fields.
  private let pairs: [(name: String, value: String)]

  private static let prefix = "x-archive-orig-"

  init(_ answer: Response) {
    self.answer = answer
    pairs = answer.fields.pairs.map { (name: $0.name, value: $0.value) }
  }

  private func value(_ name: String) -> String? { pairs.first { $0.name.lowercased() == name }?.value }

  /// Whether it is a capture, not the archive speaking for itself: RFC 7089 §2.1.1 has every memento say when it is of.
  var isReplay: Bool {
    pairs.contains {
      let name = $0.name.lowercased()
      return name == "memento-datetime" || name == "x-archive-src" || name.hasPrefix(Self.prefix)
    }
  }

  /// Why it is not the capture that was asked for; nil when it is.
  func refusal(of wanted: IndexedCapture, now: Instant) -> String? {
    guard isReplay || answer.status == 200 && wanted.status ?? 200 == 200 else {
      return "the archive answers \(answer.status) and not with the capture"
    }
    if let stated = value("memento-datetime"), let at = HTTPDate.parse(stated, now: now), at != wanted.at {
      return "the archive gives the capture of \(at.archiveTimestamp) in its place"
    }
    if let status = wanted.status, status != answer.status {
      return "the index says status \(status), the capture has \(answer.status)"
    }
    return nil
  }

  /// The original's header fields, those that the archive has put under a prefix of its own. `Content-Type` and `Location`
  /// count as they are where no original one is given; of other fields it cannot be told whose they are.
  var originalFields: HTTPFields {
    var fields: [(name: String, value: String)] = []
    for pair in pairs where pair.name.lowercased().hasPrefix(Self.prefix) {
      let name = String(pair.name.dropFirst(Self.prefix.count))
      if !name.isEmpty { fields.append((name, pair.value)) }
    }
    for name in ["Content-Type", "Location"] {
      let key = name.lowercased()
      if !fields.contains(where: { $0.name.lowercased() == key }), let value = value(key) {
        fields.append((name, value))
      }
    }
    return HTTPFields(fields) ?? HTTPFields()  // they came over HTTP: none of them can be impossible there
  }

  /// Whether the original's payload had a content coding, which digests of archives mostly cover and bodies here do not.
  var wasCoded: Bool {
    value("content-encoding") != nil || value(Self.prefix + "content-encoding") != nil
  }
}
