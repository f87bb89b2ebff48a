import Testing

@testable import Fetching

/// The queues that requests wait in.
@Suite struct HostQueuesTests {
  @Test func `a queue keeps its order through any mixture of steps`() {
    var queue = FIFO<Int>()
    var model: [Int] = []
    var number: UInt32 = 7
    for step in 0..<5000 {
      number = number &* 1_664_525 &+ 1_013_904_223
      if number >> 24 < 130 {
        queue.append(step)
        model.append(step)
      } else {
        #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
      }
      #expect(queue.isEmpty == model.isEmpty)
      #expect(queue.count == model.count)
    }
  }

  @Test func `what is due comes by its time, and nothing before`() {
    var queue = TimeQueue<Int>()
    let start = ContinuousClock.now
    var number: UInt32 = 7
    var dues: [Int] = []
    for _ in 0..<500 {
      number = number &* 1_664_525 &+ 1_013_904_223
      dues.append(Int(number >> 22))
      queue.append(dues[dues.count - 1], due: start + .milliseconds(dues[dues.count - 1]))
    }
    dues.sort()
    #expect(queue.firstDue == start + .milliseconds(dues[0]))
    #expect(queue.popFirst(dueBy: start - .milliseconds(1)) == nil)
    var popped: [Int] = []
    while let next = queue.popFirst(dueBy: start + .milliseconds(511)) { popped.append(next) }
    #expect(popped == dues.filter { $0 <= 511 })
    while let next = queue.popFirst(dueBy: start + .seconds(2)) { popped.append(next) }
    #expect(popped == dues)
  }
}
