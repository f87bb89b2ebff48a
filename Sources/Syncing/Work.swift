import Model
import Storage

/// One thing that a pass asks for.
enum Work: Sendable {
  case article(DueFetch)
  indirect case poll(DuePoll)

  var url: String {
    switch self {
    case .article(let due): due.url
    case .poll(let poll): poll.url
    }
  }

  var source: Int64? {
    switch self {
    case .article(let due): due.source
    case .poll(let poll): poll.source
    }
  }
}

/// What a pass has still to ask for, round by round: what one round discovers is fetched by the next.
struct Rounds {
  private let store: Store
  private let planner: Planner
  private let only: @Sendable (String) -> Bool
  private var selection: DueSelection
  private var isFirst = true
  /// Articles that may still be fetched.
  private var left: Int
  private var articles: Set<Int64> = []
  private var sources: Set<Int64> = []

  init(
    _ selection: DueSelection, limit: Int?, store: Store, planner: Planner, only: @escaping @Sendable (String) -> Bool
  ) {
    (self.store, self.planner, self.only, self.selection, left) = (store, planner, only, selection, limit ?? .max)
  }

  /// The next round; empty when there is nothing left to ask.
  mutating func next(now: Instant) throws(StorageError) -> [Work] {
    defer { isFirst = false }
    if !isFirst { selection = selection.followUp(by: now) }
    let polls = try store.duePolls(selection).filter { !sources.contains($0.source) && only($0.url) }
    let due = try store.due(selection).filter { !articles.contains($0.article) && only($0.url) }
    let chosen = planner.chosen(due, limit: left, now: now)
    left -= chosen.count
    sources.formUnion(polls.map(\.source))
    articles.formUnion(chosen.map(\.article))
    return polls.map(Work.poll) + chosen.map(Work.article)
  }
}

extension DueSelection {
  /// What became due since, of what the first round selected.
  fileprivate func followUp(by now: Instant) -> DueSelection {
    switch self {
    case .due, .all: .due(by: now, slack: 0)
    case .named(_, let sources, _): .named(articles: [], sources: sources, by: now)
    }
  }
}
