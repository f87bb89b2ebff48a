import Markup
import Model

/// When an article was published and last changed, by what its page declares, then by what it shows.
extension PageFields {
  /// The order: JSON-LD; meta elements; microdata and `time` elements near the headline; the address; a title that ends in
  /// a date; the state of a script; a date in words near the headline, then after the body, then anywhere outside furniture. A
  /// declared instant in UTC is given the offset that the page shows it in, when it does.
  func published(near region: Region, headline: String) -> PartialTimestamp? {
    let named = meta.names.lazy.filter(Self.namesPublication).map { meta[$0] }
    let declared = ([linked.published] + Self.publishedNames.map { meta[$0] }).lazy.compactMap { $0.flatMap(timestamp) }
    if let declared = declared.first ?? named.compactMap({ $0.flatMap(timestamp) }).first {
      return zoned(declared, near: region, headline: headline)
    }
    return shownTime(near: region, headline: headline) ?? addresses.lazy.compactMap { Self.day(inURL: $0) }.first
      ?? dayInTitle ?? timeInState(headline: headline) ?? writtenTime(near: region, headline: headline)
  }

  /// The order: JSON-LD; meta elements; microdata and `time` elements of a change; a date in words that says it is one.
  func modified(near region: Region, headline: String) -> PartialTimestamp? {
    if let declared = ([linked.modified] + Self.modifiedNames.map { meta[$0] }).lazy
      .compactMap({ $0.flatMap(timestamp) }).first
    {
      return declared
    }
    let end = region.ranges.last?.upperBound ?? 0
    let start = home(of: region)
    if let shown = shownTimes(in: start..<max(start, end)).first(where: \.isUpdate) { return shown.stamp }
    for index in blocksNearHeadline(region, headline) {
      let block = outline.blocks[index]
      guard block.weight < 200, block.level != 1, block.marks.isDisjoint(with: Self.beside.union(.caption)) else {
        continue
      }
      let dates = WrittenDate.all(in: block.text, language: meta.language)
      if let date = dates.first(where: \.isUpdate), date.otherWords <= 12 { return date.stamp }
    }
    return nil
  }

  /// Whether a meta element's name says that it holds a time of publication, however it is put together: `rbpubdate`,
  /// `bytedance:published_time`, `prism.publicationDate`.
  private static func namesPublication(_ name: String) -> Bool {
    let letters = String(decoding: name.utf8.filter { (97...122).contains($0) }, as: UTF8.self)
    return ["pub", "release", "post", "create", "issue"].contains(where: letters.contains)
      && (letters.contains("date") || letters.contains("time") || letters.hasSuffix("at"))
      && !["last", "modif", "updat", "expir", "unpub", "publisher"].contains(where: letters.contains)
  }

  private static let publishedNames = [
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published",
    "article.published", "article:published_date", "publish-date", "publish_date", "publishdate", "published_date",
    "published", "pubdate", "pub_date", "publication_date", "publication-date", "date_published", "datepublish",
    "sailthru.date", "parsely-pub-date", "bt:pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "dc.terms.issued", "date", "dc.date.created", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "originalpublicationdate", "article_date_original", "displaydate", "ptime", "shareaholic:article_published_time",
    "article.created", "article:created", "datecreated", "created", "creation_date", "rnews:datepublished",
    "iso-8601-publish-date", "vr:published_time", "weibo:article:create_at", "citation_publication_date",
    "eomportal-firstpub", "analyticsattributes.articledate", "dcterms.available", "citation_date",
    "citation_online_date",
    "pdate",
  ]
  private static let modifiedNames = [
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "og:modified_time",
    "article:updated_time", "last-modified", "dcterms.modified", "dc.date.modified", "article:modified", "lastmod",
    "modified", "article_date_updated", "revision_date", "dateupdate", "updated_time",
  ]

  /// ISO 8601 as `PartialTimestamp` reads it, else as people and older systems write dates; in whole seconds, for the
  /// servers of one site may disagree about the rest.
  func timestamp(_ text: String) -> PartialTimestamp? {
    guard let stamp = WrittenDate.field(text, language: meta.language), (1900...2100).contains(stamp.date.year) else {
      return nil
    }
    return PartialTimestamp(
      date: stamp.date, timeOfDay: stamp.timeOfDay.map { $0 / 1000 * 1000 }, offsetMinutes: stamp.offsetMinutes)
  }

