import ArgumentParser
import Foundation
import JSON
import Scheduling

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "How many edits a budget of fetches would have caught.",
    discussion: """
      TRACE has a line {"url":…,"born":…,"changes":[…]} an article: when it appeared and each instant at which it changed, in \
      seconds. A tick is 300 s. Policies: stet is what sync uses; fixed takes the longest waiting; ladder goes by steps of the \
      time since the last change.

      EXAMPLE
        stet simulate trace.jsonl --budget 5
        stet simulate trace.jsonl --budget 5 --policy fixed --fetches fetches.jsonl --json
      """)

  @Argument(help: "The trace, JSON Lines; - is standard input.", completion: .file()) var trace: String
  @Option(help: "Fetches a tick over all articles.") var budget: Int
  @Option(
    help: "stet, fixed or ladder.",
    transform: { name in
      guard let policy = Simulation.Policy(rawValue: name) else {
        throw ValidationError("--policy is stet, fixed or ladder")
      }
      return policy
    }) var policy = Simulation.Policy.stet
  @Option(help: "Write each fetch as a line {\"url\",\"at\"}.", completion: .file()) var fetches: String?
  @Flag(name: .long, help: "Print JSON for programs.") var json = false

  func validate() throws {
    guard (0...1_000_000).contains(budget) else { throw ValidationError("--budget is a number from 0 to 1000000") }
  }

  func run() async throws {
    let doing = "simulating \(trace)"
    try await reporting(doing, json: json) {
      let simulation = Simulation(try ChangeTrace.read(try InputFile.read(trace, doing: doing), doing: doing))
      let result: Simulation.Result
      if let fetches {
        let names = simulation.articles.map { JSONValue.string($0.url).description }
        var lines: [UInt8] = []
        result = simulation.run(policy, budget: budget) {
          lines += Array("{\"url\":\(names[$0.article]),\"at\":\($0.at)}\n".utf8)
        }
        do { try Data(lines).write(to: URL(fileURLWithPath: fetches), options: .atomic) } catch {
          throw CommandFailure("writing \(fetches)", code: "unwritable", "it cannot be written")
        }
      } else {
        result = simulation.run(policy, budget: budget)
      }
      Terminal.print(json ? object(result).description : text(result))
    }
  }

  private func object(_ result: Simulation.Result) -> JSONValue {
    func decimal(_ value: Double, _ digits: Int) -> JSONValue { .number(Self.decimal(value, digits: digits)) }
    func whole(_ value: Int) -> JSONValue { .number(String(value)) }
    return JSONValue.object([
      ("policy", .string(policy.rawValue)), ("budget", whole(budget)), ("edits", whole(result.edits)),
      ("caught", whole(result.caught)), ("missed", whole(result.missed)), ("share", decimal(result.share, 4)),
      ("mean_delay_s", decimal(result.meanDelay, 0)), ("requests", whole(result.requests)),
    ])
  }

  private func text(_ result: Simulation.Result) -> String {
    """
    edits       \(result.edits)
    caught      \(result.caught) (\(Self.decimal(result.share * 100, digits: 1)) %)
    missed      \(result.missed)
    mean delay  \(Self.decimal(result.meanDelay, digits: 0)) s
    requests    \(result.requests)
    """
  }

  /// A number that is not negative, rounded to some decimal places.
  private static func decimal(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let (whole, rest) = Int((value * Double(scale)).rounded()).quotientAndRemainder(dividingBy: scale)
    guard digits > 0 else { return String(whole) }
    let decimals = String(rest)
    return "\(whole)." + String(repeating: "0", count: digits - decimals.count) + decimals
  }
}
