import Model
import Storage

/// An article's life drawn to the scale of time: its revisions, and the checks, captures and walls by which they are known.
struct TimelinePicture {
  let timeline: ArticleTimeline
  /// A revision's bar leads there; for the pointer alone, since the table below has the same links for keys and ears.
  let href: (Int) -> String?

  private static let (width, left, right) = (960, 96, 948)
  /// Steps of time that marks are summed up in.
  static let steps = 160
  static let revisions = 80

  private static let lanes: [(title: HTML, kinds: [ArticleTimeline.Kind], y: Int)] = [
    ("Captures", [.article, .other], 66), ("Walls", [.wall], 98), ("Checks", [.check, .failure], 130),
  ]

  func html(_ site: Site) -> HTML {
    let axis = TimeAxis(first: timeline.first, last: timeline.last, left: Self.left, right: Self.right)
    let isChecked = timeline.totals[.check] != nil || timeline.totals[.failure] != nil
    let bottom = isChecked ? 148 : 116
    var out: HTML = """
      <svg class="timeline" viewBox="0 0 \(Self.width) \(bottom + 28)" role="img" aria-labelledby="timeline-title timeline-text">
      <title id="timeline-title">Timeline</title><desc id="timeline-text">\(summary(site))</desc>

      """
    for tick in axis.ticks {
      let x = axis.x(tick.at)
      out +=
        "<path class=\"grid\" d=\"M\(x) 18V\(bottom)\"/><text class=\"tick\" x=\"\(x)\" y=\"\(bottom + 18)\" text-anchor=\"middle\">\(tick.label)</text>\n"
    }
    out += "<text class=\"lane\" x=\"0\" y=\"37\">Revisions</text>\n"
    out += bars(axis)
    // What was imported came without checks.
    for lane in Self.lanes where isChecked || lane.y < bottom - 10 {
      out +=
        "<text class=\"lane\" x=\"0\" y=\"\(lane.y + 5)\">\(lane.title)</text><path class=\"rule\" d=\"M\(Self.left) \(lane.y)H\(Self.right)\"/>\n"
      for kind in lane.kinds { out += marks(kind, lane.y, axis) }
    }
    return """
      <figure class="picture"><div class="scroll" role="region" aria-label="Timeline, to be scrolled sideways" tabindex="0">
      \(out + "</svg>")
      </div>
      <figcaption class="legend"><span class="key key-article">capture of the article</span> <span class="key key-wall">wall or error instead</span>\
      \(isChecked ? " <span class=\"key key-check\">check</span> <span class=\"key key-failure\">failed check</span>" as HTML : "")</figcaption></figure>
      \(table(site))

      """
  }

  private func bars(_ axis: TimeAxis) -> HTML {
    var out = HTML()
    let revisions = timeline.revisions
    for (i, revision) in revisions.enumerated() {
      let start = axis.tenths(revision.from)
      let end = i + 1 < revisions.count ? axis.tenths(revisions[i + 1].from) : axis.tenths(timeline.last)
      let sure = max(axis.tenths(revision.to), start + 20)
      let bar: HTML = """
        <rect class="perhaps" x="\(TimeAxis.written(start))" y="22" width="\(TimeAxis.written(max(20, end - start)))" height="22"/>\
        <rect class="bar\(revision.ordinal % 2 == 0 ? " even" as HTML : "")" x="\(TimeAxis.written(start))" y="22" width="\(TimeAxis.written(sure - start))" height="22"/>
        """
      let number: HTML =
        end - start > 180 || (i == revisions.count - 1 && Self.right * 10 - start > 160)
        ? "<text class=\"ordinal\(sure - start > 180 ? "" : " pale")\" x=\"\(TimeAxis.written(start + 50))\" y=\"37\">\(revision.ordinal)</text>"
        : ""
      let drawn: HTML = "<g><title>Revision \(revision.ordinal)</title>\(bar)\(number)</g>"
      out +=
        href(revision.ordinal).map { "<a href=\"\($0)\" tabindex=\"-1\" aria-hidden=\"true\">\(drawn)</a>\n" }
        ?? drawn
    }
    return out
  }

  /// All marks of a kind as one path: many of them are small.
  private func marks(_ kind: ArticleTimeline.Kind, _ y: Int, _ axis: TimeAxis) -> HTML {
    let places = timeline.marks.filter { $0.kind == kind }.map { axis.tenths($0.from) }
    guard !places.isEmpty else { return "" }
    var path = ""
    for place in places {
      let x = TimeAxis.written(place)
      switch kind {
      case .article: path += "M\(x) \(y - 8)v16"
      case .other: path += "M\(x) \(y - 3)v6"
      case .wall: path += "M\(x) \(y - 7)l6 7l-6 7l-6 -7z"
      case .check: path += "M\(x) \(y - 4)v8"
      case .failure: path += "M\(TimeAxis.written(place - 50)) \(y - 5)l10 10m-10 0l10 -10"
      }
    }
    return "<path class=\"mark mark-\(kind.rawValue)\" d=\"\(path)\"/>\n"
  }

  private func summary(_ site: Site) -> HTML {
    let counts = ArticleTimeline.Kind.allCases.compactMap { kind in
      timeline.totals[kind].map { Self.words(kind, $0) }
    }
    return
      "\(counts.joined(separator: ", ")), from \(Words.day(timeline.first)), \(Words.clock(timeline.first)), to \(Words.day(timeline.last)), \(Words.clock(timeline.last)) UTC. The table below says the same."
  }

  private static func words(_ kind: ArticleTimeline.Kind, _ count: Int) -> String {
    switch kind {
    case .check: Words.count(count, "answered check")
    case .failure: Words.count(count, "failed check")
    case .article: Words.count(count, "capture of the article", "captures of the article")
    case .wall: Words.count(count, "capture of something else", "captures of something else")
    case .other: Words.count(count, "redirect or unread capture", "redirects or unread captures")
    }
  }

  /// The same for who does not see the picture: what followed what, alike things in a row as one.
  private func table(_ site: Site) -> HTML {
    var runs: [ArticleTimeline.Mark] = []
    for mark in timeline.marks.sorted(by: { ($0.from, $0.kind.rawValue) < ($1.from, $1.kind.rawValue) }) {
      if let at = runs.lastIndex(where: { $0.kind == mark.kind }), at >= runs.count - 2 {
        runs[at] = ArticleTimeline.Mark(
          kind: mark.kind, from: runs[at].from, to: max(runs[at].to, mark.to), count: runs[at].count + mark.count)
      } else {
        runs.append(mark)
      }
    }
    let shown = runs.suffix(60)
    let rows: [HTML] = shown.map { run in
      "<tr><td>\(site.time(run.from))</td><td>\(run.from == run.to ? "" : site.time(run.to))</td><td>\(Self.words(run.kind, run.count))</td></tr>\n"
    }
    let left: HTML = runs.count > shown.count ? "<p class=\"quiet\">The last 60 of \(runs.count) rows.</p>" : ""
    return """
      <details class="alternative"><summary>The timeline as a table</summary>
      <div class="scroll" role="region" aria-label="The timeline as a table" tabindex="0"><table class="list"><thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">What</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>\(left)</details>
      """
  }
}
