/// Elements by the instant when they are due: a binary heap.
struct TimeQueue<Element> {
  private var heap: [(due: ContinuousClock.Instant, element: Element)] = []

  /// When the first is due.
  var firstDue: ContinuousClock.Instant? { heap.first?.due }

  mutating func append(_ element: Element, due: ContinuousClock.Instant) {
    heap.append((due, element))
    var child = heap.count - 1
    while child > 0, heap[child].due < heap[(child - 1) / 2].due {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The first, if it is due by then.
  mutating func popFirst(dueBy now: ContinuousClock.Instant) -> Element? {
    guard let first = heap.first, first.due <= now else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first.element }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].due < heap[least].due {
        least = child
      }
      if least == parent { return first.element }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  mutating func removeAll() { heap = [] }
}
