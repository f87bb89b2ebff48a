import Testing

@testable import Fetching

/// The order in which waiting fetches start.
@Suite struct HostQueuesTests {
  @Test func `hosts take turns, and each is first come, first served`() {
    var queues = HostQueues<Int>(perHost: 10)
    for i in 1...3 { queues.append(i, host: "a") }
    for i in 11...12 { queues.append(i, host: "b") }
    #expect((0..<6).map { _ in queues.popFirst() } == [1, 11, 2, 12, 3, nil])
  }

  @Test func `a full host waits until one of its own has ended`() {
    var queues = HostQueues<Int>(perHost: 1)
    for i in 1...3 { queues.append(i, host: "a") }
    #expect(queues.popFirst() == 1)
    #expect(queues.popFirst() == nil)
    queues.finished(host: "a")
    #expect(queues.popFirst() == 2)
    #expect(queues.popFirst() == nil)
    queues.prepend(9, host: "a")
    queues.finished(host: "a")
    #expect(queues.popFirst() == 9)
    #expect(queues.removeAll() == [3])
    queues.finished(host: "a")
    #expect(queues.popFirst() == nil)
  }

  @Test func `a queue keeps its order through any mixture of steps`() {
    var queue = FIFO<Int>()
    var model: [Int] = []
    var number: UInt32 = 7
    for step in 0..<5000 {
      number = number &* 1_664_525 &+ 1_013_904_223
      switch number >> 24 {
      case 0..<120:
        queue.append(step)
        model.append(step)
      case 120..<130:
        queue.prepend(step)
        model.insert(step, at: 0)
      default:
        #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
      }
      #expect(queue.isEmpty == model.isEmpty)
    }
  }
}
