import CommandRunner
import JSON
import Testing

/// `import warc` and `import wacz` as a person types them.
struct ImportWARCTests {
  private static let file =
    WARCText.record([("WARC-Type", "warcinfo")], Array("software: test\r\n".utf8))
    + WARCText.ferry("The ferry sails at noon.", minute: 0) + WARCText.ferry("The ferry sails at one.", minute: 5)

  @Test func `a file becomes articles with their edits, from the disk and from standard input`() throws {
    let desk = try Desk.empty()
    let path = try desk.folder.write(Self.file, to: "crawl.warc")
    let first = try desk.stet("import", "warc", path)
    #expect(first.status == 0 && first.errors.isEmpty)
    #expect(
      first.text.hasPrefix(
        "2 records: 2 new captures, 0 known, 0 bad records, 1 passed over; 1 new article, 2 revisions"))
    let again = try desk.stet("import", "warc", "-", "--json", input: Self.file).json()
    #expect(again["captures"]?.int == 0 && again["unchanged"]?.int == 2 && again["passed"]?.int == 1)
    let log = try desk.stet("log", "ferry", "--json").jsonLines()
    #expect(log.count == 2)
  }

  @Test func `a record that cannot be read is named by its place, the others are kept`() throws {
    let desk = try Desk.empty()
    let path = try desk.folder.write(Array(Self.file.dropLast(30)), to: "cut.warc")
    let outcome = try desk.stet("import", "warc", path)
    let place = Self.file.count - WARCText.ferry("The ferry sails at one.", minute: 5).count
    #expect(outcome.status == 3)
    #expect(outcome.errors == "stet: \(path) at offset \(place): the record is cut short by the end of the file\n")
    #expect(outcome.text.hasPrefix("2 records: 1 new capture, 0 known, 1 bad record, 1 passed over; "))
  }

  @Test func `what cannot be opened, or is no WACZ file, ends with its reason`() throws {
    let desk = try Desk.empty()
    let path = try desk.folder.write(Self.file, to: "crawl.warc")
    let missing = try desk.stet("import", "warc", desk.folder.file("none"), "--json")
    #expect(missing.status == 1)
    #expect(try missing.json()["error"]?["code"]?.string == "unreadable")
    let wrong = try desk.stet("import", "wacz", path)
    #expect(wrong.status == 1 && wrong.errors.contains("no ZIP file"))
  }
}
