/// One difference between a revision and the one before.
///
/// The actions are NewsEdits' (Spangher et al., NAACL 2022, §3): Addition, Deletion, Edit (here rewording), Refactor (move).
public struct Edit: Hashable, Sendable {
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case addition, deletion, rewording, move
  }

  /// What kind of difference it is; an edit can be of several. docs/DIFFING.md defines each.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    case headline, lead, byline, date
    /// A notice that the newsroom corrected or clarified its article came, went or changed.
    case correctionNotice = "correction-notice"
    /// A notice that the newsroom updated its article came, went or changed.
    case updateNotice = "update-notice"
    /// Another notice of the newsroom came, went or changed.
    case notice
    /// A number, or the unit it counts, differs between the two wordings, or one stands in what was added or deleted.
    case number
    /// Words in quotation marks differ, came or went.
    case quote
    /// A negation stands in one of the two wordings and not in the other.
    case negation
    /// A person, place or body is named in one of the two wordings and not in the other.
    case name
    /// A word that leaves open whether something is so (allegedly, reportedly) stands in one wording and not in the other.
    case hedge
    /// A URL or mail address differs, came or went.
    case link
    case caption
    /// Single words differ by one letter inside, or by a word that stood twice.
    case typo
    /// Only punctuation, white space or case differs.
    case punctuation
    /// Suspected to be no part of the article, by its wording.
    case furniture
    /// The same sentences, cut into blocks otherwise.
    case layout
    /// None of the above.
    case text
  }

  /// Where it stands.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case headline, lead, byline, published
    case paragraph, heading, item, quote, caption, table, notice

    /// The part a block of this kind is.
    public init(_ kind: Block.Kind) {
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

    /// The kind of block it is; nil for a field.
    public var kind: Block.Kind? { Block.Kind(rawValue: rawValue) }
  }

  /// What stands between a sentence and the one before it.
  public enum Joint: Hashable, Sendable {
    /// A new block begins.
    case block
    case space
    /// The same block, and no space.
    case nothing

    /// Itself, as `before` and `after` of several sentences show it.
    public var text: String {
      switch self {
      case .block: "\n"
      case .space: " "
      case .nothing: ""
      }
    }
  }

  public let action: Action
  /// At least one, in the order of `Class`; the first is the one to show.
  public let classes: [Class]
  /// Of the new wording, of its beginning where it has several; of the old one for a deletion.
  public let part: Part
  /// The old wording; nil for an addition. Of several sentences, all with their joints between them.
  public let before: String?
  /// The new wording; nil for a deletion.
  public let after: String?
  /// Indices of the old sentences among all of the old text's body sentences; nil for an addition or a field.
  public let beforeRange: Range<Int>?
  /// Indices of the new sentences among all of the new text's body sentences; nil for a deletion or a field.
  public let afterRange: Range<Int>?
  /// Whether other sentences have passed it: true of every move, and of a rewording that moved too.
  public let isMoved: Bool
  /// How it hangs together with what stands around it in the new text; nil for a field.
  public let seams: Seams?
  /// The fields that its wordings begin with, of an edit over the border of a field; nil where all of it stands in the
  /// field that is its part, or in the body.
  public let crossing: Crossing?

  /// What of an edit stands in headline and lead when the rest stands in the body or in another field: a headline that was
  /// a heading before, or was merged from itself and the heading under it.
  public struct Crossing: Hashable, Sendable {
    /// In the order headline, lead. Each is one line of the wording, before the lines of the body's sentences.
    public let before: [Part]
    public let after: [Part]

    public init(before: [Part], after: [Part]) { (self.before, self.after) = (before, after) }
  }

  /// Where an edit of the body is put when the edits are applied to the old text.
  public struct Seams: Hashable, Sendable {
    /// How many sentences of the old body come before it, by those that stayed in order.
    public let place: Int
    /// What the (first) new sentence is joined with; nil for a deletion.
    public let opening: Joint?
    /// What joins the new sentence that comes after it, if that one is in no edit; nil at the end.
    public let closing: Joint?
    /// The kind of each block that the new wording stands in, where they are not all of the edit's part; else empty.
    public let kinds: [Block.Kind]

    public init(place: Int, opening: Joint?, closing: Joint?, kinds: [Block.Kind] = []) {
      (self.place, self.opening, self.closing, self.kinds) = (place, opening, closing, kinds)
    }
  }

  public init(
    action: Action, classes: [Class], part: Part, before: String?, after: String?, beforeRange: Range<Int>? = nil,
    afterRange: Range<Int>? = nil, isMoved: Bool = false, seams: Seams? = nil, crossing: Crossing? = nil
  ) {
    (self.action, self.classes, self.part, self.before, self.after) = (action, classes, part, before, after)
    (self.beforeRange, self.afterRange, self.isMoved, self.seams) = (beforeRange, afterRange, isMoved, seams)
    self.crossing = crossing
  }

  /// One sentence on each side at most, and no seams: what can be told of an edit without its texts.
  public init(
    action: Action, classes: [Class], part: Part, before: String?, after: String?, beforeIndex: Int?, afterIndex: Int?
  ) {
    self.init(
      action: action, classes: classes, part: part, before: before, after: after,
      beforeRange: beforeIndex.map { $0..<($0 + 1) }, afterRange: afterIndex.map { $0..<($0 + 1) },
      isMoved: action == .move)
  }

  /// Index of the (first) old sentence.
  public var beforeIndex: Int? { beforeRange?.lowerBound }
  /// Index of the (first) new sentence.
  public var afterIndex: Int? { afterRange?.lowerBound }

  /// The fields that the old wording begins with.
  public var beforeFields: [Part] { crossing?.before ?? (before != nil && part.kind == nil ? [part] : []) }
  /// The fields that the new wording begins with.
  public var afterFields: [Part] { crossing?.after ?? (after != nil && part.kind == nil ? [part] : []) }

  /// What of the old wording stands in the body; nil for a field.
  public var beforeInBody: String? { beforeRange == nil ? nil : Self.body(of: before, after: crossing?.before) }
  /// What of the new wording stands in the body; nil for a field.
  public var afterInBody: String? { afterRange == nil ? nil : Self.body(of: after, after: crossing?.after) }

  private static func body(of wording: String?, after fields: [Part]?) -> String? {
    guard let wording, let fields, !fields.isEmpty else { return wording }
    return wording.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(fields.count)
      .joined(separator: "\n")
  }
}

