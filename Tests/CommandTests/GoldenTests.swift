import CommandRunner
import Foundation
import Testing

/// What people read, kept in files to be read in review. `STET_WRITE_GOLDENS=1 swift test --filter GoldenTests` rewrites them.
struct GoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  /// Each file's name and the commands whose output it holds.
  private static let pages: [(String, [[String]])] = [
    ("articles", [["articles"], ["articles", "tram"]]),
    ("log", [["log", "ferry"], ["log", "bridge"]]),
    ("edits", [["edits"], ["edits", "--stealth", "--limit", "1"], ["edits", "bridge"]]),
    ("blame", [["blame", "ferry"], ["blame", "ferry@3"]]),
    ("captures", [["captures", "ferry"], ["captures", "bridge"]]),
    (
      "show",
      [["show", "ferry"], ["show", "ferry@3"], ["show", "ferry@1", "--text"], ["show", "bridge", "--fields"]]
    ),
    (
      "diff",
      [
        ["diff", "ferry@2"], ["diff", "ferry@3"], ["diff", "ferry"], ["diff", "ferry@1..3", "--unified"],
        ["diff", "ferry@1..4"], ["diff", "ferry@3", "--side-by-side"], ["diff", "ferry@3", "--patch"],
      ]
    ),
    ("status", [["status"]]),
    ("sources", [["sources"]]),
    ("verify", [["verify"], ["verify", "--deep"]]),
    (
      "errors",
      [
        ["log", "tram"], ["diff", "bridge"], ["show", "ferry@9"], ["show", "ferry@x"], ["show", "ferry@2026-11-01"],
        ["log", "post.example"], ["init"],
      ]
    ),
    ("help", [["--help"], ["sync", "--help"], ["diff", "--help"]]),
  ]

  @Test(arguments: pages.map(\.0))
  func `golden output is what it was`(name: String) throws {
    let desk = try Desk.filled()
    try desk.stet("add", Desk.ferry)
    try desk.stet("pause", "ferry")
    let commands = try #require(Self.pages.first { $0.0 == name }?.1)
    var text = ""
    for command in commands {
      let result = try desk.stet.run(command, environment: ["COLUMNS": "100"])
      text +=
        "$ stet \(command.joined(separator: " "))\n" + result.text + result.errors
        + (result.status == 0 ? "" : "[\(result.status)]\n") + "\n"
    }
    text = Self.steady(text, desk)
    let file = Self.folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["STET_WRITE_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    #expect(text == wanted, "`make goldens` rewrites what is meant to change")
  }

  /// With what differs from run to run replaced: paths, the origin, the time of the run, sizes of the file.
  private static func steady(_ text: String, _ desk: Desk) -> String {
    var lines: [String] = []
    for line in text.replacing(desk.stet.archive, with: "archive.stet").split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("archive   ") {
        lines.append("archive   archive.stet, SIZE, since TIME")
      } else if line.hasPrefix("origin    ") {
        lines.append("origin    ed25519:KEY")
      } else {
        lines.append(String(line))
      }
    }
    return lines.joined(separator: "\n")
  }
}
