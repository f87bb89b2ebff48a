// The rules of which body another is coded against, and the order in which chains are read.
import Testing

@testable import Storage

struct BaseChoiceTests {
  @Test func `a chain ends when its path is used up, and the next branch starts half way`() {
    let size = 200_000
    var path = BaseChoice.path(size: size, over: nil)
    var chain = [path]
    while BaseChoice.admits(path: path, size: size, .thorough) {
      path = BaseChoice.path(size: size, over: path)
      chain.append(path)
    }
    #expect(path <= BaseChoice.pathOctets)
    #expect(chain.count > 60)
    let resting = BaseChoice.resting(on: chain.reversed(), size: size, .thorough) { $0 }
    #expect(resting.map { (8 << 20)...(9 << 20) ~= $0 } == true)
  }

  @Test func `bodies of no size at all still end a chain`() {
    #expect(links(size: 0, .thorough) == 288)
    #expect(links(size: 0, .quick) == 8)
  }

  @Test func `as they come in, small bodies end a chain sooner, so that an article's last one is near`() {
    #expect((8...10).contains(links(size: 2_000, .quick)))
    #expect((40...60).contains(links(size: 200_000, .quick)))
    #expect(links(size: 1_000_000, .quick) == links(size: 1_000_000, .thorough))
  }

  /// How many bodies of a size may stand on each other.
  private func links(size: Int, _ effort: CodedBody.Effort) -> Int {
    var (path, links) = (BaseChoice.path(size: size, over: nil), 1)
    while BaseChoice.admits(path: path, size: size, effort) {
      (path, links) = (BaseChoice.path(size: size, over: path), links + 1)
    }
    return links
  }

  @Test func `a large body may be coded against a few others although its path is longer than most`() {
    let size = 20 << 20
    let alone = BaseChoice.path(size: size, over: nil)
    #expect(BaseChoice.admits(path: alone, size: size, .quick))
    #expect(!BaseChoice.admits(path: 4 * size, size: size, .quick))
    #expect(!BaseChoice.fits(base: 60 << 20, size: 10 << 20))
  }

  @Test func `a whole body is the base when no other is near enough`() {
    let long = 40 << 20
    #expect(BaseChoice.resting(on: [long, long / 2, 1 << 20], size: 1000, .thorough) { $0 } == 1 << 20)
    #expect(BaseChoice.resting(on: [long, long], size: 1000, .thorough) { $0 } == nil)
  }

  @Test func `a sibling leaves most of the path to the article's own history`() {
    #expect(BaseChoice.sibling(on: [20 << 20, 10 << 20, 4 << 20, 1 << 20], size: 100_000, .thorough) { $0 } == 4 << 20)
    #expect(BaseChoice.sibling(on: [20 << 20], size: 100_000, .thorough) { $0 } == nil)
  }

  @Test func `the predecessor is kept unless another base is clearly better`() {
    #expect(BaseChoice.best([1000, 960], even: false) == 0)
    #expect(BaseChoice.best([1000, 940, 930], even: false) == 2)
    #expect(BaseChoice.best([1000, 999], even: true) == 1)
    #expect(BaseChoice.best([], even: true) == nil)
  }

  @Test func `a sketch tells a page of the same template from another`() {
    let template = Array((0..<4_000).map { "<li>entry number \($0 * 7919 % 4001)</li>" }.joined().utf8)
    let page = BodySketch(template + Array("one article about rivers".utf8))
    let sibling = BodySketch(template + Array("another, about mountains".utf8))
    let stranger = BodySketch(Array((0..<4_000).map { "row \($0 * 31 % 4001) of a table; " }.joined().utf8))
    #expect(page.shared(with: sibling) > 50)
    #expect(page.shared(with: stranger) == 0)
    #expect(page.shared(with: page) == page.hashes.count)
    #expect(page.hashes == page.hashes.sorted())
    #expect(BodySketch([]).hashes.isEmpty)
    #expect(BodySketch([UInt8](repeating: 1, count: 32)).hashes.count == 1)
  }
}

struct ChainOrderTests {
  /// Follows the steps and gives the largest number of bases held at once.
  private func held(_ bases: [Int?]) -> Int {
    var holding: Set<Int> = []
    var seen: Set<Int> = []
    var most = 0
    for step in ChainOrder(bases: bases).steps {
      #expect(seen.insert(step.body).inserted)
      #expect(step.base == bases[step.body])
      if let base = step.base {
        #expect(holding.contains(base))
        if step.releasesBase { holding.remove(base) }
      }
      if step.isBase { holding.insert(step.body) }
      most = max(most, holding.count)
    }
    #expect(seen.count == bases.count)
    #expect(holding.isEmpty)
    return most
  }

  @Test func `a long chain is read with one base at hand`() {
    #expect(held([nil] + (0..<10_000).map { $0 }) == 1)
  }

  @Test func `any forest is read once, with few bases at hand`() {
    var state: UInt64 = 42
    for count in [0, 1, 2, 3, 10, 1000] {
      for spread in [1, 3, 50] {
        let bases: [Int?] = (0..<count).map { place in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let back = Int(state >> 33) % spread + 1
          return state >> 60 == 0 || back > place ? nil : place - back
        }
        #expect(held(bases) <= 11)
      }
    }
  }

  @Test func `a base that cannot be is taken for none`() {
    let order = ChainOrder(bases: [1, 1, 7, -1])
    #expect(order.steps.count == 4)
    #expect(order.steps.allSatisfy { $0.base == nil })
  }
}
