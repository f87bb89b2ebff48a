import JSON
import Model
import Storage

/// A source on the watch list, and what became of a change to it: the keys of `sources`, `add`, `pause`, `resume`, `remove`.
extension SourceRow {
  public var json: JSONValue { json(settings) }

  /// The same as anybody may see it: a header field that is sent along may be a secret, and a cookie file's path tells of the
  /// machine. Names stay, values become `…`.
  public var publicJSON: JSONValue {
    var shown = settings
    shown.headers = settings.headers.map { $0.prefix { $0 != ":" } + ": …" }
    shown.cookies = settings.cookies.map { _ in "…" }
    return json(shown)
  }

  private func json(_ settings: SourceSettings) -> JSONValue {
    [
      "article": article.map { JSONValue($0) } ?? .null, "url": .string(url), "kind": .string(kind.rawValue),
      "title": JSONValue(title), "every_ms": settings.every.map { JSONValue($0) } ?? .null,
      "user_agent": JSONValue(settings.userAgent), "headers": JSONValue(settings.headers),
      "cookies": JSONValue(settings.cookies), "allow_private": .bool(settings.allowsPrivateAddresses),
      "ignore_robots": .bool(settings.ignoresRobots), "added_at": .string(addedAt.description),
      "paused": .bool(pausedAt != nil), "due_at": JSONValue(dueAt?.description),
      "last_check": JSONValue(lastCheck?.description), "failures": JSONValue(failures), "message": JSONValue(message),
      "articles": JSONValue(articles), "revisions": JSONValue(revisions),
      "failing": .array(
        failing.map { .object([("reason", .string($0.reason)), ("articles", JSONValue($0.articles))]) }),
    ]
  }
}

extension Additions {
  /// - Parameter rejected: what could not be added, each with its reason.
  public func json(rejected: [(url: String, reason: String)]) -> JSONValue {
    let refused = rejected.map { JSONValue.object([("url", .string($0.url)), ("reason", .string($0.reason))]) }
    return ["added": JSONValue(added), "known": JSONValue(known), "rejected": .array(refused)]
  }
}

extension WatchChange {
  /// The key that tells whether it was done.
  public var done: String {
    switch self {
    case .pause: "paused"
    case .resume: "resumed"
    case .remove: "removed"
    }
  }

  public func json(_ watched: Watched, isListed: Bool) -> JSONValue {
    .object([("url", .string(watched.url)), (done, .bool(isListed))])
  }
}
