import Diffing
import Model

/// The part of a compared text that stands on a page, inline or side by side.
struct CompareText {
  let flow: CompareFlow
  let window: CompareWindow
  let edits: [Edit]
  /// The numbers of the two revisions.
  let old, new: Int

  /// One text, read from top to bottom.
  var inline: HTML {
    var out = HTML()
    for run in window.runs {
      if run.skipped > 0 { out += fold(run.skipped) }
      for i in run.units {
        let unit = flow.units[i]
        out += BlockHTML.open(unit.kind)
        for (n, piece) in unit.pieces.enumerated() {
          if n > 0, piece.follows || unit.pieces[n - 1].new == nil { out += " " }
          out += inline(piece)
        }
        out += BlockHTML.close(unit.kind)
      }
    }
    if window.skippedAtEnd > 0 { out += fold(window.skippedAtEnd) }
    return out
  }

  private func inline(_ piece: CompareFlow.Piece) -> HTML {
    guard let n = piece.edit else { return EditsHTML.lines(piece.new ?? "") }
    let id = n + 1
    let sign: HTML = "<a class=\"sign\" href=\"#e\(id)\" aria-label=\"Edit \(id)\">\(id)</a>"
    switch piece.kind {
    case .same: return EditsHTML.lines(piece.new ?? "")
    case .added: return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(EditsHTML.inserted(piece.new ?? ""))</span>"
    case .deleted: return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(EditsHTML.deleted(piece.old ?? ""))</span>"
    case .reworded:
      let runs = wordRuns(from: piece.old ?? "", to: piece.new ?? "")
      let from: HTML =
        edits[n].isMoved && edits[n].beforeRange != nil
        ? "<a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from here</a> " : ""
      return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(from)\(EditsHTML.both(runs))</span>"
    case .movedHere:
      return """
        <span class="edit" id="e\(id)">\(sign)<a class="from" lang="en" dir="ltr" href="#from\(id)">moved from elsewhere</a> \
        <span class="moved">\(EditsHTML.lines(piece.new ?? ""))</span></span>
        """
    case .movedAway:
      return """
        <span class="away" id="from\(id)"><a class="from" lang="en" dir="ltr" href="#e\(id)">moved, see edit \(id)</a> \
        <span class="moved">\(clipped(piece.old ?? "", to: 80))</span></span>
        """
    case .layout:
      return
        "<span class=\"edit layout\" id=\"e\(id)\">\(sign)<span lang=\"en\" dir=\"ltr\">¶ cut otherwise</span></span> "
    }
  }

  /// Both revisions, block by block.
  var table: HTML {
    var rows = HTML()
    for run in window.runs {
      if run.skipped > 0 { rows += "<tr class=\"skipped\"><td colspan=\"2\">\(fold(run.skipped))</td></tr>\n" }
      for i in run.units {
        let unit = flow.units[i]
        rows +=
          "<tr class=\"kind-\(unit.kind.rawValue)\(unit.isChanged ? "" : " same")\"><td>\(side(unit, .deleted))</td><td>\(side(unit, .inserted))</td></tr>\n"
      }
    }
    if window.skippedAtEnd > 0 {
      rows += "<tr class=\"skipped\"><td colspan=\"2\">\(fold(window.skippedAtEnd))</td></tr>\n"
    }
    return """
      <table class="sides"><caption class="aid">Both revisions, block by block</caption>
      <thead><tr><th scope="col" lang="en" dir="ltr">Before: revision \(old)</th>\
      <th scope="col" lang="en" dir="ltr">After: revision \(new)</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      """
  }

  private func side(_ unit: CompareFlow.Unit, _ change: WordRun.Change) -> HTML {
    let isOld = change == .deleted
    var out = HTML()
    for piece in unit.pieces {
      let shown: HTML?
      let id = (piece.edit ?? 0) + 1
      switch piece.kind {
      case .same: shown = EditsHTML.lines(piece.new ?? "")
      case .added:
        shown = isOld ? nil : "<span class=\"edit\" id=\"e\(id)\">\(EditsHTML.inserted(piece.new ?? ""))</span>"
      case .deleted:
        shown = isOld ? "<span class=\"edit\" id=\"e\(id)\">\(EditsHTML.deleted(piece.old ?? ""))</span>" : nil
      case .reworded:
        let runs = EditsHTML.side(wordRuns(from: piece.old ?? "", to: piece.new ?? ""), change)
        let isMoved = edits[id - 1].isMoved && edits[id - 1].beforeRange != nil
        if isOld {
          shown = isMoved ? nil : runs
        } else {
          shown =
            "<span class=\"edit\" id=\"e\(id)\">\(isMoved ? "<a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from here</a> " as HTML : "")\(runs)</span>"
        }
      case .movedHere:
        shown =
          isOld
          ? nil
          : "<span class=\"edit\" id=\"e\(id)\"><a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from elsewhere</a> <span class=\"moved\">\(EditsHTML.lines(piece.new ?? ""))</span></span>"
      case .movedAway:
        shown =
          isOld
          ? "<span class=\"away\" id=\"from\(id)\"><a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#e\(id)\">moved, see edit \(id)</a> <span class=\"moved\">\(EditsHTML.lines(piece.old ?? ""))</span></span>"
          : nil
      case .layout:
        shown = isOld ? nil : "<span class=\"edit layout\" lang=\"en\" dir=\"ltr\" id=\"e\(id)\">¶ cut otherwise</span>"
      }
      guard let shown else { continue }
      if !out.isEmpty { out += " " }
      out += shown
    }
    return out
  }

  private func fold(_ count: Int) -> HTML {
    "<p class=\"fold\" lang=\"en\" dir=\"ltr\">\(Words.count(count, "block")) unchanged</p>\n"
  }
}
