/// One difference between a revision and the one before.
///
/// The actions are NewsEdits' (Spangher et al., NAACL 2022, §3): Addition, Deletion, Edit (here rewording), Refactor (move).
public struct Edit: Hashable, Sendable {
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case addition, deletion, rewording, move
  }

  /// What kind of difference it is; an edit can be of several.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    case headline, lead, byline, date
    /// A correction, clarification or update notice came, went or changed.
    case notice
    /// A number differs between the two wordings, or stands in what was added or deleted.
    case number
    /// Words in quotation marks differ, came or went.
    case quote
    case caption
    /// Only punctuation, white space or case differs.
    case punctuation
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

  public let action: Action
  /// At least one, in the order of `Class`; the first is the one to show.
  public let classes: [Class]
  public let part: Part
  /// The old wording; nil for an addition.
  public let before: String?
  /// The new wording; nil for a deletion.
  public let after: String?
  /// Index of the (first) old sentence among all of the old text's body sentences; nil for an addition or a field.
  public let beforeIndex: Int?
  /// Index of the (first) new sentence among all of the new text's body sentences; nil for a deletion or a field.
  public let afterIndex: Int?

  public init(
    action: Action, classes: [Class], part: Part, before: String?, after: String?, beforeIndex: Int? = nil,
    afterIndex: Int? = nil
  ) {
    (self.action, self.classes, self.part, self.before, self.after) = (action, classes, part, before, after)
    (self.beforeIndex, self.afterIndex) = (beforeIndex, afterIndex)
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
