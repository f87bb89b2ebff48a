import HTTPAnswers
import Model
import Storage

/// Captures as they were answered (URI-M; of redirects and errors RFC 7089 §4.5.4, §4.5.5): status as captured, octets as
/// captured or made harmless, redirects into the archive, the header fields of then under `X-Archive-Orig-`.
extension MementoAnswers {
  func memento(
    of url: ArchivedURL, at time: Timestamp, _ form: ReplayAddress.Form, _ question: Question, _ store: Store
  ) throws(StorageError) -> Answer {
    let mementos = Mementos(try lookup.entries(of: url, in: store))
    let addresses = MementoAddresses(base: question.base, form: form)
    // Evidence is had as it is, a redirect to itself too, by whoever asks for it to the letter.
    let exact = form == .raw && time.isExact ? mementos.exactly(at: time.latest, spelt: url.text) : nil
    var nearest = exact
    if nearest == nil { nearest = try self.nearest(to: time.latest, of: url, among: mementos, in: store) }
    guard let nearest else { return notArchived(url) }
    let entry = mementos.all[nearest]
    // Another spelling of the URL in the same second is as good.
    guard time.isExact, entry.at.second == time.latest.second else {
      var answer = Answer.redirect(to: addresses.memento(entry), validity: .archive)
      answer.fields.append(("Link", addresses.links(of: entry.url).joined(separator: ", ")))
      return answer
    }
    // What a 304 confirms is what was seen then.
    let shown = entry.status == 304 ? entry.original ?? entry.id : entry.id
    guard let stored = try store.load([shown]).first else { return notArchived(url) }
    var answer = replayed(stored.input.response, at: entry.at, addresses)
    answer.fields += [
      ("Memento-Datetime", MementoDatetime.text(entry.at)), ("Link", addresses.field(for: nearest, among: mementos)),
    ]
    answer.fields += Self.kept(stored.input.response.fields)
    return answer
  }

  /// The response of then in the form asked for, without the fields that Memento adds.
  private func replayed(_ response: Response, at: Instant, _ addresses: MementoAddresses) -> Answer {
    var answer: Answer
    switch addresses.form {
    case .raw:
      let type = response.fields["Content-Type"].flatMap(Self.sound)
      answer = Answer(type: type ?? (response.body.isEmpty ? nil : "application/octet-stream"), body: response.body)
    case .page:
      answer = SafeForm.of(response) { Self.link($0, at: at, addresses) }
    }
    answer.status = response.status
    answer.validity = .archive
    answer.fields += [("Content-Security-Policy", SafeForm.policy), ("X-Content-Type-Options", "nosniff")]
    if (300...399).contains(response.status), let target = Self.target(of: response.fields, from: response.url) {
      answer.fields.append(("Location", addresses.memento(at: at, target)))
    }
    return answer
  }

  /// A link of a page as it leads on inside the archive, its fragment kept.
  private static func link(_ target: String, at: Instant, _ addresses: MementoAddresses) -> String {
    let fragment = target.firstIndex(of: "#").map { target[$0...] } ?? ""
    return addresses.path(at: at, target) + fragment
  }

  /// The fields of then, for the record: none of them means anything to whoever reads the answer.
  private static func kept(_ fields: HTTPFields) -> [(name: String, value: String)] {
    fields.pairs.compactMap { pair in
      guard pair.name.utf8.allSatisfy(isToken), let value = sound(pair.value) else { return nil }
      return ("X-Archive-Orig-" + pair.name, value)
    }
  }

  /// A value that can be sent: what is neither printable ASCII nor a space becomes a question mark. Nil when none is left.
  private static func sound(_ value: String) -> String? {
    let ascii = value.unicodeScalars.map { (32...126).contains($0.value) ? Character($0) : $0 == "\t" ? " " : "?" }
    return ascii.isEmpty ? nil : String(ascii)
  }

  /// RFC 9110 §5.6.2.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
