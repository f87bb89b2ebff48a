import Foundation
import LoopbackServer

let syncMeaning = """
  A first `stet sync` of articles on a server on 127.0.0.1 (plain HTTP, bodies uncompressed, two connections as stet opens to any one
  host), and a second: of pages with validators, where every answer is 304, and of the same pages without, where every answer is 200
  with the same octets. Beside it `curl` fetching the same to nowhere over as many connections, which is what the network alone costs,
  and urlwatch and webchanges on the same pages, which they knew already; they fetch over more connections, keep one text a page and
  neither read articles nor keep what a server said. CPU is of the client alone. The wall clock includes the server, a simple one, on
  the same machine.
  """

/// Measures first syncs and syncs where nothing has changed.
func measureSync(_ setting: Setting) throws -> Section {
  Progress.say("measuring sync")
  let site = try LoopbackSite(pages: setting.options.pages, in: setting.work)
  defer { site.remove() }
  let server = try LoopbackServer { site.reply(to: $0) }
  defer { server.stop() }
  func urls(_ kind: String) -> [String] { (0..<setting.options.pages).map { server.url("/\(kind)/\($0)") } }
  func watching(_ kind: String, _ archive: Archive) throws {
    let list = setting.work.path(of: "articles.txt")
    try Data((urls(kind).joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
    try archive.renew(setting)
    _ = try setting.stet(archive, ["add", "--from", list, "--allow-private"]).run(in: setting.work)
  }
  let again = [(kind: "article", answers: "all 304"), (kind: "bare", answers: "all 200 and the same")]
  let archives = ["new", "article", "bare"].map { Archive(path: setting.work.path(of: "\($0).stet")) }
  defer { for archive in archives { archive.remove() } }

  /// Contenders, each with what it is answered, and how often.
  var visits: [(answers: String, pages: Int, contender: Contender)] = []
  func add(
    _ name: String, _ answers: String, _ command: Command, pages: Int? = nil,
    prepare: @escaping () throws -> Void = {}
  ) {
    visits.append(
      (answers, pages ?? setting.options.pages, Contender("\(name), \(answers)", command, prepare: prepare)))
  }
  add("`stet sync --all`", "first", setting.stet(archives[0], ["sync", "--all"])) {
    try watching("article", archives[0])
  }
  for (archive, (kind, answers)) in zip(archives.dropFirst(), again) {
    try watching(kind, archive)
    let sync = setting.stet(archive, ["sync", "--all"])
    _ = try sync.run(in: setting.work)
    add("`stet sync --all`", answers, sync)
  }
  if setting.has(.curl) {
    let configuration = setting.work.path(of: "curl.txt")
    let lines = urls("article").map { "url = \"\($0)\"\noutput = \"/dev/null\"\n" }.joined()
    try Data(lines.utf8).write(to: URL(filePath: configuration))
    let common = ["-q", "-sS", "--parallel", "--parallel-max", "2", "--noproxy", "*", "-K", configuration]
    add("`curl --parallel`", "first", Command("curl", common))
    add(
      "`curl --parallel`", "all 304",
      Command("curl", common + ["-H", "If-Modified-Since: \(LoopbackSite.lastModified)"]))
  }
  // webchanges takes some 35 ms a page, so it is given fewer.
  for (peer, most) in [(Peer.urlwatch, Int.max), (.webchanges, 500)] where setting.has(peer) {
    for (kind, answers) in again {
      let pages = Array(urls(kind).prefix(most))
      let check = try WatcherPeer(peer, watching: pages, as: kind, in: setting.work).check
      _ = try check.run(in: setting.work)
      add("`\(peer)`" + (pages.count < setting.options.pages ? " of \(most)" : ""), answers, check, pages: pages.count)
    }
  }

  let results = try measure(visits.map(\.contender), rounds: setting.options.rounds, in: setting.work)
  func perThousand(_ spread: Spread, _ i: Int) -> Double { spread.median * 1000 / Double(visits[i].pages) }
  return Section(
    title: "", meaning: "",
    columns: [
      "\(setting.options.pages) articles, \((Double(site.octets) / 1e6).text(0)) MB", "CPU s per 1,000",
      "wall s per 1,000", "CPU, stet = 1", "peak MB",
    ],
    rows: results.enumerated().map { i, result in
      // Stet comes first with each kind of answers.
      let own = visits.indices.first { visits[$0].answers == visits[i].answers } ?? i
      return [
        result.name, result.cpu.text(times: 1000 / Double(visits[i].pages), digits: 3),
        result.wall.text(times: 1000 / Double(visits[i].pages), digits: 3),
        (perThousand(result.cpu, i) / perThousand(results[own].cpu, own)).text(2),
        result.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
      ]
    } + setting.absent(.curl, .urlwatch, .webchanges))
}
