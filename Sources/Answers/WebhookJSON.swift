import JSON
import Model
import Storage

/// A webhook and what it was told: the keys of `webhook list` and `webhook log`.
extension Webhook {
  /// - Parameters:
  ///   - secret: as its receiver needs it; nil to leave it out.
  ///   - sources: the URLs of sources, by number.
  public func json(secret: String?, sources: [Int64: String]) -> JSONValue {
    .object(
      [
        ("webhook", JSONValue(id)), ("url", .string(url)),
        ("sources", JSONValue(filter.sources.sorted().map { sources[$0] ?? "\($0)" })),
        ("classes", JSONValue(Edit.Class.allCases.filter(filter.classes.contains).map(\.rawValue))),
        ("language", JSONValue(filter.language)), ("stealth", .bool(filter.stealthOnly)),
        ("allow_private", .bool(allowsPrivateAddresses)), ("added_at", .string(addedAt.description)),
        ("paused", .bool(pausedAt != nil)), ("message", JSONValue(message)), ("owed", JSONValue(owed)),
        ("failed", JSONValue(failed)), ("delivered", JSONValue(delivered)),
      ] + (secret.map { [("secret", .string($0))] } ?? []))
  }
}

extension DeliveryRow {
  public var json: JSONValue {
    [
      "webhook": JSONValue(webhook), "url": .string(url), "message_id": .string(messageID), "article": .string(article),
      "state": .string(state.rawValue), "queued_at": .string(queuedAt.description), "tries": JSONValue(tries),
      "tried_at": JSONValue(triedAt?.description), "next_at": JSONValue(nextAt?.description),
      "delivered_at": JSONValue(deliveredAt?.description), "status": status.map { JSONValue($0) } ?? .null,
      "failure": JSONValue(failure),
    ]
  }
}