/// What has to be kept of an edit beside the two texts: the rest follows from them (`restore` in Diffing).
public struct EditOutline: Hashable, Sendable {
  public let action: Edit.Action
  public let classes: [Edit.Class]
  public let part: Edit.Part
  public let beforeRange: Range<Int>?
  public let afterRange: Range<Int>?
  public let isMoved: Bool
  public let crossing: Edit.Crossing?

  public init(
    action: Edit.Action, classes: [Edit.Class], part: Edit.Part, beforeRange: Range<Int>?, afterRange: Range<Int>?,
    isMoved: Bool, crossing: Edit.Crossing? = nil
  ) {
    (self.action, self.classes, self.part) = (action, classes, part)
    (self.beforeRange, self.afterRange, self.isMoved) = (beforeRange, afterRange, isMoved)
    self.crossing = crossing
  }
}

extension Edit {
  public var outline: EditOutline {
    EditOutline(
      action: action, classes: classes, part: part, beforeRange: beforeRange, afterRange: afterRange, isMoved: isMoved,
      crossing: crossing)
  }
}

extension ArticleText {
  /// A field as an edit shows it; nil when there is none. The names of a byline are parted by commas, or, where a name
  /// holds one, each ended by U+000A.
  public func field(_ part: Edit.Part) -> String? {
    switch part {
    case .headline: headline.isEmpty ? nil : headline
    case .lead: lead
    case .byline where byline.isEmpty: nil
    case .byline where byline.contains(where: { $0.contains(", ") }): byline.map { $0 + "\n" }.joined()
    case .byline: byline.joined(separator: ", ")
    case .published: published?.description
    default: nil
    }
  }
}

/// A run of words inside a rewording.
public struct WordRun: Hashable, Sendable {
  public enum Change: String, Hashable, Sendable { case same, deleted, inserted }
  public let change: Change
  /// As it stands, spaces included: the `same` and `deleted` runs joined are the old wording, `same` and `inserted` the new.
  public let text: String

  public init(_ change: Change, _ text: String) { (self.change, self.text) = (change, text) }
}

/// Everything that turns one article text into another.
public struct Difference: Hashable, Sendable {
  public let edits: [Edit]
  public let wordsAdded: Int
  public let wordsRemoved: Int

  public init(edits: [Edit], wordsAdded: Int, wordsRemoved: Int) {
    (self.edits, self.wordsAdded, self.wordsRemoved) = (edits, wordsAdded, wordsRemoved)
  }
}
