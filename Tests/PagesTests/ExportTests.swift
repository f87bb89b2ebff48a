import CommandRunner
import Exporting
import Foundation
import Model
import Pages
import Storage
import Testing

/// A site of plain files.
struct ExportTests {
  private static func files(_ folder: String) throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var files: [String: Data] = [:]
    for name in names {
      var isFolder: ObjCBool = false
      let path = folder + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return files
  }

  @Test func `its links lead to its own files, wherever it lies`() throws {
    let room = try Newsroom.filled()
    let folder = room.folder.file("site")
    let counts = try SiteExport(store: room.store, folder: folder).run(articles: nil)
    let files = try Self.files(folder)
    #expect(counts.files == files.count && files.count > 40)
    for (name, data) in files where name.hasSuffix(".html") {
      let page = StrictMarkup(Array(data))
      #expect(page.problems.isEmpty, "\(name): \(page.problems.prefix(3))")
      #expect(data.count < 100_000)
      #expect(!page.elements.contains { $0.name == "form" || $0.name == "iframe" })
      for element in page.elements {
        for key in ["href", "src"] {
          guard let link = element.attributes[key], !link.hasPrefix("http"), !link.hasPrefix("#") else { continue }
          let base = URL(fileURLWithPath: "/" + name).deletingLastPathComponent()
          let target = URL(fileURLWithPath: link, relativeTo: base).standardizedFileURL.path.dropFirst()
          #expect(!link.hasPrefix("/") && files[String(target)] != nil, "\(name): \(link)")
        }
      }
    }
  }

  @Test func `the same archive gives the same bytes, and what is there is not made again`() throws {
    let room = try Newsroom.filled()
    let (first, second) = (room.folder.file("first"), room.folder.file("second"))
    let counts = try SiteExport(store: room.store, folder: first).run(articles: nil)
    _ = try SiteExport(store: room.store, folder: second).run(articles: nil)
    #expect(try Self.files(first) == Self.files(second))
    let again = try SiteExport(store: room.store, folder: first).run(articles: nil)
    #expect(again.written == 0 && again.unchanged == counts.written)
    #expect(try Self.files(first) == Self.files(second))
  }

  @Test func `a run that was cut off is gone on with, and a change makes its article's pages anew`() throws {
    let room = try Newsroom.filled()
    let folder = room.folder.file("site")
    var asked = 0
    let cut = try SiteExport(store: room.store, folder: folder).run(articles: nil) {
      asked += 1
      return asked > 3
    }
    #expect(cut.written == 3)
    let rest = try SiteExport(store: room.store, folder: folder).run(articles: nil)
    #expect(rest.unchanged == 3 && rest.written > 0)
    try room.take("https://gangbao.example/88", minute: 5000, "议会批准渡轮合同", ["港口议会星期五否决了岛屿渡轮的新合同。"], language: "zh-Hans")
    let changed = try SiteExport(store: room.store, folder: folder).run(articles: nil)
    #expect(changed.written == 1)
    let whole = room.folder.file("whole")
    _ = try SiteExport(store: room.store, folder: whole).run(articles: nil)
    #expect(try Self.files(folder) == Self.files(whole))
  }

  @Test func `of a few articles it has those alone`() throws {
    let room = try Newsroom.filled()
    let folder = room.folder.file("site")
    let id = try room.article()
    let counts = try SiteExport(store: room.store, folder: folder).run(articles: [id])
    #expect(counts.written == 1)
    let names = try Self.files(folder).keys.filter { $0.hasPrefix("article/") }
    #expect(names.allSatisfy { $0.hasPrefix("article/\(id)/") } && !names.isEmpty)
  }

  @Test func `a folder that cannot be made is an error that names it`() throws {
    let room = try Newsroom.filled()
    let file = try room.folder.write("a file", to: "taken")
    #expect(throws: ExportError.self) { try SiteExport(store: room.store, folder: file).run(articles: nil) }
  }

  // MARK: goldens

  private static let goldens = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  /// `STET_WRITE_GOLDENS=1 swift test --filter Golden` rewrites them.
  @Test(arguments: ["article/1/index.html", "article/1/compare/3-4/index.html"])
  func `Golden pages are what they were`(name: String) throws {
    let room = try Newsroom.filled()
    let folder = room.folder.file("site")
    _ = try SiteExport(store: room.store, folder: folder).run(articles: nil)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    // The style sheet may change without the page.
    let text = String(decoding: data, as: UTF8.self).replacing(/stet-[0-9a-f]{16}\./, with: "stet-0.")
      .replacing(/content="[0-9a-f]{64}"/, with: "content=\"0\"")
    let file = Self.goldens.appendingPathComponent(name.replacing("/", with: "-"))
    if ProcessInfo.processInfo.environment["STET_WRITE_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(at: Self.goldens, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)), "`make goldens` rewrites what is meant to change")
  }
}
