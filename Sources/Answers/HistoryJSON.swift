import JSON
import Model
import Storage

/// An article's revisions and captures: the keys of `log` and `captures`.
extension LogEntry {
  public var json: JSONValue {
    [
      "revision": JSONValue(ordinal), "snapshot": .string(snapshot.description),
      "first_capture": .string(firstCapture.description), "last_capture": .string(lastCapture.description),
      "since": ["after": JSONValue(after?.description), "by": .string(firstCapture.description)],
      "headline": .string(headline), "edits": JSONValue(edits), "classes": JSONValue(classes),
      "words_added": JSONValue(wordsAdded), "words_removed": JSONValue(wordsRemoved),
      "checks_between": JSONValue(checksBetween), "checks_without_article": JSONValue(misses),
      "extractor": JSONValue(extractor), "returns_to": returnsTo.map { JSONValue($0) } ?? .null,
      "recurrence": JSONValue(recurrence?.rawValue),
    ]
  }
}

extension CaptureEntry {
  public var json: JSONValue {
    [
      "capture": .string(digest.description), "at": .string(at.description), "seq": JSONValue(sequence),
      "url": .string(url), "status": JSONValue(status), "payload": JSONValue(payload?.description),
      "bytes": JSONValue(bytes),
      "kind": .string(isRevisit ? "revisit" : "response"), "verdict": JSONValue(verdict), "reason": JSONValue(reason),
      "revision": revision.map { JSONValue($0) } ?? .null, "origin": JSONValue(origin),
    ]
  }
}

extension HTTPFields {
  /// The keys of `show --fields`.
  public func json(of capture: Digest, status: Int) -> JSONValue {
    [
      "capture": .string(capture.description), "status": JSONValue(status),
      "fields": .array(pairs.map { .array([.string($0.name), .string($0.value)]) }),
    ]
  }
}

extension ArticleCard {
  /// An article in the lists of the API.
  public var json: JSONValue {
    [
      "article": JSONValue(id), "url": .string(url), "added_at": .string(addedAt.description),
      "revisions": JSONValue(revisions), "headline": JSONValue(revisions == 0 ? nil : headline ?? ""),
      "language": JSONValue(language),
      "changed_at": JSONValue(changedAt?.description), "captured_at": JSONValue(capturedAt?.description),
    ]
  }
}
