/// Findings held against the answer key.
struct Marking: Sendable {
  /// When a stage's `stet sync` began and ended, RFC 3339 in UTC with milliseconds, which sorts as text.
  struct Pass: Sendable {
    let began: String
    let ended: String
  }

  /// Edits of the key that were found.
  private(set) var editsFound = 0
  /// Edits of the key that were not found.
  private(set) var missed: [String] = []
  /// Edits and revisions that were found and that nobody made.
  private(set) var invented: [String] = []
  /// Anything else that is other than the key says.
  private(set) var wrong: [String] = []

  var isFlawless: Bool { missed.isEmpty && invented.isEmpty && wrong.isEmpty }

  /// `passes` has one for each stage.
  init(_ findings: Findings, against key: AnswerKey, passes: [Pass]) {
    for wanted in key.articles {
      guard let found = findings.articles[wanted.article] else {
        wrong.append("\(wanted.article): Stet does not know it")
        continue
      }
      mark(found, against: wanted, passes: passes)
    }
  }

  private mutating func mark(_ found: Findings.Article, against wanted: AnswerKey.Article, passes: [Pass]) {
    let name = wanted.article
    let captures = found.captures.map { "\($0.status) \($0.verdict ?? "-")" }
    if captures != wanted.captures {
      wrong.append("\(name): captures are \(captures), wanted \(wanted.captures)")
    }
    for (index, revision) in wanted.revisions.enumerated() {
      guard index < found.revisions.count else {
        missed += revision.edits.map { "\(name), revision \(index + 1): \($0)" }
        if revision.edits.isEmpty { wrong.append("\(name): no revision at all") }
        continue
      }
      let row = found.revisions[index]
      if row.headline != revision.headline {
        wrong.append("\(name), revision \(index + 1): headline is “\(row.headline)”, wanted “\(revision.headline)”")
      }
      markInterval(row.since, of: "\(name), revision \(index + 1)", stage: revision.stage, passes: passes)
      mark(found.edits[index], against: revision.edits, of: "\(name), revision \(index + 1)")
    }
    for (row, edits) in zip(found.revisions, found.edits).dropFirst(wanted.revisions.count) {
      invented.append("\(name): revision \(row.revision), \(edits.map(\.description).joined(separator: "; "))")
    }
  }

  /// A revision came by the pass of its stage, and after one that was before.
  private mutating func markInterval(
    _ since: Findings.Revision.Interval, of name: String, stage: Int, passes: [Pass]
  ) {
    guard passes.indices.contains(stage) else { return }
    let pass = passes[stage]
    let by = since.by >= pass.began && since.by <= pass.ended
    let after = since.after.map { $0 < pass.began } ?? (stage == 0)
    if !by || !after {
      wrong.append(
        "\(name): dated (\(since.after ?? "-"), \(since.by)], wanted within stage \(stage), from \(pass.began)")
    }
  }

  private mutating func mark(_ found: [Findings.Edit], against wanted: [AnswerKey.Edit], of name: String) {
    var left = found
    for edit in wanted {
      if let at = left.firstIndex(where: { edit.matches($0) }) {
        left.remove(at: at)
        editsFound += 1
      } else {
        missed.append("\(name): \(edit)")
      }
    }
    invented += left.map { "\(name): \($0)" }
  }
}

extension AnswerKey.Edit {
  /// Same action, class and part, and the wordings hold the fragments.
  func matches(_ found: Findings.Edit) -> Bool {
    func holds(_ text: String?, _ fragment: String?) -> Bool {
      guard let text, let fragment else { return text == nil && fragment == nil }
      return text.contains(fragment)
    }
    return action == found.action && self.class == found.class && part == found.part
      && holds(found.before, before) && holds(found.after, after)
  }
}
