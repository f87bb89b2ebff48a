/// A regular expression whose matching takes steps proportional to the text, whatever the expression: all its alternatives
/// are followed at once (K. Thompson, CACM 11(6), 1968; R. Cox, "Regular Expression Matching Can Be Simple And Fast").
///
/// Of the common syntax it knows literals, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ?`, `{m,n}`, `^`
/// and `$`. Back-references, look-around, flags and word boundaries it refuses. It works on octets.
struct TextPattern: Sendable {
  /// Why a pattern is none.
  struct Invalid: Error, Hashable, Sendable {
    let reason: String
  }

  /// Longest pattern, and most instructions it may take.
  static let longest = 500
  static let mostInstructions = 2000

  private enum Instruction: Sendable {
    case octet(Int)
    case split(Int, Int)
    case jump(Int)
    case start, end, match
  }

  private var program: [Instruction] = []
  private var sets: [OctetSet] = []

  init(_ pattern: String) throws(Invalid) {
    let octets = Array(pattern.utf8)
    guard octets.count <= Self.longest else { throw Invalid(reason: "longer than \(Self.longest) octets") }
    var reader = PatternReader(octets)
    let node = try reader.alternatives(depth: 0)
    guard reader.isAtEnd else { throw Invalid(reason: "a closing bracket without an opening one") }
    try emit(node)
    program.append(.match)
  }

  /// Whether it matches from the text's first octet on: to its last one if `whole`, else to any.
  /// - Parameter budget: steps that may be taken; what is left is given back. Out of steps, the answer is nil.
  func matches(_ text: some Collection<UInt8>, whole: Bool, budget: inout Int) -> Bool? {
    var (current, next) = (StateSet(program.count), StateSet(program.count))
    add(0, to: &current, isStart: true, isEnd: text.isEmpty)
    var index = 0
    let count = text.count
    for octet in text {
      budget -= current.members.count + 1
      guard budget > 0 else { return nil }
      if !whole, current.holdsMatch { return true }
      if current.members.isEmpty { return false }
      index += 1
      next.removeAll()
      for state in current.members {
        if case .octet(let set) = program[state], sets[set].contains(octet) {
          add(state + 1, to: &next, isStart: false, isEnd: index == count)
        }
      }
      swap(&current, &next)
    }
    return current.holdsMatch
  }

  /// Follows what consumes nothing.
  private func add(_ state: Int, to set: inout StateSet, isStart: Bool, isEnd: Bool) {
    var open = [state]
    while let state = open.popLast() {
      guard set.insert(state) else { continue }
      switch program[state] {
      case .octet: break
      case .match: set.holdsMatch = true
      case .jump(let to): open.append(to)
      case .split(let a, let b): open += [b, a]
      case .start: if isStart { open.append(state + 1) }
      case .end: if isEnd { open.append(state + 1) }
      }
    }
  }

  private struct StateSet {
    var members: [Int] = []
    var isMember: [Bool]
    var holdsMatch = false

    init(_ count: Int) { isMember = Array(repeating: false, count: count) }

    mutating func insert(_ state: Int) -> Bool {
      guard !isMember[state] else { return false }
      isMember[state] = true
      members.append(state)
      return true
    }

    mutating func removeAll() {
      for state in members { isMember[state] = false }
      members.removeAll(keepingCapacity: true)
      holdsMatch = false
    }
  }

  // MARK: compiling

  private mutating func emit(_ node: PatternNode) throws(Invalid) {
    guard program.count < Self.mostInstructions else {
      throw Invalid(reason: "takes more than \(Self.mostInstructions) steps")
    }
    switch node {
    case .octet(let set):
      sets.append(set)
      program.append(.octet(sets.count - 1))
    case .start: program.append(.start)
    case .end: program.append(.end)
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .alternatives(let nodes):
      var jumps: [Int] = []
      for (i, node) in nodes.enumerated() {
        let split = program.count
        if i + 1 < nodes.count { program.append(.split(0, 0)) }
        try emit(node)
        guard i + 1 < nodes.count else { break }
        jumps.append(program.count)
        program.append(.jump(0))
        program[split] = .split(split + 1, program.count)
      }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repeated(let node, let least, let most):
      for _ in 0..<least { try emit(node) }
      guard let most else {
        let split = program.count
        program.append(.split(0, 0))
        try emit(node)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<most {
        splits.append(program.count)
        program.append(.split(0, 0))
        try emit(node)
      }
      for split in splits { program[split] = .split(split + 1, program.count) }
    }
  }
}
