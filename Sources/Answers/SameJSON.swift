import JSON
import Model
import Storage

/// What shares sentences with an article: the keys of `same`.
extension SharingArticle {
  public var json: JSONValue {
    [
      "article": JSONValue(article), "url": .string(url), "shared": JSONValue(sentences.count),
      "first_here": JSONValue(sentences.count { $0.here.by < $0.there.by }),
      "first_there": JSONValue(sentences.count { $0.there.by < $0.here.by }),
      "sentences": .array(
        sentences.map {
          [
            "text": .string($0.text), "here": $0.here.json, "there": $0.there.json,
            "first": $0.here.by == $0.there.by ? .null : .string($0.here.by < $0.there.by ? "here" : "there"),
          ]
        }),
      "changes": .array(
        changes.map {
          [
            "before": .string($0.before), "after": JSONValue($0.after),
            "classes": JSONValue($0.classes.map(\.rawValue)),
            "here": $0.here.json, "followed": .string($0.following.rawValue), "there": $0.there.map(\.json) ?? .null,
          ]
        }),
    ]
  }
}
