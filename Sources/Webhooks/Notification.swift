import Answers
import Diffing
import JSON
import Model
import Storage

/// What a webhook is told of one revision.
struct Notification {
  let arrival: Arrival
  /// Those that the webhook wants, in reading order.
  let edits: [Edit]
  let isStealth: Bool

  /// Bodies are not longer than about so many octets of JSON; many receivers take no more than 100 kB.
  static let longestBody = 64 << 10

  /// Nil when the filter passes it over.
  /// - Parameter sources: those that named the article.
  init?(_ arrival: Arrival, _ filter: WebhookFilter, sources: () throws(StorageError) -> Set<Int64>)
    throws(StorageError)
  {
    var scope = Scope()
    scope.language = filter.language
    let change = arrival.change
    isStealth = change.isStealth
    edits = change.edits.filter { filter.classes.isEmpty || !filter.classes.isDisjoint(with: $0.classes) }
    self.arrival = arrival
    guard !edits.isEmpty, isStealth || !filter.stealthOnly, scope.admits(language: change.new.language) else {
      return nil
    }
    if !filter.sources.isEmpty, filter.sources.isDisjoint(with: try sources()) { return nil }
  }

  /// The JSON that is posted: docs/WEBHOOKS.md lists its keys.
  var body: String {
    let (found, change) = (arrival.found, arrival.change)
    var (items, octets): ([JSONValue], Int) = ([], 0)
    for edit in edits {
      let item = edit.json(language: found.language)
      octets += item.utf8.count + 1
      if octets > Self.longestBody { break }
      items.append(item)
    }
    let data: [(key: String, value: JSONValue)] =
      found.members + [
        ("capture", .string(arrival.capture.description)), ("words_added", JSONValue(change.wordsAdded)),
        ("words_removed", JSONValue(change.wordsRemoved)), ("stealth", .bool(isStealth)),
        (
          "classes",
          JSONValue(Edit.Class.allCases.filter { one in edits.contains { $0.classes.contains(one) } }.map(\.rawValue))
        ),
        ("edits", .array(items)), ("edits_left_out", JSONValue(edits.count - items.count)),
        ("path", .string("/api/v1/articles/\(arrival.article)/diff?from=\(found.ordinal - 1)&to=\(found.ordinal)")),
      ]
    return JSONValue.object([
      ("type", "edits"), ("timestamp", .string(found.came.by.description)), ("data", .object(data)),
    ]).description
  }

  /// The name of the message: the same whenever it is made for this webhook, also from a restored backup.
  func messageID(for webhook: Webhook, origin: String) -> String {
    let what = "\(origin)\n\(webhook.id) \(webhook.addedAt)\n\(arrival.capture)"
    return "msg_" + Digest(ofUTF8: what).hexadecimal.prefix(32)
  }
}
