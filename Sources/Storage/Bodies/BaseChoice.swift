/// Which body another is coded against: the rules, apart from the database. docs/decisions/0006 has the measurements.
///
/// While captures come in (`quick`):
/// 1. A body that the archive holds is not coded again.
/// 2. The base is the body of the article's capture before this one in time; of the one after it when there is none.
/// 3. When that gives a poor delta (`isPoor`), the article's two distinct bodies before it are tried too.
/// 4. For an article's first body, the base is looked for among the newest bodies of the two articles of the same host with
///    the nearest URL keys, one below and one above: pages of one site share a template. The one that shares more of its
///    sketch is taken; when it shares little (`isAlike`), only if a quick trial says that it pays; when neither shares
///    anything, neither is tried. Of a sibling's chain, the newest body that leaves three quarters of the path free
///    (`sibling`) is meant, since the whole history of this article comes on top.
/// 5. A base whose path is used up (`admits`) gives way to the nearest of its own bases that is no more than half way
///    (`resting`), not to a whole body: that costs a larger delta, once in many captures.
/// 6. A delta that does not pay (`pays`) gives way to a frame of its own.
///
/// In `compact` (`thorough`) the same, but: up to eight bodies before, tried whenever the delta is over 1/64 of the body;
/// siblings are the four of the host whose first or newest bodies share most of their sketches; and poor deltas too are
/// tried against siblings, for a new design reaches all pages of a site.
///
/// A base always came into the archive before what is coded against it, which excludes circles.
enum BaseChoice {
  /// What may have to be decoded to read one body, in octets with `linkOctets` for each link: 18 MiB are 2 to 5 ms.
  static let pathOctets = 18 << 20
  /// The same as captures come in: eight links and 64 times the body. The last body of an article is decoded to code the next
  /// against it, which must stay little beside reading the text of that one, however long the history.
  private static func quickPathOctets(_ size: Int) -> Int { min(pathOctets, 8 * linkOctets + 64 * size) }
  /// Looking up and starting a frame costs as much as decoding so many octets; so a path has at most 288 bodies.
  static let linkOctets = 64 << 10
  /// A base and its delta together are no larger, so that memory stays bounded whatever comes.
  static let pairOctets = 64 << 20
  /// How many siblings `compact` tries for an article's first body.
  static let siblings = 4

  /// How many of the article's earlier bodies may be tried.
  static func predecessors(_ effort: CodedBody.Effort) -> Int { effort == .quick ? 3 : 8 }

  /// Octets to decode for a body that is coded against one with that path; nil: alone.
  static func path(size: Int, over base: Int?) -> Int { size + linkOctets + (base ?? 0) }

  /// Whether a body of that size may be coded against one with that path. A body that is itself large may have more: four
  /// times what decoding it takes anyway.
  static func admits(path: Int, size: Int, _ effort: CodedBody.Effort) -> Bool {
    self.path(size: size, over: path) <= budget(size, effort)
  }

  /// Where to begin a new branch when a path is used up: the first of the chain (newest first) from which half the budget
  /// is free again. Nil: nowhere, code it alone.
  static func resting<Link>(
    on chain: some Sequence<Link>, size: Int, _ effort: CodedBody.Effort, path: (Link) -> Int
  ) -> Link? {
    chain.first { path($0) <= restingOctets(size: size, effort) }
  }

  /// The longest path of a base from which half of a body's is free again.
  static func restingOctets(size: Int, _ effort: CodedBody.Effort) -> Int {
    budget(size, effort) / 2 - path(size: size, over: nil)
  }

  /// The body of a sibling to code a first body against: the first of the sibling's chain (newest first) that uses no more
  /// than a quarter of the path.
  static func sibling<Link>(
    on chain: some Sequence<Link>, size: Int, _ effort: CodedBody.Effort, path: (Link) -> Int
  ) -> Link? {
    chain.first { self.path(size: size, over: path($0)) <= siblingOctets(size: size, effort) }
  }

  /// The longest path that a body may have which is coded against a sibling.
  static func siblingOctets(size: Int, _ effort: CodedBody.Effort) -> Int { budget(size, effort) / 4 }

  /// A way longer than this was not made by us. More than the budget, since `compact` may give a base a longer path than it had
  /// when others were coded against it.
  static func refused(size: Int) -> Int { budget(max(0, min(size, 1 << 40)), .thorough) + 4 * pairOctets }

  private static func budget(_ size: Int, _ effort: CodedBody.Effort) -> Int {
    max(effort == .quick ? quickPathOctets(size) : pathOctets, 4 * size)
  }

  /// Whether base and body fit into the memory allowed. An empty body has no base.
  static func fits(base: Int, size: Int) -> Bool { base > 0 && size > 0 && base + size <= pairOctets }

  /// Whether other bases are worth trying.
  static func isPoor(coded: Int, size: Int, effort: CodedBody.Effort) -> Bool {
    coded > size / (effort == .quick ? 4 : 64)
  }

  /// Whether two bodies that share so many of the 64 hashes of their sketches make a small delta without a doubt.
  static func isAlike(shared: Int) -> Bool { shared >= 16 }

  /// Whether a delta is so large that the body alone might be as small.
  static func isDoubtful(coded: Int, size: Int) -> Bool { coded > size / 8 }

  /// Whether a delta is enough smaller than the body alone to be worth a longer way to it.
  static func pays(delta: Int, whole: Int) -> Bool { delta <= whole - whole / 16 }

  /// The index of the base to take, from the trial size of each. The first is the usual one, the predecessor: of two that
  /// are about as good it keeps the chain straight, so another must be a twentieth smaller. With `even`, as for siblings,
  /// the smallest wins.
  static func best(_ trials: [Int], even: Bool) -> Int? {
    guard var best = trials.indices.first else { return nil }
    for i in trials.indices.dropFirst() {
      let bar = even || best != 0 ? trials[best] : trials[best] - trials[best] / 20
      if trials[i] < bar { best = i }
    }
    return best
  }
}
