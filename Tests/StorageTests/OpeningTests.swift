import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// What can be opened, and what is refused in which words.
struct OpeningTests {
  private func error(_ path: String, _ access: Store.Access) -> StorageError? {
    #expect(throws: StorageError.self) { try Store.open(path, access) }
  }

  @Test(arguments: [true, false])
  func `what is no archive is refused by name`(writing: Bool) throws {
    let access: Store.Access = writing ? .write : .read
    let folder = try TemporaryFolder()
    #expect(error(folder.file("none"), access) == .noArchive(path: folder.file("none")))
    #expect(error(folder.path, access)?.code == "not-an-archive")
    for (name, bytes) in [
      ("empty", []), ("text", Array("Dear diary,\n".utf8)), ("noise", Array(repeating: 0xA5, count: 9000)),
    ] {
      let path = try folder.write(bytes, to: name)
      #expect(error(path, access)?.code == "not-an-archive", "\(name)")
      #expect(try folder.bytes(of: name) == bytes)
    }
    let other = folder.file("other.sqlite")
    let queue = try DatabaseQueue(path: other)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (a); PRAGMA user_version = 1") }
    try queue.close()
    #expect(error(other, access)?.code == "not-an-archive")
  }

  @Test func `an archive of a newer format is refused with both numbers`() throws {
    let archive = try Archive()
    let newer = Store.format + 1
    try archive.raw { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
    for access in [Store.Access.read, .write] {
      #expect(error(archive.path, access) == .newer(path: archive.path, format: newer, supported: Store.format))
    }
  }

  @Test func `a truncated archive is an error and not a crash`() throws {
    let archive = try Archive()
    try archive.take((0..<20).map { Archive.capture("Sentence \($0) of the harbour council.", minute: $0) })
    try archive.raw { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    let bytes = try archive.folder.bytes(of: "archive.stet")
    for size in [1, 15, 16, 99, 100, 4095, 4096, 8192, bytes.count / 2, bytes.count - 4096, bytes.count - 1] {
      let path = try archive.folder.write(Array(bytes.prefix(size)), to: "cut-\(size).stet")
      let result = Result { () throws(StorageError) in
        let store = try Store.open(path, .read)
        guard case .one(let id, _) = try store.article(named: Archive.url) else { return 1 }
        return try store.verify(deep: Derivation.rederivation).problems.count + (try store.log(id).isEmpty ? 1 : 0)
      }
      if case .success(let problems) = result { #expect(problems > 0, "cut at \(size)") }
    }
  }

  @Test func `making an archive overwrites nothing`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("precious", to: "a.stet")
    #expect(throws: StorageError.alreadyExists(path: path)) { try Store.create(path, now: Archive.start) }
    #expect(try folder.names() == ["a.stet"])
    // A key without its archive is somebody's identity.
    try folder.write("key", to: "b.stet-key")
    #expect(throws: StorageError.alreadyExists(path: folder.file("b.stet-key"))) {
      try Store.create(folder.file("b.stet"), now: Archive.start)
    }
    #expect(try folder.names() == ["a.stet", "b.stet-key"])
    #expect(throws: StorageError.self) { try Store.create(folder.file("no/such/c.stet"), now: Archive.start) }
  }

  @Test func `the key is readable by its owner alone`() throws {
    let archive = try Archive()
    let attributes = try FileManager.default.attributesOfItem(atPath: archive.path + "-key")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try archive.folder.bytes(of: "archive.stet-key").count == 65)
    #expect(try archive.store.origin().hasPrefix("ed25519:"))
  }

  @Test func `a store opened to read refuses to write`() throws {
    let archive = try Archive()
    let reader = try Store.open(archive.path, .read)
    #expect(throws: StorageError.readOnly(path: archive.path)) { try reader.startPass(.sync, now: Archive.start) }
    #expect(throws: StorageError.readOnly(path: archive.path)) { try reader.beginPass(holder: "test", wait: 0) }
  }

  @Test func `a reader sees what a writer has committed`() throws {
    let archive = try Archive()
    let reader = try Store.open(archive.path, .read)
    try archive.take([Archive.capture("It takes effect on the first of May.", minute: 0)])
    #expect(try reader.status(now: Archive.start).captures == 1)
  }
}

/// Who may write.
struct LockTests {
  @Test func `a second pass is refused and told who holds the archive`() throws {
    let archive = try Archive()
    let second = try Store.open(archive.path, .write)
    let pass = try archive.store.beginPass(holder: "test one", wait: 0)
    let error = #expect(throws: StorageError.self) { try second.beginPass(holder: "test two", wait: 0) }
    #expect(error == .inUse(path: archive.path, holder: "process \(getpid()), test one"))
    withExtendedLifetime(pass) {}
  }

  @Test func `the archive is free once the pass is let go`() throws {
    let archive = try Archive()
    let second = try Store.open(archive.path, .write)
    do { withExtendedLifetime(try archive.store.beginPass(holder: "one", wait: 0)) {} }
    withExtendedLifetime(try second.beginPass(holder: "two", wait: 0)) {}
  }

  @Test func `a process that dies gives the archive free`() throws {
    let archive = try Archive()
    let stet = StetCommand(in: archive.folder)
    let fifo = archive.folder.file("lines")
    #expect(mkfifo(fifo, 0o600) == 0)
    let running = try stet.start(["import", "jsonl", fifo])
    let writing = open(fifo, O_WRONLY)  // opens once the import reads, which it does with the lock held
    let error = #expect(throws: StorageError.self) { try archive.store.beginPass(holder: "test", wait: 0) }
    guard case .inUse(_, let holder)? = error else {
      Issue.record("not in use: \(String(describing: error))")
      return
    }
    #expect(holder.hasPrefix("process \(running.process), stet import since "))
    running.signal(SIGKILL)
    #expect(try running.end().status == 137)
    close(writing)
    withExtendedLifetime(try archive.store.beginPass(holder: "test", wait: 0)) {}
  }

  @Test func `a writer outside a pass waits for the one that writes`() async throws {
    let archive = try Archive()
    let second = try Store.open(archive.path, .write)
    let count = 40
    try await withThrowingTaskGroup(of: Void.self) { group in
      for store in [archive.store, second] {
        group.addTask { for i in 0..<count { _ = try store.startPass(.sync, now: Instant(milliseconds: Int64(i))) } }
      }
      try await group.waitForAll()
    }
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM pass") } == 2 * count)
  }
}

/// How articles are named.
struct ArticleNameTests {
  @Test func `an article is found by URL, part, or number`() throws {
    let archive = try Archive()
    let (ferry, bridge) = ("https://post.example/2026/ferry", "https://post.example/2026/bridge?id=7")
    try archive.keep([Archive.raw([1], minute: 0, url: ferry), Archive.raw([1], minute: 0, url: bridge)])
    let store = archive.store
    #expect(try store.article(named: ferry) == .one(id: 1, url: ferry))
    #expect(try store.article(named: "HTTPS://Post.Example:443/2026/ferry#top") == .one(id: 1, url: ferry))
    #expect(try store.article(named: "ferry") == .one(id: 1, url: ferry))
    #expect(try store.article(named: "2") == .one(id: 2, url: bridge))
    #expect(try store.article(named: "id=7") == .one(id: 2, url: bridge))
    #expect(try store.article(named: "post.example") == .several([ferry, bridge]))
    for name in ["", "tram", "99", "%", "_", "ferry%"] { #expect(try store.article(named: name) == .none, "\(name)") }
  }
}
