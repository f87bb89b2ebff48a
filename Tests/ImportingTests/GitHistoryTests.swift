import CommandRunner
import Git
import Importing
import Model
import Storage
import Syncing
import Testing

/// The history of files in a git repository as captures.
@Suite(.enabled(if: Repository.isPossible))
struct GitHistoryTests {
  private let first = Int64(1_795_168_800)
  private let a = ArticlePage.ferry("It takes effect on the first of May.").html
  private let b = ArticlePage.ferry("It takes effect on the first of June.").html

  private func history(
    _ repository: Repository, _ paths: [String] = [], template: String = "https://post.example/{path}",
    firstParent: Bool = true, dates: GitHistory.Dates = .committer
  ) throws -> GitHistory {
    try GitHistory(
      repository: repository.path, paths: paths, firstParent: firstParent, template: try FileURLTemplate(template),
      dates: dates)
  }

  @Test func `each commit that changed a file is a capture at its date`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("news/ferry.html", a), Repository.file("README", "x"))
        + Repository.commit("two", at: first + 60, Repository.file("\"news/a b.html\"", b))
        + Repository.commit("three", at: first + 120, author: first + 90, Repository.file("news/ferry.html", b)),
      in: desk.folder)
    let outcome = try await desk.take(try history(repository, ["news/*"]))
    #expect(outcome.report.captures == 3 && outcome.report.checked == 3 && outcome.report.failures == 0)
    let captures = try desk.inputs("https://post.example/news/ferry.html")
    #expect(captures.map(\.response.at) == [Instant("2026-11-20T10:00Z"), Instant("2026-11-20T10:02Z")])
    #expect(captures.map { String(decoding: $0.response.body, as: UTF8.self) } == [a, b])
    #expect(captures.allSatisfy { $0.response.status == 200 && $0.origin == nil && $0.sequence == 0 })
    #expect(captures.map { $0.response.fields["Content-Type"] } == ["text/html", "text/html"])
    #expect(try desk.captures("https://post.example/news/a%20b.html").count == 1)
    #expect(outcome.report.revisions == 3)
    let authored = try ImportDesk()
    _ = try await authored.take(try history(repository, dates: .author))
    #expect(
      try authored.inputs("https://post.example/news/ferry.html").map(\.response.at).last
        == Instant("2026-11-20T10:01:30Z"))
    #expect(try authored.inputs("https://post.example/README").first?.response.fields == HTTPFields())
  }

  @Test func `importing again takes in what is new and nothing twice`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("ferry.html", a)), in: desk.folder)
    #expect(try await desk.take(try history(repository)).report.captures == 1)
    #expect(try await desk.take(try history(repository)).report.captures == 0)
    try repository.add(
      Repository.commit(
        "two", at: first + 60, from: "from refs/heads/main^0\n", Repository.file("ferry.html", b)))
    let outcome = try await desk.take(try history(repository))
    #expect(outcome.report.captures == 1 && outcome.report.unchanged == 1 && outcome.report.revisions == 1)
  }

  @Test func `commits of one second keep their order`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("ferry.html", a))
        + Repository.commit("two", at: first, Repository.file("ferry.html", b))
        + Repository.commit("three", at: first, Repository.file("ferry.html", a)), in: desk.folder)
    let outcome = try await desk.take(try history(repository))
    #expect(outcome.report.captures == 3 && outcome.report.revisions == 3)
    #expect(try desk.captures("https://post.example/ferry.html").map(\.sequence) == [0, 1, 2])
    #expect(try await desk.take(try history(repository)).report.captures == 0)
  }

  @Test func `deletions, links and other repositories make no captures`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit(
        "one", at: first, Repository.file("ferry.html", a), Repository.file("link", "ferry.html", mode: "120000"),
        "M 160000 0123456789012345678901234567890123456789 module\n")
        + Repository.commit("two", at: first + 60, "D ferry.html\n")
        + Repository.commit("three", at: first + 120, Repository.file("other.html", a)), in: desk.folder)
    let outcome = try await desk.take(try history(repository))
    #expect(outcome.report.captures == 2 && outcome.report.failures == 0)
    #expect(try desk.captures("https://post.example/ferry.html").count == 1)
    #expect(try desk.captures("https://post.example/other.html").count == 1)
  }

  @Test func `a merge counts once, by what it brought to the branch`() async throws {
    let desk = try ImportDesk()
    let c = ArticlePage.ferry("It takes effect on the first of July.").html
    let repository = try Repository(
      Repository.commit("one", at: first, mark: 1, Repository.file("ferry.html", a))
        + Repository.commit(
          "side 1", at: first + 10, mark: 2, from: "from :1\n", Repository.file("ferry.html", c), branch: "side")
        + Repository.commit("side 2", at: first + 20, mark: 3, Repository.file("ferry.html", b), branch: "side")
        + Repository.commit("main", at: first + 30, mark: 4, from: "from :1\n", Repository.file("x.html", a))
        + Repository.commit("merge", at: first + 40, from: "from :4\nmerge :3\n", Repository.file("ferry.html", b)),
      in: desk.folder)
    _ = try await desk.take(try history(repository))
    let url = "https://post.example/ferry.html"
    #expect(try desk.inputs(url).map { $0.response.at.milliseconds / 1000 - first } == [0, 40])
    let all = try ImportDesk()
    _ = try await all.take(try history(repository, firstParent: false))
    #expect(try all.inputs(url).map { $0.response.at.milliseconds / 1000 - first } == [0, 10, 20, 40])
    #expect(try all.captures(url).map(\.sequence) == [0, 0, 0, 0])
  }

  @Test func `a single file may have a URL without its path, others may not share it`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("a.html", a), Repository.file("b.html", b)), in: desk.folder)
    let template = "https://post.example/terms"
    #expect(try await desk.take(try history(repository, ["a.html"], template: template)).report.captures == 1)
    let outcome = try await desk.take(try history(repository, ["*.html"], template: template))
    #expect(outcome.rejected.count == 1 && outcome.rejected[0].contains("b.html: a.html has the same URL"))
  }

  @Test func `what is no content is refused by name and the rest is kept`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit(
        "one", at: first,
        Repository.file("a.html", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"),
        Repository.file("b.html", b)), in: desk.folder)
    let outcome = try await desk.take(try history(repository))
    #expect(outcome.report.captures == 1 && outcome.report.failures == 1)
    #expect(
      outcome.rejected.first?.hasSuffix(":a.html: a Git LFS pointer: what the file held is not in the repository")
        == true)
  }

  @Test func `a history that git cannot read to its end gives what comes before`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("a.html", a)), in: desk.folder)
    let lost = Repository.commit(
      "two", at: first + 60, from: "from refs/heads/main^0\n",
      "M 100644 0123456789012345678901234567890123456789 b.html\n", Repository.file("c.html", b))
    // fast-import refuses a blob that is not there, so the tree is made by hand
    let blob = try GitProcess.text(["rev-parse", "main:a.html"], in: repository.path).filter { $0 != "\n" }
    #expect(throws: GitError.self) { try repository.add(lost) }
    let maker = try GitProcess(["mktree", "--missing"], in: repository.path)
    try maker.send(
      Array("100644 blob \(blob)\ta.html\n100644 blob \(String(repeating: "1", count: 40))\tb.html\n".utf8))
    let tree = try maker.text().filter { $0 != "\n" }
    try repository.add(
      "commit refs/heads/main\ncommitter C <c> \(first + 60) +0000\ndata 3\ntwo\nfrom refs/heads/main^0\nM 040000 \(tree) \n\n"
    )
    let outcome = try await desk.take(try history(repository))
    #expect(outcome.report.captures == 1)
    #expect(outcome.rejected.count == 1 && outcome.rejected[0].contains("b.html: blob 1111"))
  }

  @Test func `what is no repository is an error with git's words`() throws {
    let desk = try ImportDesk()
    for path in [desk.folder.path, desk.folder.file("none")] {
      let error = #expect(throws: (any Error).self) {
        let source = try GitHistory(
          repository: path, paths: [], firstParent: true, template: try FileURLTemplate("https://a.example/{path}"),
          dates: .author)
        _ = try source.batch()
      }
      guard case .unreadable(path, let detail) = error as? ImportError else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(detail.hasPrefix("git log: fatal: "))
    }
  }

  @Test func `a path that looks like an option is a path`() async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit("one", at: first, Repository.file("--output=x.html", a)), in: desk.folder)
    let outcome = try await desk.take(try history(repository, ["--output=x.html"]))
    #expect(outcome.report.captures == 1)
    #expect(try desk.captures("https://post.example/--output=x.html").count == 1)
  }

  @Test(arguments: [
    ("https://a.example/{path}", "d/Ä é?.html", "https://a.example/d/%C3%84%20%C3%A9%3F.html"),
    ("https://a.example/{stem}", "d.x/y.tar.gz", "https://a.example/d.x/y.tar"),
    ("https://a.example/{stem}/", ".hidden", "https://a.example/.hidden/"),
    ("HTTPS://A.example/{x}{path}", "p", "https://a.example/%7Bx%7Dp"),
  ])
  func `a template makes URLs of paths`(template: String, path: String, url: String) throws {
    #expect(try FileURLTemplate(template).url(ofPath: Array(path.utf8)) == url)
  }

  @Test(arguments: ["{path}", "", "https://", "https://u:p@a.example/{path}"])
  func `a template that makes no URL is refused`(template: String) {
    #expect(throws: FileURLTemplate.Invalid.self) { try FileURLTemplate(template) }
  }
}

