import GRDB
import Model

/// Notifications for webhooks, and what becomes of them: each is queued once, sent until it has arrived or is given up, and kept.
public struct NewDelivery: Sendable, Hashable {
  /// Of the revision that it tells of: the first capture.
  public let capture: Int64
  public let messageID: String
  /// JSON as it is sent.
  public let body: String

  public init(capture: Int64, messageID: String, body: String) {
    (self.capture, self.messageID, self.body) = (capture, messageID, body)
  }
}

/// A notification that is to be sent.
public struct OwedDelivery: Sendable, Hashable {
  public let id: Int64
  public let messageID: String
  public let body: String
  /// How often it was tried before.
  public let tries: Int
}

/// How an attempt to deliver ended.
public enum DeliveryResult: Sendable, Hashable {
  case arrived(status: Int)
  /// Tried again at that instant; nil: given up.
  case failed(status: Int?, message: String, nextAt: Instant?)
}

/// A notification as it stands.
public struct DeliveryRow: Sendable, Hashable {
  public enum State: String, Sendable { case owed, delivered, failed }

  public let webhook: Int64
  public let url, messageID: String
  /// The article that it tells of.
  public let article: String
  public let state: State
  public let queuedAt: Instant
  public let tries: Int
  public let triedAt, nextAt, deliveredAt: Instant?
  public let status: Int?
  public let failure: String?
}

extension Store {
  /// Keeps other processes from delivering until the returned value is let go. Throws `inUse` when one does so already and the
  /// wait (milliseconds) is over.
  public func beginDelivering(wait: Int64) throws(StorageError) -> DeliveryLock {
    guard let lock else { throw .readOnly(path: path) }
    try lock.take(.deliver, wait: wait, holder: "another process that delivers to webhooks")
    return DeliveryLock(lock: lock)
  }

  /// Queues what a webhook is to be told of, and notes how far it was looked. What it has been told of is passed over.
  public func queue(
    _ deliveries: [NewDelivery], for webhook: Int64, toldTo last: Int64, now: Instant
  ) throws(StorageError) {
    try write { db in
      let insert = try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO delivery (webhook, capture, message_id, queued_at, next_at) VALUES (?1, ?2, ?3, ?4, ?4)
          """)
      let post = try db.cachedStatement(sql: "INSERT INTO outbox (delivery, body) VALUES (?, ?)")
      for one in deliveries {
        try insert.execute(arguments: [webhook, one.capture, one.messageID, now.milliseconds])
        if db.changesCount > 0 { try post.execute(arguments: [db.lastInsertedRowID, one.body]) }
      }
      try db.execute(
        sql: "UPDATE webhook SET told_to = max(told_to, ?) WHERE id = ?", arguments: [last, webhook])
    }
  }

  /// Which of the notifications that have not arrived are to be sent.
  public enum OwedDeliveries: Sendable {
    /// Those whose time has come.
    case due
    /// All that were not given up.
    case all
    /// Those that were given up besides.
    case givenUpToo
  }

  /// Some of a webhook's notifications, the oldest first.
  public func deliveries(
    _ which: OwedDeliveries, of webhook: Int64, limit: Int, now: Instant
  ) throws(StorageError) -> [OwedDelivery] {
    let condition =
      switch which {
      case .due: "next_at <= ?2"
      case .all: "next_at <= max(?2, next_at)"
      case .givenUpToo: "?2 IS NOT NULL"
      }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, message_id, body, tries FROM delivery JOIN outbox ON outbox.delivery = delivery.id
          WHERE webhook = ?1 AND delivered_at IS NULL AND \(condition) ORDER BY id LIMIT ?3
          """, arguments: [webhook, now.milliseconds, limit]
      ).map { OwedDelivery(id: try $0[0], messageID: try $0[1], body: try $0[2], tries: try $0[3]) }
    }
  }

  /// Notes how attempts ended.
  /// - Parameter gone: the webhook's receiver wants no more: it is paused, with this reason.
  public func settle(
    _ results: [(id: Int64, result: DeliveryResult)], of webhook: Int64, gone: String? = nil, now: Instant
  ) throws(StorageError) {
    try write { db in
      for (id, result) in results {
        switch result {
        case .arrived(let status):
          try db.execute(
            sql: """
              UPDATE delivery SET tries = tries + 1, tried_at = ?1, delivered_at = ?1, status = ?2, failure = NULL, next_at = NULL
              WHERE id = ?3
              """, arguments: [now.milliseconds, status, id])
          try db.execute(sql: "DELETE FROM outbox WHERE delivery = ?", arguments: [id])
        case .failed(let status, let message, let nextAt):
          try db.execute(
            sql: """
              UPDATE delivery SET tries = tries + 1, tried_at = ?1, status = ?2, failure = ?3, next_at = ?4 WHERE id = ?5
              """, arguments: [now.milliseconds, status, message, nextAt?.milliseconds, id])
        }
      }
      if let gone {
        try db.execute(
          sql: "UPDATE webhook SET paused_at = ?, message = ? WHERE id = ? AND paused_at IS NULL",
          arguments: [now.milliseconds, gone, webhook])
      }
    }
  }

  /// When the next notification is due; nil when none is owed.
  public func nextDelivery() throws(StorageError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT next_at FROM delivery JOIN webhook ON webhook.id = webhook
          WHERE delivered_at IS NULL AND next_at IS NOT NULL AND paused_at IS NULL AND removed_at IS NULL ORDER BY next_at LIMIT 1
          """
      ).map(Instant.init(milliseconds:))
    }
  }

  /// The last notifications, the newest first.
  /// - Parameter webhook: of one; nil: of all, removed ones included.
  public func deliveries(of webhook: Int64?, limit: Int) throws(StorageError) -> [DeliveryRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT webhook.id, webhook.url, message_id, article.url, queued_at, tries, tried_at, next_at, delivered_at,
            delivery.status, failure
          FROM delivery JOIN webhook ON webhook.id = webhook JOIN capture ON capture.id = capture
          JOIN article ON article.id = capture.article
          WHERE ?1 IS NULL OR webhook = ?1 ORDER BY delivery.id DESC LIMIT ?2
          """, arguments: [webhook, limit]
      ).map { row in
        func instant(_ column: Int) throws -> Instant? { (try row[column] as Int64?).map(Instant.init(milliseconds:)) }
        let (nextAt, deliveredAt) = (try instant(7), try instant(8))
        return DeliveryRow(
          webhook: try row[0], url: try row[1], messageID: try row[2], article: try row[3],
          state: deliveredAt != nil ? .delivered : nextAt != nil ? .owed : .failed,
          queuedAt: Instant(milliseconds: try row[4]), tries: try row[5], triedAt: try instant(6), nextAt: nextAt,
          deliveredAt: deliveredAt, status: try row[9], failure: try row[10])
      }
    }
  }

  /// Notifications of webhooks on the list that have not arrived: still to be tried, and given up.
  static func undelivered(in db: Database) throws -> (owed: Int, failed: Int) {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT count(next_at), count(*) - count(next_at) FROM delivery JOIN webhook ON webhook.id = webhook
        WHERE delivered_at IS NULL AND removed_at IS NULL
        """)
    return (try row?[0] ?? 0, try row?[1] ?? 0)
  }
}

/// The right to deliver to webhooks, held while this value lives.
public final class DeliveryLock: Sendable {
  private let lock: ArchiveLock
  init(lock: ArchiveLock) { self.lock = lock }
  deinit { lock.release(.deliver) }
}