  /// "Bridge shut | Post | 28.04.2023"
  private var dayInTitle: PartialTimestamp? {
    for title in [meta["og:title"], meta.title] {
      guard let title, let bar = title.lastIndex(where: { "|–—".contains($0) }) else { continue }
      let found = WrittenDate(in: title[title.index(after: bar)...].utf8, language: meta.language)
      if let found, found.otherWords == 0 { return found.stamp }
    }
    return nil
  }

  private func timeInState(headline: String) -> PartialTimestamp? {
    guard !headline.isEmpty else { return nil }
    return StateText.published(of: outline.tree) { Self.agree($0, headline) }.flatMap(timestamp)
  }

  // MARK: Shown

  /// Where the article stands: the nearest `article`, `main` or `body` around its region.
  func home(of region: Region) -> Int {
    let tree = outline.tree
    guard var home = region.ranges.first?.lowerBound else { return 0 }
    while tree.nodes[home].parent != home, ![.article, .main, .body].contains(tree.nodes[home].tag) {
      home = tree.nodes[home].parent
    }
    return home
  }

  /// An element that gives a date in an attribute, or a `time` element, and what it says.
  private struct Shown {
    let node: Int
    let stamp: PartialTimestamp
    let isUpdate: Bool
    /// Whether it is no `time` element, has no `datetime` and is no property of an article: a tooltip, data of a script.
    let isLoose: Bool
  }

  private static let beside: Marks = [
    .related, .comments, .sidebar, .navigation, .advertisement, .hidden, .footer, .ticker,
  ]

  private func shownTimes(in range: Range<Int>) -> [Shown] {
    let tree = outline.tree
    var out: [Shown] = []
    for index in range where tree.nodes[index].tag != .text && out.count < 40 {
      guard let given = given(by: index) else { continue }
      let words = WrittenDate(
        in: tree.textBytes(of: index).prefix(WrittenDate.longest), language: meta.language)
      guard var stamp = given.stamp ?? words?.stamp else { continue }
      // An attribute may say when the page was made; what is read is what was said.
      if let words, abs(words.stamp.date.daysSinceEpoch - stamp.date.daysSinceEpoch) > 1 { stamp = words.stamp }
      var (at, isBeside) = (index, false)
      while at > range.lowerBound, !isBeside {
        isBeside = !outline.marks[at].isDisjoint(with: Self.beside)
        at = tree.nodes[at].parent
      }
      let isUpdate = given.isUpdate ?? (words?.isUpdate == true || followsUpdate(index))
      if !isBeside { out.append(Shown(node: index, stamp: stamp, isUpdate: isUpdate, isLoose: given.isLoose)) }
    }
    return out
  }

  /// Whether the text right before an element says that the date in it is that of a change.
  private func followsUpdate(_ index: Int) -> Bool {
    let tree = outline.tree
    for node in (max(0, index - 4)..<index).reversed() where tree.nodes[node].tag == .text {
      let text = tree.bytes[tree.nodes[node].text]
      guard text.contains(where: { $0 > 32 }) else { continue }
      return text.count < 60 && WrittenDate.saysUpdate(text)
    }
    return false
  }

  /// In the article before or in its body, the first below the headline if there is one; else anywhere between the headline
  /// and the end of the body.
  private func shownTime(near region: Region, headline: String) -> PartialTimestamp? {
    guard let end = region.ranges.last?.upperBound else { return nil }
    let place = headlineBlock(headline).map { outline.blocks[$0].node }
    // The headline may stand before the element that holds the body, and a time before it in an article or header of its own.
    let all = shownTimes(in: min(home(of: region), place.map(frame) ?? end)..<end)
    let inHome = all.contains { !$0.isLoose } ? all.filter { !$0.isLoose } : all
    let own = inHome.filter { !$0.isUpdate }
    let top = region.ranges.first.map { $0.lowerBound + 400 } ?? end
    if let below = place.flatMap({ place in own.first { $0.node > place && $0.node < top } }) { return below.stamp }
    if let shown = own.first ?? inHome.first { return shown.stamp }
    guard let place, place < end else { return nil }
    let second = shownTimes(in: place..<end)
    return (second.first { !$0.isUpdate } ?? second.first)?.stamp
  }

