/// Patches: what turns one article text into another, as a text that can be mailed, read and applied.

import Model

/// Why a patch cannot be applied.
public enum PatchError: Error, Hashable {
  /// It is no patch of this kind; the line, from 1.
  case malformed(line: Int)
  /// The text has another digest than the one it was made for.
  case otherText(wanted: String, found: String)
  /// What it takes out does not stand there; the line of the patch.
  case doesNotFit(line: Int)
  /// What came out has another digest than it promises.
  case otherResult

  public var code: String {
    switch self {
    case .malformed: "malformed-patch"
    case .otherText: "other-text"
    case .doesNotFit: "does-not-fit"
    case .otherResult: "other-result"
    }
  }

  public var message: String {
    switch self {
    case .malformed(let line): "line \(line) of the patch is none that a patch of article texts has"
    case .otherText(let wanted, let found): "the patch is for another text: it wants \(wanted), this is \(found)"
    case .doesNotFit(let line):
      "line \(line) of the patch does not fit: what it keeps or takes out does not stand there"
    case .otherResult: "what comes out is not the text that the patch promises"
    }
  }
}

/// The patch from one text to another: their canonical texts line by line (a field or a block each) in the unified format
/// of diff(1), the digests of both in the place of the files' names. Empty when both say the same. `patch(1)` can apply
/// it to a canonical text too.
public func patch(from old: ArticleText, to new: ArticleText) -> String {
  let (before, after) = (canonicalLines(old.canonicalText), canonicalLines(new.canonicalText))
  var interner = Interner(expecting: before.count)
  func number(_ line: ArraySlice<UInt8>) -> Int32 { line.withUnsafeBufferPointer { interner.number(of: $0) } }
  var budget = WorkBudget(20_000_000)
  let match = align(before.map(number), after.map(number), &budget)
  var lines: [(mark: String, text: ArraySlice<UInt8>)] = []
  var (i, j) = (0, 0)
  while i < before.count || j < after.count {
    if i < before.count, match[i] == Int32(j) {
      lines.append((" ", before[i]))
      (i, j) = (i + 1, j + 1)
    } else if i < before.count, match[i] < 0 {
      lines.append(("-", before[i]))
      i += 1
    } else {
      lines.append(("+", after[j]))
      j += 1
    }
  }
  guard lines.contains(where: { $0.mark != " " }) else { return "" }
  var out = "--- \(old.digest)\n+++ \(new.digest)\n"
  for hunk in hunks(of: lines.map { $0.mark != " " }) {
    func start(without mark: String) -> Int { lines[..<hunk.lowerBound].count { $0.mark != mark } }
    func count(without mark: String) -> Int { lines[hunk].count { $0.mark != mark } }
    let (oldCount, newCount) = (count(without: "+"), count(without: "-"))
    // As diff(1) has it, a side without lines names the line before.
    let (oldStart, newStart) = (
      start(without: "+") + (oldCount > 0 ? 1 : 0), start(without: "-") + (newCount > 0 ? 1 : 0)
    )
    out += "@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@\n"
    for line in lines[hunk] { out += line.mark + String(decoding: line.text, as: UTF8.self) + "\n" }
  }
  return out
}

/// Lines around each change, joined where they meet.
private func hunks(of isChanged: [Bool]) -> [Range<Int>] {
  let context = 3
  var out: [Range<Int>] = []
  for i in isChanged.indices where isChanged[i] {
    let range = max(0, i - context)..<min(isChanged.count, i + context + 1)
    if let last = out.last, range.lowerBound <= last.upperBound {
      out[out.count - 1] = last.lowerBound..<range.upperBound
    } else {
      out.append(range)
    }
  }
  return out
}

private func canonicalLines(_ text: String) -> [ArraySlice<UInt8>] {
  var lines = Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false)
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}

/// What a patch makes of the canonical text it was made for; an empty patch changes nothing. No line is looked for
/// elsewhere than where the patch says, and both digests are checked.
public func apply(patch: String, to canonicalText: String) throws(PatchError) -> String {
  let lines = canonicalLines(patch)
  if lines.isEmpty { return canonicalText }
  func digest(_ line: Int, _ mark: String) throws(PatchError) -> String {
    let head = mark + " sha256:"
    guard line < lines.count, lines[line].starts(with: head.utf8) else { throw .malformed(line: line + 1) }
    return String(decoding: lines[line].dropFirst(mark.utf8.count + 1), as: UTF8.self)
  }
  let (wanted, promised) = (try digest(0, "---"), try digest(1, "+++"))
  let found = Digest(ofUTF8: canonicalText).description
  guard wanted == found else { throw .otherText(wanted: wanted, found: found) }
  let old = canonicalLines(canonicalText)
  var out: [UInt8] = []
  var (at, n) = (0, 2)
  func keep() {
    out += old[at]
    out.append(10)
    at += 1
  }
  while n < lines.count {
    guard let hunk = HunkHead(lines[n]) else { throw .malformed(line: n + 1) }
    let start = hunk.oldCount > 0 ? hunk.oldStart - 1 : hunk.oldStart
    guard start >= at, start + hunk.oldCount <= old.count else { throw .doesNotFit(line: n + 1) }
    while at < start { keep() }
    n += 1
    var (oldLeft, newLeft) = (hunk.oldCount, hunk.newCount)
    while oldLeft > 0 || newLeft > 0 {
      guard n < lines.count, let mark = lines[n].first else { throw .malformed(line: n + 1) }
      let text = lines[n].dropFirst()
      switch mark {
      case UInt8(ascii: " ") where oldLeft > 0 && newLeft > 0, UInt8(ascii: "-") where oldLeft > 0:
        guard at < old.count, old[at].elementsEqual(text) else { throw .doesNotFit(line: n + 1) }
        oldLeft -= 1
        if mark == UInt8(ascii: "-") {
          at += 1
        } else {
          newLeft -= 1
          keep()
        }
      case UInt8(ascii: "+") where newLeft > 0:
        newLeft -= 1
        out += text
        out.append(10)
      default: throw .malformed(line: n + 1)
      }
      n += 1
    }
  }
  while at < old.count { keep() }
  let result = String(decoding: out, as: UTF8.self)
  guard Digest(ofUTF8: result).description == promised else { throw .otherResult }
  return result
}

/// `@@ -1,3 +1,4 @@`
private struct HunkHead {
  let oldStart, oldCount, newStart, newCount: Int

  init?(_ line: ArraySlice<UInt8>) {
    let words = line.split(separator: 32)
    guard words.count == 4, words[0].elementsEqual("@@".utf8), words[3].elementsEqual("@@".utf8),
      let old = Self.range(words[1], UInt8(ascii: "-")), let new = Self.range(words[2], UInt8(ascii: "+"))
    else { return nil }
    (oldStart, oldCount, newStart, newCount) = (old.0, old.1, new.0, new.1)
    guard oldCount == 0 || oldStart > 0 else { return nil }
  }

  private static func range(_ word: ArraySlice<UInt8>, _ mark: UInt8) -> (Int, Int)? {
    guard word.first == mark else { return nil }
    let numbers = word.dropFirst().split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { digits in
      digits.count <= 9 && digits.allSatisfy { (48...57).contains($0) }
        ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
    guard numbers.count == 2, let start = numbers[0], let count = numbers[1] else { return nil }
    return (start, count)
  }
}
