import CommandRunner
import Foundation
import JSON
import Testing

/// `stet export warc`, `cdxj` and `wacz` as they are typed.
struct ExportWARCTests {
  @Test func `standard output gets what a file would get`() throws {
    let desk = try Desk.filled()
    let file = desk.folder.file("a.warc.gz")
    let made = try desk.stet("export", "warc", "-o", file)
    #expect(made.status == 0 && made.text.hasPrefix("\(file): 18 records, "))
    let piped = try desk.stet("export", "warc", "-o", "-", "--json")
    let written = try desk.folder.bytes(of: "a.warc.gz")
    #expect(piped.status == 0 && piped.output == written)
    let index = try desk.stet("export", "cdxj", "-o", "-", "--warc", "a.warc.gz")
    #expect(index.lines.count == 12 && index.lines.allSatisfy { $0.hasSuffix("\"filename\": \"a.warc.gz\"}") })
  }

  @Test func `files are listed as JSON`() throws {
    let desk = try Desk.filled()
    let warc = try desk.stet(
      "export", "warc", "-o", desk.folder.file("a.warc"), "--no-gzip", "--max-size", "4k", "--json")
    let files = try #require(try warc.json()["files"]?.array)
    #expect(files.count > 1 && files.allSatisfy { $0.keys == ["path", "bytes", "records", "omitted"] })
    #expect(files.first?["path"]?.string == desk.folder.file("a-00001.warc"))
    let names = try desk.folder.names()
    #expect(names.count { $0.hasPrefix("a-") } == files.count && !names.contains { $0.hasSuffix(".part") })
    let again = try desk.stet("export", "warc", "-o", desk.folder.file("a.warc"), "--no-gzip", "--max-size", "4k")
    #expect(again.lines.allSatisfy { $0.hasSuffix(", there already") })
    for kind in ["cdxj", "wacz"] {
      let made = try desk.stet("export", kind, "-o", desk.folder.file("b.\(kind)"), "--json")
      #expect(made.status == 0 && made.errors.isEmpty)
      #expect(try made.json()["files"]?.array?.first?["path"]?.string == desk.folder.file("b.\(kind)"))
    }
  }

  @Test func `edits in an export are those of diff`() throws {
    let desk = try Desk.filled()
    let warc = try desk.stet("export", "warc", "-o", "-", "--no-gzip", "--class", "number", "ferry").text
    let start = try #require(warc.range(of: "{\"url\":"))
    let object = try JSONValue(parsing: Array(warc[start.lowerBound...].prefix { $0 != "\r\n" }.utf8))
    let diff = try desk.stet("diff", "ferry@2", "--json").json()
    #expect(object.keys == ["url", "from", "to", "stealth", "edits"])
    for key in object.keys { #expect(object[key] == diff[key]) }
  }

  @Test func `an export that lacks something ends with 4, names it, and shows when it is read back`() throws {
    let desk = try Desk.empty()
    let text = "Zeppelins moor by dawn."
    let lines = try ImportLine.other(200, "Fog at the quay.", minute: 0) + ImportLine.other(200, text, minute: 1)
    #expect(try desk.stet("import", "jsonl", desk.folder.write(lines, to: "lines.jsonl")).status == 0)
    var bytes = try desk.folder.bytes(of: "archive.stet")
    bytes[try #require(bytes.firstRange(of: Array(text.utf8))?.lowerBound)] ^= 1
    try desk.folder.write(bytes, to: "archive.stet")
    for (format, name) in [("jsonl", "out.jsonl"), ("warc", "out.warc.gz"), ("wacz", "out.wacz"), ("cdxj", "out.cdxj")]
    {
      let path = desk.folder.file(name)
      let export = try desk.stet("export", format, "-o", path, "--json")
      #expect(export.status == 4, "\(format)")
      #expect(
        export.errors.hasPrefix("stet: left out: \(Desk.ferry) at 2026-11-20T10:01:00.000Z (sha256:"), "\(format)")
      let omitted = try export.json()["files"]?.array?.first?["omitted"]?.array
      #expect(omitted?.map { $0["captured_at"] } == ["2026-11-20T10:01:00.000Z"], "\(format)")
      if format == "cdxj" { continue }
      let back = try Desk.empty()
      let read = try back.stet("import", format, path)
      #expect(read.status == 3 && read.text.contains(" 1 new capture, 0 known, 1 bad "), "\(format): \(read.text)")
      #expect(read.errors.contains("left out when the file was written"), "\(format)")
    }
  }

  @Test func `mistakes are named`() throws {
    let desk = try Desk.filled()
    let missing = try desk.stet("export", "warc", "-o", desk.folder.file("none/a.warc.gz"), "--json")
    #expect(missing.status == 1 && missing.errors.contains("No such file or directory"))
    #expect(try missing.json()["error"]?["code"]?.string == "unwritable")
    #expect(try desk.stet("export", "warc", "-o", "-", "tram").errors.contains("no article"))
    #expect(try desk.stet("export", "warc", "-o", "-", "--source", "tram").errors.contains("no source"))
    #expect(try desk.stet("export", "wacz", "-o", "-").status == 64)
    for size in ["0", "-1", "1X", "", "99999999999999999999", "9999999999T"] {
      #expect(try desk.stet("export", "warc", "-o", "-", "--max-size=\(size)").status == 64)
    }
    let full = try desk.stet("export", "warc", "-o", "/dev/full")
    for command in ["status", "checkpoint", "export jsonl -o -"] {
      let lost = try desk.stet.shell("$STET \(command) --archive \(desk.stet.archive) > /dev/full")
      #expect(lost.status == 1 && lost.errors.contains("standard output: No space left on device\n"))
      #expect(!lost.errors.contains("hint"))
    }
    #expect(try desk.stet("export", "html", "-o", "-").status == 64)
    #expect(full.status == 1 && full.errors.contains("No space left on device"))
  }
}
