import Model
import Storage

/// Looks through what came into the archive and queues what webhooks are to be told of.
///
/// A revision is news to a webhook when its first capture was kept and made after the webhook was put on the list: captures are
/// numbered as they come, so that what a rebuild or a migration derives anew is passed over, and an import of old captures is
/// no news.
public enum Announcing {
  /// Captures looked at in one step, each a transaction.
  private static let step = 500

  /// Queues notifications for all webhooks that are not paused; how many. Cheap when nothing came.
  public static func queue(in store: Store, now: Instant) throws(StorageError) -> Int {
    let webhooks = try store.webhooks().filter { $0.pausedAt == nil }
    guard var last = webhooks.map(\.toldTo).min() else { return 0 }
    let origin = try store.origin()
    var queued = 0
    while true {
      let (arrived, end) = try store.arrivals(after: last, limit: step)
      if end == last { return queued }
      for webhook in webhooks where webhook.toldTo < end {
        var deliveries: [NewDelivery] = []
        for arrival in arrived where arrival.number > webhook.toldTo && arrival.found.came.by >= webhook.addedAt {
          let notification = try Notification(arrival, webhook.filter) { () throws(StorageError) in
            try store.sources(naming: arrival.article)
          }
          guard let notification else { continue }
          deliveries.append(
            NewDelivery(
              capture: arrival.number, messageID: notification.messageID(for: webhook, origin: origin),
              body: notification.body))
        }
        try store.queue(deliveries, for: webhook.id, toldTo: end, now: now)
        queued += deliveries.count
      }
      last = end
    }
  }
}
