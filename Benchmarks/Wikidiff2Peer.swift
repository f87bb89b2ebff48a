import Foundation
import JSON
import Model

/// wikidiff2, MediaWiki's diff in C++, through its module for PHP with the thresholds it comes with: it takes a paragraph
/// a line, tells lines that moved, and marks what changed in a line word by word. All pairs in one process, each timed
/// around the call alone.
enum Wikidiff2Peer {
  /// Reads pairs of lists of paragraphs, a line of JSON each, and prints a line with the CPU microseconds and what was found.
  private static let program = """
    function cpu() {
      $used = getrusage();
      return 1_000_000 * ($used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'])
        + $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'];
    }
    while (($line = fgets(STDIN)) !== false) {
      [$old, $new] = array_map(fn($side) => implode("\\n", $side), json_decode($line));
      $before = cpu();
      $diff = wikidiff2_inline_json_diff($old, $new, 0);
      printf("{\\"cpu_us\\": %d, %s\\n", cpu() - $before, substr($diff, 1));
    }
    """

  struct NoDiff: Error, CustomStringConvertible { let description = "wikidiff2 printed something else than a diff" }

  static func diffs(_ pairs: [TextPair], in work: WorkFolder) throws -> [PairDiff] {
    let output = try command(pairs, in: work).text(in: work)
    return try output.utf8.split(separator: 10).map { try diff(JSONValue(parsing: Array($0))) }
  }

  /// The process for some pairs.
  static func command(_ pairs: [TextPair], in work: WorkFolder) throws -> Command {
    let input = work.path(of: "pairs.jsonl")
    let lines = pairs.map { JSONValue.array([JSONValue($0.old), JSONValue($0.new)]).description + "\n" }
    try Data(lines.joined().utf8).write(to: URL(filePath: input))
    return Command("php", ["-r", program], input: input)
  }

  private static func diff(_ found: JSONValue) throws -> PairDiff {
    guard let microseconds = found["cpu_us"]?.int, let lines = found["diff"]?.array else {
      throw NoDiff()
    }
    var (marked, moved) = (0, [String]())
    for line in lines {
      let text = line["text"]?.string ?? ""
      switch line["type"]?.int {
      case 1, 2: marked += spacedWords(text)  // came, went
      case 4: moved.append(text)  // from here; a line of type 5 says where to, with what changed in it
      default: marked += markedWords(in: runs(of: text, line["highlightRanges"]?.array ?? []))
      }
    }
    return PairDiff(cpu: Double(microseconds) / 1e6, marked: marked, moved: moved)
  }

  /// Both wordings in one text: ranges of its octets are of type 0 where they were inserted and of type 1 where deleted.
  private static func runs(of text: String, _ highlights: [JSONValue]) -> [WordRun] {
    let octets = Array(text.utf8)
    var (runs, end): ([WordRun], Int) = ([], 0)
    func append(_ change: WordRun.Change, upTo next: Int) {
      let next = min(max(next, end), octets.count)
      runs.append(WordRun(change, String(decoding: octets[end..<next], as: UTF8.self)))
      end = next
    }
    for highlight in highlights {
      let (start, length) = (Int(highlight["start"]?.int ?? 0), Int(highlight["length"]?.int ?? 0))
      append(.same, upTo: start)
      append(highlight["type"]?.int == 0 ? .inserted : .deleted, upTo: start + length)
    }
    append(.same, upTo: octets.count)
    return runs
  }
}