  /// Where the article or header around a headline begins; itself when there is none.
  private func frame(of headline: Int) -> Int {
    let tree = outline.tree
    var at = headline
    while tree.nodes[at].parent != at, ![.article, .header].contains(tree.nodes[at].tag) { at = tree.nodes[at].parent }
    return tree.nodes[at].parent == at ? headline : at
  }

  private func headlineBlock(_ headline: String) -> Int? {
    outline.blocks.firstIndex {
      $0.level == 1 && Self.agree(String(decoding: NormalText.composed($0.text), as: UTF8.self), headline)
    } ?? outline.blocks.firstIndex { $0.level == 1 }
  }

  /// Indices of blocks around the headline and before the body's third paragraph, those before the headline last.
  private func blocksNearHeadline(_ region: Region, _ headline: String) -> [Int] {
    let start = region.ranges.first?.lowerBound ?? 0
    let firstInside = outline.blocks.firstIndex { $0.node >= start } ?? 0
    let top = headlineBlock(headline) ?? max(0, firstInside - 8)
    var (end, prose) = (top, 0)
    while end < outline.blocks.count, prose < 3, end - top < 60 {
      if outline.blocks[end].isProse, region.contains(outline.blocks[end].node) { prose += 1 }
      end += 1
    }
    return Array(top..<max(top, end)) + (max(0, top - 8)..<top).reversed()
  }

  /// A date in words, and whether its block may be one of a list of dates.
  private struct Written {
    let stamp: PartialTimestamp
    let level: Int
    let isUpdate: Bool
  }

  /// The first that is no date of a change, else the first. Of headings that are dates, as a list of versions has them, none
  /// is the article's.
  private func written(_ indices: some Sequence<Int>, otherWords: Int) -> PartialTimestamp? {
    var found: [Written] = []
    for index in indices {
      let block = outline.blocks[index]
      guard block.level != 1, block.marks.isDisjoint(with: Self.beside.union(.caption)), block.kind != .caption,
        found.count < 40
      else { continue }
      let isMeta = !block.marks.isDisjoint(with: [.details, .byline])
      if block.weight < 200, let date = date(block.text), date.otherWords <= (isMeta ? 20 : otherWords) {
        found.append(Written(stamp: date.stamp, level: block.level, isUpdate: date.isUpdate))
      } else if otherWords > 3, block.weight < 400, let date = dateAlone(in: index) {
        found.append(date)
      }
    }
    let listed = Set(found.map(\.level)).filter { level in
      level > 1 && Set(found.filter { $0.level == level }.map(\.stamp.date)).count > 1
    }
    let own = found.filter { !listed.contains($0.level) }
    return (own.first { !$0.isUpdate } ?? own.first)?.stamp
  }

  private func date(_ text: some Collection<UInt8>) -> WrittenDate? {
    WrittenDate(in: text, language: meta.language).flatMap { $0.stamp.date.year >= 1990 ? $0 : nil }
  }

  /// A date in a text of its own among those of a block, whatever the others run on with: `Miller</span><span>9 March 2023`.
  private func dateAlone(in index: Int) -> Written? {
    let tree = outline.tree
    let block = outline.blocks[index]
    let end = index + 1 < outline.blocks.count ? outline.blocks[index + 1].node : tree.nodes.count
    var before: [UInt8] = []
    for node in block.node..<max(block.node, min(end, block.node + 60)) {
      let text = tree.bytes[tree.nodes[node].text]
      guard tree.nodes[node].tag == .text, tree.nodes[tree.nodes[node].parent].tag != .script,
        text.contains(where: { $0 > 32 })
      else { continue }
      if text.count < 120, let date = date(text), date.otherWords <= 7 {
        return Written(stamp: date.stamp, level: block.level, isUpdate: date.isUpdate || WrittenDate.saysUpdate(before))
      }
      before = Array(text.prefix(60))
    }
    return nil
  }

