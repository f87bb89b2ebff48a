import CommandRunner
import Foundation
import Testing

/// What others read of an archive, kept in a file to be read in review; `make goldens` rewrites it.
struct ExportGoldenTests {
  @Test func `an exported history is what it was`() throws {
    let desk = try Desk.filled()
    let warc = try desk.stet("export", "warc", "-o", "-", "--no-gzip", "ferry")
    // The first record names the archive's own key, and with it has other digests each time.
    let second = try #require(warc.text.range(of: "\r\n\r\n\r\nWARC/1.1"))
    var text = String(warc.text[second.lowerBound...].dropFirst(3)).replacing("\r\n", with: "\\r\n")
    text = text.replacing(try Regex("Stet-Extractor: [0-9]+"), with: "Stet-Extractor: N")
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("Goldens/export.warc.txt")
    if ProcessInfo.processInfo.environment["STET_WRITE_GOLDENS"] == "1" { try Data(text.utf8).write(to: file) }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    #expect(text == wanted, "`make goldens` rewrites what is meant to change")
  }
}
