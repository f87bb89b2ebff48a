/// What a page says of how its article was made, beside who wrote it. Not part of what the article said, and not kept by an
/// archive: it is read again from the body.
public struct Credits: Hashable, Sendable {
  /// Where the text or its news is from: outlets and agencies, one each.
  public var sources: [String] = []
  /// Who wrote the original of a translation or an adaptation, as the page names it: "Kevin Shalvey/Insider".
  public var originals: [String] = []
  public var translators: [String] = []
  public var editors: [String] = []
  /// Of photographs, as their captions name them.
  public var photos: [String] = []
  /// The part of the paper it stands in.
  public var section: String?

  public init() {}

  mutating func add(_ names: [String], as role: Role) {
    switch role {
    case .source: Self.append(names, to: &sources)
    case .original: Self.append(names, to: &originals)
    case .translator: Self.append(names, to: &translators)
    case .editor: Self.append(names, to: &editors)
    case .photo: Self.append(names, to: &photos)
    }
  }

  private static func append(_ names: [String], to list: inout [String]) {
    for name in names where !list.contains(name) && list.count < 20 { list.append(name) }
  }

  enum Role: CaseIterable { case source, original, translator, editor, photo }
}
