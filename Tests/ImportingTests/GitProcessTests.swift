import CommandRunner
import Git
import Testing

/// Git as a process: what goes in and out of it, and how it ends.
@Suite(.enabled(if: Repository.isPossible))
struct GitProcessTests {
  @Test func `a git that stops reading is an error with its words, not a signal`() throws {
    let process = try GitProcess(["cat-file", "--batch"], in: "/")
    let error = #expect(throws: GitError.self) {
      for _ in 0..<64 { try process.send([UInt8](repeating: 65, count: 1 << 16)) }
    }
    guard case .failed("cat-file", let status, let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(status == 128 && detail.hasPrefix("fatal: not a git repository"))
  }

  @Test func `octets of any kind and number come back as they went in`() throws {
    let folder = try TemporaryFolder()
    let repository = try Repository("", in: folder)
    var random = SplitMix64(seed: 3)
    let contents = [0, 1, 65_535, 65_536, 300_001].map { count in
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let ids = try contents.map { content in
      let writer = try GitProcess(["hash-object", "-w", "--stdin", "--no-filters"], in: repository.path)
      try writer.send(content)
      return try writer.text().filter { $0 != "\n" }
    }
    let blobs = try GitBlobs(repository: repository.path)
    for (id, content) in zip(ids, contents) {
      #expect(try blobs.read(id, limit: 1 << 20) == .octets(content))
      #expect(try blobs.read(id, limit: content.count - 1) == .tooLarge(bytes: content.count))
    }
    #expect(try blobs.read(String(repeating: "0", count: 40), limit: 9) == .missing)
    #expect(try blobs.read(ids[1], limit: 9) == .octets(contents[1]))
  }

  @Test func `a run that is let go ends`() throws {
    let folder = try TemporaryFolder()
    let repository = try Repository("", in: folder)
    for _ in 0..<8 { _ = try GitProcess(["cat-file", "--batch"], in: repository.path) }
  }

  @Test func `a repository's own settings run nothing`() throws {
    let folder = try TemporaryFolder()
    let repository = try Repository(
      Repository.commit("one", at: 1_795_168_800, Repository.file("a.html", "x")), in: folder)
    let program = try folder.write("#!/bin/sh\ntouch \(folder.file("ran"))\n", to: "program")
    _ = try StetCommand(in: folder).shell("chmod +x \(program)")
    for key in [
      "core.fsmonitor", "core.pager", "pager.log", "diff.external", "core.sshCommand", "gpg.program", "alias.log",
    ] {
      _ = try GitProcess.text(["config", key, program], in: repository.path)
    }
    _ = try GitProcess.text(["config", "log.showSignature", "true"], in: repository.path)
    let log = try GitLog(repository: repository.path, firstParent: true)
    #expect(try log.next()?.path == Array("a.html".utf8))
    #expect(try log.next() == nil)
    #expect(try !folder.names().contains("ran"))
  }
}
