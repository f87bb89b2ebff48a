import CommandRunner
import Foundation
import JSON
import Testing

/// What tests of commands share: an archive made of fixed captures, and JSON out of output.
struct Desk {
  let folder: TemporaryFolder
  let stet: StetCommand

  static let ferry = "https://post.example/2026/11/ferry"
  static let bridge = "https://post.example/2026/11/bridge"

  init() throws {
    folder = try TemporaryFolder()
    stet = StetCommand(in: folder)
  }

  /// An archive with nothing in it.
  static func empty() throws -> Desk {
    let desk = try Desk()
    #expect(try desk.stet("init").status == 0)
    return desk
  }

  /// Captures of two articles: edits of several classes, a return, a wall, a missing page.
  static func history() throws -> String {
    var page = ArticlePage(
      "Council approves ferry contract",
      [
        "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
        "It is worth 1.5 million euros a year.",
        "\u{201C}It is a good day for the island\u{201D}, said Ada Brown, who chairs the council.",
      ])
    var lines = try ImportLine.page(page, minute: 0)
    lines += try ImportLine.page(page, minute: 15)
    let first = page
    page.paragraphs[1] = "It is worth 15 million euros a year."
    page.furniture = "Weather: rain"
    lines += try ImportLine.page(page, minute: 30)
    lines += try ImportLine.other(503, "busy", minute: 45)
    lines += try ImportLine.other(200, WallPage.consent, minute: 60)
    page.headline = "Council approves ferry contract after long debate"
    page.paragraphs.append("The first boat leaves in May.")
    lines += try ImportLine.page(page, minute: 75)
    lines += try ImportLine.page(first, minute: 90)
    lines += try ImportLine.page(
      ArticlePage(
        "Bridge closed for repairs",
        ["The old bridge will be closed for a year, the port said on Monday, so that its steel can be repaired."]),
      url: bridge, minute: 5)
    lines += try ImportLine.other(404, "gone", url: bridge, minute: 50)
    return lines
  }

  /// An archive of those captures.
  static func filled() throws -> Desk {
    let desk = try empty()
    let file = try desk.folder.write(try history(), to: "history.jsonl")
    #expect(try desk.stet("import", "jsonl", file).status == 0)
    return desk
  }
}

extension StetCommand.Result {
  /// The output as one JSON value.
  func json() throws -> JSONValue { try JSONValue(parsing: output) }

  /// The output as JSON Lines.
  func jsonLines() throws -> [JSONValue] { try output.split(separator: 10).map { try JSONValue(parsing: Array($0)) } }
}

extension JSONValue {
  /// Names of an object's members, in order.
  var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  func has(_ wanted: [String]) -> Bool { Set(keys).isSuperset(of: wanted) }
}
