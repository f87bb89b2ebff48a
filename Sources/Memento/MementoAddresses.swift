import Model
import Storage

/// The archive's own addresses of a URL and its captures, and `Link` fields made of them (RFC 8288, RFC 7089 §2.2).
struct MementoAddresses: Sendable {
  /// Scheme, host and port.
  let base: String
  let form: ReplayAddress.Form

  func timeGate(_ url: String) -> String { base + ReplayAddress.prefix + LinkedURL.text(url) }

  func timeMap(_ url: String, from first: Instant? = nil, through last: Instant? = nil) -> String {
    let span =
      first == nil && last == nil
      ? "" : [first, last].map { $0.map(Timestamp.text) ?? "" }.joined(separator: "-") + "/"
    return base + ReplayAddress.prefix + "timemap/link/" + span + LinkedURL.text(url)
  }

  func memento(_ entry: IndexedCapture) -> String { memento(at: entry.at, entry.url) }

  func memento(at instant: Instant, _ url: String) -> String { base + path(at: instant, url) }

  /// Without scheme and host.
  func path(at instant: Instant, _ url: String) -> String {
    ReplayAddress.prefix + Timestamp.text(instant) + form.rawValue + "/" + LinkedURL.text(url)
  }

  /// The links of a URL that all its resources carry.
  func links(of url: String) -> [String] {
    [
      "<\(LinkedURL.text(url))>; rel=\"original\"", "<\(timeGate(url))>; rel=\"timegate\"",
      "<\(timeMap(url))>; rel=\"timemap\"; type=\"application/link-format\"",
    ]
  }

  func link(to entry: IndexedCapture, rel: String) -> String {
    "<\(memento(entry))>; rel=\"\(rel)\"; datetime=\"\(MementoDatetime.text(entry.at))\""
  }

  /// The `Link` field of a capture, or of the answer that leads to it: the URL's, then first, previous, this, next and last
  /// memento, each address once with all that it is. Addresses are of the plain form, which others look for.
  func field(for index: Int, among mementos: Mementos) -> String {
    let plain = MementoAddresses(base: base, form: .page)
    let entry = mementos.all[index]
    let (before, after) = mementos.neighbours(of: index)
    var order: [IndexedCapture] = []
    var relations: [String: [String]] = [:]
    func add(_ entry: IndexedCapture?, _ rel: String?) {
      guard let entry else { return }
      let address = plain.memento(entry)
      if relations[address] == nil { order.append(entry) }
      relations[address, default: []] += rel.map { [$0] } ?? []
    }
    add(mementos.all.first, "first")
    add(before, "prev")
    add(entry, nil)
    add(after, "next")
    add(mementos.all.last, "last")
    let links = order.map { item in
      plain.link(to: item, rel: ((relations[plain.memento(item)] ?? []) + ["memento"]).joined(separator: " "))
    }
    return (plain.links(of: entry.url) + links).joined(separator: ", ")
  }
}
