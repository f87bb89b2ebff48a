import ArgumentParser
import JSON
import Storage
import Syncing

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the archive.",
    discussion: """
      Checks the file's structure, references, capture digests, the log with its head and the chain of revisions; with --deep also the digest of every \
      body, and every derived row against a new derivation. Exit code 4 when something is wrong; what is damaged is named, \
      with the captures that it touches.

      EXAMPLE
        stet verify --deep
      """)

  @Flag(name: .long, help: "Every body and every derived row as well.") var deep = false
  @Flag(name: .long, help: "Also say what took how long.") var verbose = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("verifying", json: options.json) {
      let quiet = options.json
      let report: VerifyReport
      do {
        let store = try options.open(.read)
        report = try store.verify(deep: deep ? Derivation.rederivation : nil, cpu: Clock.threadWork) { what, done in
          if !quiet { Terminal.progress("\(what): \(done)") }
        }
      } catch StorageError.damaged(let path, let detail) {
        throw CommandFailure(
          "verifying", code: "damaged", "\(path): damaged (\(detail))",
          hint: "put a backup in its place; `stet import archive` of this one may bring what came since",
          exit: .problemsFound)
      }
      Terminal.endProgress()
      options.json ? Terminal.print(json(report).description) : table(report)
      if !report.problems.isEmpty { throw ExitCode.problemsFound }
    }
  }

  private func json(_ report: VerifyReport) -> JSONValue {
    [
      "bodies": JSONValue(report.bodies), "captures": JSONValue(report.captures),
      "revisions": JSONValue(report.revisions),
      "body_bytes": JSONValue(report.bodyBytes), "deep": .bool(deep),
      "cpu_ms": .object(report.cpu.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value / 1_000_000)) }),
      "problems": .array(
        report.problems.map { problem in
          [
            "kind": .string(problem.kind), "subject": .string(problem.subject), "detail": .string(problem.detail),
            "affects": JSONValue(problem.affects),
          ]
        }),
    ]
  }

  private func table(_ report: VerifyReport) {
    for problem in report.problems {
      Terminal.print("\(Style.red(problem.kind))  \(problem.subject): \(problem.detail)")
      for affected in problem.affects { Terminal.print("    affects \(affected)") }
    }
    let what = deep ? ", \(Bytes(report.bodyBytes)) of bodies read again" : ""
    let bodies = "\(report.bodies) \(report.bodies == 1 ? "body" : "bodies")"
    Terminal.print(
      "\(bodies), \(count(report.captures, "capture")), \(count(report.revisions, "revision"))\(what): "
        + (report.problems.isEmpty ? Style.green("no problems") : Style.red(count(report.problems.count, "problem"))))
    guard verbose else { return }
    let parts = report.cpu.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value / 1_000_000) ms" }
    Terminal.print("work: " + parts.joined(separator: ", "))
  }
}
