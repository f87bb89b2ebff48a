import Foundation
import LoopbackServer

let syncMeaning = """
  A first `stet sync` of articles on a server on 127.0.0.1 (plain HTTP, bodies uncompressed, two connections as stet opens to any one
  host), and a second where every answer is 304; beside `curl` fetching the same to nowhere over as many connections, which is what the
  network alone costs. CPU is of the client alone. The wall clock includes the server, a simple one, on the same machine.
  """

/// Measures first syncs and syncs where nothing has changed.
func measureSync(_ setting: Setting) throws -> Section {
  Progress.say("measuring sync")
  let site = try LoopbackSite(pages: setting.options.pages, in: setting.work)
  defer { site.remove() }
  let server = try LoopbackServer { site.reply(to: $0) }
  defer { server.stop() }
  let urls = (0..<setting.options.pages).map { server.url("/article/\($0)") }
  let list = setting.work.path(of: "articles.txt")
  try Data((urls.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: list))
  func watching(_ archive: Archive) throws {
    try archive.renew(setting)
    _ = try setting.stet(archive, ["add", "--from", list, "--allow-private"]).run(in: setting.work)
  }
  let (new, known) = (
    Archive(path: setting.work.path(of: "new.stet")), Archive(path: setting.work.path(of: "known.stet"))
  )
  defer {
    new.remove()
    known.remove()
  }
  try watching(known)
  let again = setting.stet(known, ["sync", "--all"])
  _ = try again.run(in: setting.work)
  var contenders = [
    Contender("`stet sync --all`, first", setting.stet(new, ["sync", "--all"])) { try watching(new) },
    Contender("`stet sync --all`, all 304", again),
  ]
  if Command.find("curl") != nil {
    let configuration = setting.work.path(of: "curl.txt")
    let lines = urls.map { "url = \"\($0)\"\noutput = \"/dev/null\"\n" }.joined()
    try Data(lines.utf8).write(to: URL(filePath: configuration))
    let common = ["-q", "-sS", "--parallel", "--parallel-max", "2", "--noproxy", "*", "-K", configuration]
    contenders.append(Contender("`curl --parallel`, first", Command("curl", common)))
    let condition = ["-H", "If-Modified-Since: \(LoopbackSite.lastModified)"]
    contenders.append(Contender("`curl --parallel`, all 304", Command("curl", common + condition)))
  }
  let results = try measure(contenders, rounds: setting.options.rounds, in: setting.work)
  let thousands = Double(setting.options.pages) / 1000
  return Section(
    title: "", meaning: "",
    columns: [
      "\(setting.options.pages) articles, \((Double(site.octets) / 1e6).text(0)) MB", "CPU s per 1,000",
      "wall s per 1,000", "CPU ÷ curl", "peak MB",
    ],
    rows: results.enumerated().map { i, result in
      let peer = results.count == 4 ? (result.cpu.median / results[i % 2 + 2].cpu.median).text(1) : "–"
      return [
        result.name, result.cpu.text(times: 1 / thousands, digits: 3),
        result.wall.text(times: 1 / thousands, digits: 3), peer,
        result.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
      ]
    })
}
