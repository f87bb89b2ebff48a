import Foundation
import LoopbackServer

/// `stet-demo`: shows on a small press of our own, whose answers are known, what Stet finds. Started by `make demo`.
@main
enum Demo {
  static let usage = """
    usage: stet-demo [--site DIR] [--stet FILE] [--work DIR]
           stet-demo --serve [--stage N] [--site DIR]

      --site DIR    the site's folder (default Demo/Site)
      --stet FILE   the stet binary (default .build/release/stet)
      --work DIR    where the archive is left (default demo-archive)
      --serve       only serve the site; a number on standard input goes to that stage, end of input ends it
      --stage N     the stage to begin with (default 0)

    Exits with 0 when every edit was found and none invented, 1 when not or when something failed, 64 on wrong use.
    """

  static func main() {
    do {
      guard let options = try Options(Array(CommandLine.arguments.dropFirst())) else {
        print(usage)
        return
      }
      let terminal = Terminal(environment: ProcessInfo.processInfo.environment)
      let key = try AnswerKey(folder: options.site)
      let newsroom = Newsroom(site: try Site(folder: options.site, stages: key.stages.count))
      let server = try LoopbackServer { newsroom.reply(to: $0) }
      defer { server.stop() }
      if options.serve {
        try serve(newsroom, server, key, from: options.stage, terminal)
        return
      }
      let work = try WorkFolder(preparing: options.work)
      let stet = Stet(binary: options.stet, archive: work.archive, terminal: terminal)
      let walkthrough = Walkthrough(
        key: key, newsroom: newsroom, server: server, work: work, stet: stet, terminal: terminal)
      if try !walkthrough.run() { exit(1) }
    } catch let wrong as Options.WrongUse {
      FileHandle.standardError.write(Data("stet-demo: \(wrong.message)\n\(usage)\n".utf8))
      exit(64)
    } catch {
      FileHandle.standardError.write(Data("stet-demo: \(error)\n".utf8))
      exit(1)
    }
  }

  /// Serves until standard input ends.
  private static func serve(
    _ newsroom: Newsroom, _ server: LoopbackServer, _ key: AnswerKey, from first: Int, _ terminal: Terminal
  ) throws {
    var stage = first
    while true {
      guard key.stages.indices.contains(stage) else {
        throw Options.WrongUse(message: "there is no stage \(stage), only 0 to \(key.stages.count - 1)")
      }
      newsroom.enter(stage: stage)
      terminal.say("\(server.url("/")) stands at stage \(stage). \(key.stages[stage].newsroom)")
      guard let line = readLine() else { return }
      stage = Int(line.trimmed) ?? stage
    }
  }
}
