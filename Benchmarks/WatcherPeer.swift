import Foundation

/// urlwatch, and webchanges, which grew out of it: they fetch a list of pages and report what changed since the last
/// time. Started as a person or cron would, with no filter, so that they keep and compare the octets as they came, and
/// all of their own files in a folder.
struct WatcherPeer {
  let peer: Peer
  private let folder: String

  /// Writes their list of pages.
  init(_ peer: Peer, watching urls: [String], as name: String, in work: WorkFolder) throws {
    (self.peer, folder) = (peer, work.path(of: "\(peer)-\(name)"))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let settings = "display: {new: false, unchanged: false}\nreport: {stdout: {enabled: true}}\n"
    let jobs = urls.map { "url: \"\($0)\"\n" }.joined(separator: "---\n")
    for (file, text) in [("config.yaml", settings), ("jobs.yaml", jobs), ("hooks.py", "")] {
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(file)"))
    }
  }

  var check: Command {
    let (list, database) = peer == .urlwatch ? ("--urls", "--cache") : ("--jobs", "--database")
    // With a home of its own: nothing that the person has set up counts, and nothing is left there. And with a proxy that is not there:
    // webchanges asks PyPI for a newer version of itself, which is no part of what is measured.
    return Command(
      "env",
      [
        "HOME=\(folder)", "no_proxy=127.0.0.1", "https_proxy=http://127.0.0.1:9", peer.rawValue, list,
        "\(folder)/jobs.yaml", database,
        "\(folder)/pages.db",
        "--config", "\(folder)/config.yaml", "--hooks", "\(folder)/hooks.py",
      ])
  }
}
