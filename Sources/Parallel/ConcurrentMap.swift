import Dispatch

/// Work on all cores for pure functions of array elements. Blocks the caller; the order of results is that of the elements.
extension Array where Element: Sendable {
  /// Applies a function to every element.
  public func concurrentMap<T: Sendable>(_ transform: @Sendable (Element) -> T) -> [T] {
    concurrentMap(makingContext: { () }) { element, _ in transform(element) }
  }

  /// Applies a function to every element, with a context made once a worker (buffers, parsers).
  public func concurrentMap<T: Sendable, Context>(
    makingContext: @Sendable () -> Context, _ transform: @Sendable (Element, Context) -> T
  ) -> [T] {
    guard count > 1 else { return map { transform($0, makingContext()) } }
    // Strips of a few elements, handed out as workers come free, so that one huge element does not hold up a whole half.
    let next = StripCounter()
    let workers = Swift.min(count, ProcessorCount.available)
    var results = [T?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      let out = DisjointWrites(base: buffer)
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        let context = makingContext()
        while let i = next.take(below: count) { out.base[i] = transform(self[i], context) }
      }
    }
    return results.compactMap(\.self)
  }
}

/// Each worker writes only the elements it took from the counter.
// no element is written twice: StripCounter gives each index once
private struct DisjointWrites<T>: @unchecked Sendable {
  let base: UnsafeMutableBufferPointer<T>
}