  private func writtenTime(near region: Region, headline: String) -> PartialTimestamp? {
    if let near = written(blocksNearHeadline(region, headline), otherWords: 7) { return near }
    if let end = region.ranges.last?.upperBound,
      let after = outline.blocks.firstIndex(where: { $0.node >= end }),
      let stamp = written(max(0, after - 6)..<min(after + 8, outline.blocks.count), otherWords: 7)
    {
      return stamp
    }
    if let stamp = written(outline.blocks.indices, otherWords: 3) { return stamp }
    // Beside the article one date alone may stand, and among its credits a line that is a date and nothing else.
    let aside = outline.blocks.lazy.filter { $0.marks.contains(.sidebar) && $0.weight < 80 && $0.linkBytes == 0 }
      .prefix(40)
      .compactMap { date($0.text) }.filter { $0.otherWords <= 1 }.map(\.stamp)
    if let first = aside.first, aside.allSatisfy({ $0.date == first.date }) { return first }
    return outline.blocks.lazy.filter { $0.marks.contains(.caption) && $0.marks.isDisjoint(with: Self.beside) }
      .prefix(40).compactMap { date($0.text) }.first { $0.otherWords == 0 }?.stamp
  }

  // MARK: Zone

  /// The same instant with the offset that the page shows: a `time` element with the same instant and an offset, or a local
  /// time as far away as a zone is; or, where it shows another day than that of UTC, the offset of its country, when there it
  /// was that day.
  private func zoned(_ stamp: PartialTimestamp, near region: Region, headline: String) -> PartialTimestamp {
    guard stamp.offsetMinutes == 0, stamp.timeOfDay != nil else { return stamp }
    let utc = stamp.instant(assumingOffsetMinutes: 0).milliseconds / 60_000
    let end = region.ranges.last?.upperBound ?? 0
    let declared = ["sailthru.date", "article_date_original", "pubdate", "date", "pub_date"].compactMap {
      meta[$0].flatMap(timestamp)
    }
    let near = blocksNearHeadline(region, headline).compactMap { index -> PartialTimestamp? in
      let block = outline.blocks[index]
      return block.weight < 160 ? WrittenDate(in: block.text, language: meta.language)?.stamp : nil
    }
    let start = home(of: region)
    let all = shownTimes(in: start..<max(start, end))
    let times = (all.filter { !$0.isLoose } + all.filter(\.isLoose)).map(\.stamp)
    for shown in declared + times + near where shown.timeOfDay != nil {
      let local = shown.instant(assumingOffsetMinutes: 0).milliseconds / 60_000
      let difference = shown.offsetMinutes ?? (local - utc)
      guard difference != 0, HomeZone.isOffset(difference) else { continue }
      if let offset = shown.offsetMinutes, local != utc, local + offset != utc { continue }
      let moved = PartialTimestamp(
        instant: stamp.instant(assumingOffsetMinutes: 0), offsetMinutes: difference)
      return moved ?? stamp
    }
    let instant = stamp.instant(assumingOffsetMinutes: 0)
    let offset = addresses.lazy.compactMap { try? WebURL($0) }.compactMap {  // what is no address names no country
      HomeZone.offset(host: $0.host, at: instant)
    }.first
    guard let offset, let local = PartialTimestamp(instant: instant, offsetMinutes: offset), local.date != stamp.date
    else { return stamp }
    let days = (times + near + addresses.compactMap { Self.day(inURL: $0) }).map(\.date)
    return days.contains(local.date) && !days.contains(stamp.date) ? local : stamp
  }
}

extension PartialTimestamp {
  /// An instant as a clock with that offset shows it; nil where that falls outside the years that can be written.
  fileprivate init?(instant: Instant, offsetMinutes: Int64) {
    let local = instant.milliseconds + offsetMinutes * 60_000
    let (days, inDay) = (local / 86_400_000, local % 86_400_000)
    guard local >= 0 else { return nil }
    self.init(date: CivilDate(daysSinceEpoch: days), timeOfDay: inDay, offsetMinutes: offsetMinutes)
  }
}
