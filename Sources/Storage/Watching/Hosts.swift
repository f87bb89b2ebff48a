import Foundation
import GRDB
import Model
import Robots

/// How a host is to be treated.
public struct HostRow: Sendable, Hashable {
  /// Lower case, without port.
  public let name: String
  /// Nothing is asked before then.
  public var notBefore: Instant?
  /// Refusals in a row.
  public var failures: Int
  /// How its articles are edited, summed up.
  public var habit: String

  public init(name: String, notBefore: Instant? = nil, failures: Int = 0, habit: String = "") {
    (self.name, self.notBefore, self.failures, self.habit) = (name, notBefore, failures, habit)
  }
}

extension Store {
  public func hosts() throws(StorageError) -> [HostRow] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, not_before, failures, habit FROM host").map {
        HostRow(
          name: try $0[0], notBefore: (try $0[1] as Int64?).map(Instant.init(milliseconds:)), failures: try $0[2],
          habit: try $0[3])
      }
    }
  }

  public func robots() throws(StorageError) -> [RobotsEntry] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT authority, checked_at, answer, body, unreachable_since FROM robots").map {
        row in
        let answer: RobotsEntry.Answer? =
          switch try row[2] as String? {
          case "file": .file((try row[3] as Data?).map(Array.init) ?? [])
          case "absent": .absent
          default: nil
          }
        return RobotsEntry(
          authority: try row[0], checkedAt: Instant(milliseconds: try row[1]), answer: answer,
          unreachableSince: (try row[4] as Int64?).map(Instant.init(milliseconds:)))
      }
    }
  }

  /// Remembers what a pass learnt of hosts: those given replace what was known of them.
  public func remember(hosts: [HostRow], robots: [RobotsEntry]) throws(StorageError) {
    guard !hosts.isEmpty || !robots.isEmpty else { return }
    try write { db in
      for host in hosts {
        try db.cachedStatement(
          sql: "INSERT OR REPLACE INTO host (name, not_before, failures, habit) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [host.name, host.notBefore?.milliseconds, host.failures, host.habit])
      }
      for entry in robots {
        let (answer, body): (String?, Data?) =
          switch entry.answer {
          case .file(let octets): ("file", Data(octets))
          case .absent: ("absent", nil)
          case nil: (nil, nil)
          }
        try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO robots (authority, checked_at, answer, body, unreachable_since) VALUES (?, ?, ?, ?, ?)
            """
        ).execute(
          arguments: [
            entry.authority, entry.checkedAt.milliseconds, answer, body, entry.unreachableSince?.milliseconds,
          ])
      }
    }
  }
}
