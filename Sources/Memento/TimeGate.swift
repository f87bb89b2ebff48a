import HTTPAnswers
import Model
import Storage

/// Which capture stands for a time: TimeGates and inexact addresses lead to it by a redirect (RFC 7089 §4.2.1, pattern 2.1:
/// TimeGate apart from the original, URI-M apart from the TimeGate).
extension MementoAnswers {
  /// The capture nearest to `Accept-Datetime`, or the last when the field is absent.
  func timeGate(
    _ url: ArchivedURL, _ form: ReplayAddress.Form, _ question: Question, _ store: Store
  ) throws(StorageError) -> Answer {
    var wanted: Instant?
    if let asked = question.field("Accept-Datetime") {
      guard let at = HTTPDate.parse(asked, now: question.now) else {
        var answer = Answer.plain(
          "\"\(asked.prefix(100))\" is no time: Accept-Datetime is like Tue, 03 Nov 2026 15:00:00 GMT\n", status: 400)
        answer.fields.append(("Vary", "accept-datetime"))
        return answer
      }
      wanted = at
    }
    let mementos = Mementos(try lookup.entries(of: url, in: store))
    let nearest = try nearest(to: wanted ?? .distantFuture, of: url, among: mementos, in: store)
    guard let nearest else { return notArchived(url, timeGate: true) }
    let addresses = MementoAddresses(base: question.base, form: form)
    var answer = Answer.redirect(to: addresses.memento(mementos.all[nearest]), validity: .archive)
    answer.fields += [("Vary", "accept-datetime"), ("Link", addresses.field(for: nearest, among: mementos))]
    return answer
  }

  /// The capture that an address means; nil when none can be shown. Redirects of a URL to another spelling of itself (to
  /// https, to a closing slash) are passed over for what they lead to, lest they lead back.
  func nearest(
    to at: Instant, of url: ArchivedURL, among mementos: Mementos, in store: Store
  ) throws(StorageError) -> Int? {
    try mementos.nearest(to: at, spelt: url.text) { entry throws(StorageError) in
      guard (300...399).contains(entry.status), entry.status != 304 else { return false }
      guard let fields = try store.fields(of: [entry.id]).first, let target = Self.target(of: fields, from: entry.url)
      else { return false }
      return ArchivedURL(target)?.key == url.key
    }
  }

  /// Where a redirect led; nil when it does not say, or led out of the web.
  static func target(of fields: HTTPFields, from url: String) -> String? {
    fields["Location"].flatMap { URLReference.absolute($0, base: url) }
  }
}

extension Instant {
  /// Later than any capture.
  fileprivate static var distantFuture: Instant { Instant(milliseconds: 253_402_300_799_000) }
}
