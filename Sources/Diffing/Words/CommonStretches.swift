/// What two long wordings have in common, found by pieces of some words: a sentence of megabytes takes no more memory
/// than what changed in it.

import Model

/// Long stretches that are the same in both, in order, as ranges of bytes that begin and end where tokens do whatever
/// comes before and after them. None in texts too short to be worth it.
///
/// A piece ends after a word whose hash ends in four zeros (the content-defined cutting of U. Manber, "Finding similar
/// files in a large file system", 1994), so that an edit changes the cut only nearby; pieces are aligned like words.
/// Of several in a row that match, the first and the last are left out: what stands beside a change.
func commonStretches(_ old: [UInt8], _ new: [UInt8]) -> [(old: Range<Int>, new: Range<Int>)] {
  guard min(old.count, new.count) >= leastOctets else { return [] }
  let (oldEnds, newEnds) = (pieceEnds(old), pieceEnds(new))
  var numbers: [UInt64: Int32] = [:]
  let (oldNumbers, newNumbers) = (number(old, oldEnds, &numbers), number(new, newEnds, &numbers))
  var budget = WorkBudget(20_000_000)
  let match = align(oldNumbers, newNumbers, &budget)
  func range(_ ends: [Int], _ pieces: Range<Int>) -> Range<Int> {
    (pieces.lowerBound == 0 ? 0 : ends[pieces.lowerBound - 1])..<ends[pieces.upperBound - 1]
  }
  var out: [(old: Range<Int>, new: Range<Int>)] = []
  var i = 0
  while i < match.count {
    let start = i
    i += 1
    guard match[start] >= 0 else { continue }
    while i < match.count, match[i] == match[i - 1] + 1 { i += 1 }
    guard i - start > 2 else { continue }
    let first = Int(match[start])
    let (from, to) = (
      range(oldEnds, (start + 1)..<(i - 1)), range(newEnds, (first + 1)..<(first + i - start - 1))
    )
    // Equal hashes are no proof.
    let areEqual = old.withUnsafeBytes { old in
      new.withUnsafeBytes {
        equalBytes(UnsafeRawBufferPointer(rebasing: old[from]), UnsafeRawBufferPointer(rebasing: $0[to]))
      }
    }
    if areEqual { out.append((from, to)) }
  }
  return out
}

private let leastOctets = 1 << 16

private func number(_ bytes: [UInt8], _ ends: [Int], _ numbers: inout [UInt64: Int32]) -> [Int32] {
  bytes.withUnsafeBufferPointer { buffer in
    var start = 0
    return ends.map { end in
      defer { start = end }
      let hash = Interner.hash(UnsafeBufferPointer(rebasing: buffer[start..<end]))
      let number = numbers[hash] ?? Int32(truncatingIfNeeded: numbers.count)
      numbers[hash] = number
      return number
    }
  }
}

/// Cuts only at a space between two letters: there a token ends in every neighbourhood.
private func pieceEnds(_ bytes: [UInt8]) -> [Int] {
  var ends: [Int] = []
  bytes.withUnsafeBufferPointer { bytes in
    var hash: UInt64 = 0
    for i in bytes.indices {
      if bytes[i] != 32 {
        hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01B3  // FNV-1a
        continue
      }
      if hash >> 20 & 15 == 0, isLetterBeside(bytes, space: i) { ends.append(i + 1) }
      hash = 0xCBF2_9CE4_8422_2325
    }
  }
  if ends.last != bytes.count { ends.append(bytes.count) }
  return ends
}

/// Whether letters of ASCII, or of the Latin, Greek or Cyrillic that takes two bytes, stand on both sides.
private func isLetterBeside(_ bytes: UnsafeBufferPointer<UInt8>, space: Int) -> Bool {
  guard space >= 2, space + 1 < bytes.count else { return false }
  func isLead(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC3...0xC9, 0xCE...0xD1, 0xD3, 0xD4: true
    default: false
    }
  }
  func isASCII(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
  return (isASCII(bytes[space - 1]) || (bytes[space - 1] & 0xC0 == 0x80 && isLead(bytes[space - 2])))
    && (isASCII(bytes[space + 1]) || isLead(bytes[space + 1]))
}
