import Discovery
import Fetching
import Model
import Storage

/// How asking a feed, sitemap or listing page ended, its answer read.
struct SourceReading: Sendable {
  let poll: DuePoll
  let at: Instant
  /// Nil when there was nothing new to read.
  let listing: SourceListing?
  /// What to ask with next time; nil keeps what there was.
  let validators: Validators?
  /// Why it failed; nil when it did not.
  let trouble: String?

  init(_ poll: DuePoll, _ outcome: FetchOutcome, now: Instant) {
    (self.poll, at) = (poll, outcome.startedAt)
    guard let response = outcome.response else {
      (listing, validators, trouble) = (nil, nil, outcome.trouble)
      return
    }
    switch response.status {
    case 304: (listing, validators, trouble) = (nil, nil, nil)
    case 200...299:
      do throws(DiscoveryError) {
        listing = try SourceListing(response, kind: poll.kind, now: now)
        trouble = nil
        // They belong to the source's own URL, so only to an answer that came without a redirect.
        validators = outcome.hops.count == 1 ? Validators(of: response.fields) : Validators()
      } catch {
        (listing, validators, trouble) = (nil, Validators(), "read as a \(poll.kind.rawValue): \(error.message)")
      }
    default: (listing, validators, trouble) = (nil, nil, "the server answered \(response.status)")
    }
  }
}