/// Snapshots as Open Terms Archive collections keep them.
@Suite(.enabled(if: Repository.isPossible))
struct OpenTermsArchiveTests {
  private let first = Int64(1_795_168_800)
  private func page(_ sentence: String) -> String { ArticlePage.ferry(sentence).html }

  private func message(_ title: String, _ location: String? = nil) -> String {
    title
      + (location.map { "\n\nX-engine-version: 5.0.1\nX-fetcher: htmlOnly\nX-source-document-location: \($0)\n" } ?? "")
  }

  @Test func `records become captures of the documents that they name`() async throws {
    let desk = try ImportDesk()
    let file = "\"Ferry Line/Terms of Service.html\""
    let repository = try Repository(
      Repository.commit("Initial commit", at: first - 60, Repository.file("README.md", "# Snapshots"))
        + Repository.commit(
          message("Start tracking Ferry Line Terms of Service"), at: first, Repository.file(file, page("May.")))
        + Repository.commit(
          message("Record new changes of Ferry Line Terms of Service", "https://Ferry.example/terms#top"),
          at: first + 60,
          Repository.file(file, page("It is valid from June on.")))
        + Repository.commit(
          message("Record new changes of Ferry Line Terms of Service", "https://ferry.example/legal/terms"),
          at: first + 120,
          Repository.file(file, page("It is valid from July on.")))
        + Repository.commit(
          message("First record of Bus Line Privacy Policy"), at: first + 180,
          Repository.file("\"Bus Line/Privacy Policy #notice.html\"", page("Bus.")))
        + Repository.commit("Refilter Ferry Line Terms of Service", at: first + 240, Repository.file(file, page("x")))
        + Repository.commit("Update readme accordingly", at: first + 300, Repository.file("README.md", "# More"))
        + Repository.commit(
          "Update workflow", at: first + 360, Repository.file(".github/release.yml", "on: push"),
          Repository.file("scripts/a/b.js", "1")), in: desk.folder)
    let outcome = try await desk.take(try OpenTermsArchive.history(repository: repository.path))
    #expect(outcome.report.captures == 4 && outcome.report.failures == 0)
    let captures = try desk.inputs("https://ferry.example/terms")
    #expect(
      captures.map(\.response.url) == [
        "ota:Ferry%20Line/Terms%20of%20Service", "https://ferry.example/terms", "https://ferry.example/legal/terms",
      ])
    #expect(captures.map { $0.response.at.milliseconds / 1000 - first } == [0, 60, 120])
    #expect(captures[0].response.fields["Content-Type"] == "text/html")
    #expect(try desk.captures("ota:Bus%20Line/Privacy%20Policy%20%23notice").count == 1)
    #expect(try await desk.take(try OpenTermsArchive.history(repository: repository.path)).report.captures == 0)
  }

  @Test(arguments: ["", "not a URL", "ftp://ferry.example/terms", "https://"])
  func `a location that is no URL of the web is as none`(location: String) async throws {
    let desk = try ImportDesk()
    let repository = try Repository(
      Repository.commit(
        message("First record of A B", location), at: first, Repository.file("A/B.html", page("It is valid."))),
      in: desk.folder)
    _ = try await desk.take(try OpenTermsArchive.history(repository: repository.path))
    #expect(try desk.captures("ota:A/B").count == 1)
  }
}
