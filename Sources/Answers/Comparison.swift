import Diffing
import JSON
import Model
import Storage

/// One side of a comparison.
public struct ComparedText: Sendable {
  /// How people read it: `@3 2026-11-20 10:00Z`, or a file's name.
  public let label: String
  public let text: ArticleText
  /// What it is, for programs.
  public let json: JSONValue

  public init(label: String, text: ArticleText, json: JSONValue) {
    (self.label, self.text, self.json) = (label, text, json)
  }
}

/// What two article texts say differently: the keys of `diff` and `compare`.
public struct Comparison: Sendable {
  /// What is compared: a URL; nil for two files.
  public let url: String?
  public let old: ComparedText
  public let new: ComparedText
  public let edits: [Edit]
  public let isCoarse: Bool

  public init(url: String?, _ old: ComparedText, _ new: ComparedText) {
    (self.url, self.old, self.new) = (url, old, new)
    let (edits, isCoarse) = compare(old.text, new.text)
    self.edits = edits
    // Only long wordings can use up the work there is for words.
    self.isCoarse =
      isCoarse
      || edits.contains { edit in
        guard edit.action == .rewording, let before = edit.before, let after = edit.after else { return false }
        return before.utf8.count + after.utf8.count > 100_000 && compareWords(before, after).isCoarse
      }
  }

  public var isStealth: Bool { Diffing.isStealth(edits, from: old.text, to: new.text) }

  public static let coarseNote =
    "these texts are so large or so mixed up that not all was compared: moves and rewordings may be shown as deletions and additions"

  public var json: JSONValue {
    let language = new.text.language ?? old.text.language
    return .object(
      (url.map { [("url", .string($0))] } ?? []) + [
        ("from", old.json), ("to", new.json), ("stealth", .bool(isStealth)), ("coarse", .bool(isCoarse)),
        ("edits", .array(edits.map { $0.json(language: language) })),
      ])
  }
}

extension ComparedText {
  /// A revision as one side.
  public init(_ revision: RevisionText) {
    let at = revision.firstCapture.description
    self.init(
      label: "@\(revision.ordinal) \(at.prefix(10)) \(at.dropFirst(11).prefix(8))Z", text: revision.text,
      json: [
        "revision": JSONValue(revision.ordinal), "snapshot": .string(revision.digest.description), "at": .string(at),
      ])
  }
}
