import Fetching
import Model
import Storage

/// Captures of another web archive, the Wayback Machine or a pywb: its index (CDX server API) tells which there are, and each is
/// asked for as it came (`id_`). One request at a time, at the pace the fetcher keeps.
///
/// What is here already, by URL and second, is not asked for again: an import that broke off goes on, and one that is run again
/// fetches what is new.
public struct Wayback: CaptureSource {
  /// Where an archive answers.
  public struct Place: Hashable, Sendable {
    /// Where the index may be, the likeliest first, with whether it hands its captures out in pages.
    let indexes: [(url: String, isPaged: Bool)]
    /// What a timestamp follows.
    let replay: String

    /// A base without a path is laid out as the Wayback Machine (`/cdx/search/cdx`, `/web/`; else `/cdx`), one with a path as a
    /// collection of pywb (`/coll/cdx`, `/coll/`).
    public init(base: WebURL) {
      let all = base.normalized
      let bare = all.hasSuffix("/") ? String(all.dropLast()) : all
      if base.target == "/" {
        indexes = [("\(bare)/cdx/search/cdx", true), ("\(bare)/cdx", false)]
        replay = "\(bare)/web/"
      } else {
        indexes = [("\(bare)/cdx", false)]
        replay = "\(bare)/"
      }
    }

    public static func == (a: Place, b: Place) -> Bool { a.replay == b.replay }
    public func hash(into hasher: inout Hasher) { hasher.combine(replay) }
  }

  /// What is asked for.
  public struct Query: Hashable, Sendable {
    /// Which URLs an index looks up by one.
    public enum Match: String, Sendable, CaseIterable { case exact, prefix, host, domain }

    public var url: WebURL
    public var match: Match
    /// Captures at or after, and before.
    public var since: Instant?
    public var until: Instant?
    /// No more captures than these are fetched.
    public var limit: Int?
    /// `digest`, `timestamp:8`: of captures in a row with this in common the index gives one.
    public var collapse: String?

    public init(url: WebURL, match: Match = .exact) { (self.url, self.match) = (url, match) }
  }

  public enum Item: Sendable {
    case answered(IndexedAnswer)
    case rejected(place: String, reason: String)
  }

  /// An answer with what the index says of it.
  public struct IndexedAnswer: Sendable {
    let wanted: IndexedCapture
    let article: String
    let url: String
    let place: String
    let replayed: ReplayedCapture
  }

  public let name: String
  private let reading: WaybackReading
  private let note: @Sendable (String) -> Void
  private let now: @Sendable () -> Instant

  /// - Parameters:
  ///   - fetcher: must follow no redirects: an archived redirect is a capture, one of the archive's own is none. When it is shut
  ///     down, the source ends with what came.
  ///   - allowsPrivateAddresses: whether the archive may stand at any address.
  ///   - store: which captures are here already.
  ///   - note: called with what is worth a word though nothing is wrong.
  public init(
    _ query: Query, at place: Place, fetcher: Fetcher, allowsPrivateAddresses: Bool, store: Store,
    now: @escaping @Sendable () -> Instant, note: @escaping @Sendable (String) -> Void
  ) {
    name = query.url.normalized
    reading = WaybackReading(
      query, at: place, fetcher: fetcher, allowsPrivateAddresses: allowsPrivateAddresses, store: store, now: now,
      note: note)
    (self.note, self.now) = (note, now)
  }

  public func batch() throws(ImportError) -> [Item] { try reading.batch() }

  public func read(_ item: Item) -> Found {
    switch item {
    case .rejected(let place, let reason): return .rejected(place: place, reason: reason)
    case .answered(let answer):
      let (wanted, replayed) = (answer.wanted, answer.replayed)
      if let reason = replayed.refusal(of: wanted, now: now()) { return .rejected(place: answer.place, reason: reason) }
      let status = wanted.status ?? replayed.answer.status
      let body = status == 304 ? [] : replayed.answer.body
      if let stated = wanted.digest, Self.isSHA1(stated), !replayed.wasCoded, status != 304,
        let found = payloadSHA1(body), found != stated.uppercased()
      {
        // No refusal: archives' digests cover payloads as they were coded for the wire, which need not be told any more
        note("\(answer.place): kept, though its body has the SHA-1 \(found), and the index says \(stated)")
      }
      return .capture(
        CaptureInput(
          article: answer.article, origin: nil,
          response: Response(
            url: answer.url, at: wanted.at, status: status, fields: replayed.originalFields, body: body)))
    }
  }

  private static func isSHA1(_ digest: String) -> Bool {
    digest.utf8.count == 32 && digest.utf8.allSatisfy { (65...90).contains($0 & 0xDF) || (50...55).contains($0) }
  }
}
