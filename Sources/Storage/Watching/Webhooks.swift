import Foundation
import GRDB
import Model

/// Of which edits a webhook is told.
public struct WebhookFilter: Sendable, Hashable {
  /// Numbers of sources that named the article; empty: whatever named it.
  public var sources: Set<Int64> = []
  /// Edits of one of these; empty: of any.
  public var classes: Set<Edit.Class> = []
  /// Texts that declare this language, or a kind of it; nil: any.
  public var language: String?
  /// Stealth edits alone.
  public var stealthOnly = false

  public init() {}
}

/// Who is told of new edits.
public struct Webhook: Sendable, Hashable {
  /// The number people may name it by.
  public let id: Int64
  public let url: String
  /// What signs; 24 to 64 octets.
  public let secret: [UInt8]
  public let filter: WebhookFilter
  public let allowsPrivateAddresses: Bool
  public let addedAt: Instant
  /// The capture up to which revisions were looked through for it.
  public let toldTo: Int64
  /// Nil: it is told.
  public let pausedAt: Instant?
  /// Why it was paused, when its receiver wanted it so.
  public let message: String?
  /// Notifications that are still to arrive, that were given up, and that have arrived.
  public let owed, failed, delivered: Int
}

/// What is to become of a webhook.
public enum WebhookChange: Sendable, Hashable { case pause, resume, remove }

extension Store {
  /// Puts a webhook on the list; from now on it is told of what newer captures bring. Gives its number, and false when one with
  /// that URL is there already, which is left as it is.
  public func addWebhook(
    _ url: String, secret: [UInt8], filter: WebhookFilter, allowsPrivateAddresses: Bool, now: Instant
  ) throws(StorageError) -> (id: Int64, isNew: Bool) {
    try write { db in
      let find = "SELECT id FROM webhook WHERE url = ? AND removed_at IS NULL"
      if let id = try Int64.fetchOne(db, sql: find, arguments: [url]) { return (id, false) }
      let sources = filter.sources.isEmpty ? nil : filter.sources.sorted().map(String.init).joined(separator: " ")
      try db.execute(
        sql: """
          INSERT INTO webhook (url, secret, sources, classes, language, stealth, allow_private, added_at, told_to)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT ifnull(max(id), 0) FROM capture))
          """,
        arguments: [
          url, Data(secret), sources, EditCoding.set(of: filter.classes), filter.language, filter.stealthOnly,
          allowsPrivateAddresses, now.milliseconds,
        ])
      return (db.lastInsertedRowID, true)
    }
  }

  /// The webhooks on the list, by number.
  public func webhooks() throws(StorageError) -> [Webhook] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, url, secret, sources, classes, language, stealth, allow_private, added_at, told_to, paused_at, message,
            (SELECT count(next_at) FROM delivery WHERE webhook = webhook.id AND delivered_at IS NULL),
            (SELECT count(*) FROM delivery WHERE webhook = webhook.id AND delivered_at IS NULL),
            (SELECT count(*) FROM delivery WHERE webhook = webhook.id)
          FROM webhook WHERE removed_at IS NULL ORDER BY id
          """
      ).map { row in
        var filter = WebhookFilter()
        filter.sources = Set((try row[3] as String? ?? "").split(separator: " ").compactMap { Int64($0) })
        filter.classes = EditCoding.classes(of: try row[4])
        (filter.language, filter.stealthOnly) = (try row[5], try row[6])
        let (owed, undelivered, all): (Int, Int, Int) = (try row[12], try row[13], try row[14])
        return Webhook(
          id: try row[0], url: try row[1], secret: [UInt8](try row[2] as Data), filter: filter,
          allowsPrivateAddresses: try row[7], addedAt: Instant(milliseconds: try row[8]), toldTo: try row[9],
          pausedAt: (try row[10] as Int64?).map(Instant.init(milliseconds:)), message: try row[11], owed: owed,
          failed: undelivered - owed, delivered: all - undelivered)
      }
    }
  }

  /// What signs from now on.
  public func setSecret(_ secret: [UInt8], ofWebhook webhook: Int64) throws(StorageError) {
    try write { db in
      try db.execute(sql: "UPDATE webhook SET secret = ? WHERE id = ?", arguments: [Data(secret), webhook])
    }
  }

  /// Pauses or resumes a webhook or takes it off the list. What came while it was paused it is told of when it is resumed.
  public func change(webhook: Int64, _ change: WebhookChange, now: Instant) throws(StorageError) {
    let setting =
      switch change {
      case .pause: "paused_at = ?1, message = NULL"
      case .resume: "paused_at = NULL, message = NULL"
      case .remove: "removed_at = ?1"
      }
    try write { db in
      try db.execute(
        sql: "UPDATE webhook SET \(setting) WHERE id = ?2 AND removed_at IS NULL",
        arguments: [now.milliseconds, webhook])
      guard change == .remove else { return }
      try db.execute(
        sql:
          "DELETE FROM outbox WHERE delivery IN (SELECT id FROM delivery WHERE webhook = ? AND delivered_at IS NULL)",
        arguments: [webhook])
      try db.execute(
        sql: """
          UPDATE delivery SET next_at = NULL, failure = ifnull(failure, 'the webhook was removed')
          WHERE webhook = ? AND delivered_at IS NULL
          """, arguments: [webhook])
    }
  }
}

extension Store {
  /// The URLs of sources, by number.
  public func sourceURLs(_ numbers: Set<Int64>) throws(StorageError) -> [Int64: String] {
    guard !numbers.isEmpty else { return [:] }
    return try read { db in
      let list = numbers.sorted().map(String.init).joined(separator: ",")
      let rows = try Row.fetchAll(db, sql: "SELECT id, url FROM source WHERE id IN (\(list))")
      return Dictionary(uniqueKeysWithValues: try rows.map { (try $0[0] as Int64, try $0[1] as String) })
    }
  }
}
