import ArgumentParser
import Evidence
import JSON
import Model

struct CheckProof: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof",
    abstract: "Check a proof file, without an archive.",
    discussion: """
      Works everything out again, from the capture's text to the signature, and prints what is proved. Exit code 4 when the \
      proof does not hold.

      Without --key this shows that the file agrees with itself and was signed by the key that it names. Whose key that is \
      must be learnt elsewhere: `stet init` printed it, its owner published it.

      It also checks what `stet checkpoint` printed: alone, who signed it; printed with --since, and given the earlier \
      checkpoint, that the one continues the other.

      EXAMPLE
        stet check-proof ferry.proof --key ed25519:4b5d390f850e36310cff21f23140c312c0cde1d62e3c53d8ba06f1ab11177677
        stet check-proof ferry.proof --body ferry.html
        stet check-proof 2026-11-27.update --since 2026-11-20.checkpoint
      """)

  @Argument(help: "A proof file; - is standard input.", completion: .file()) var file: String
  @Option(name: .long, help: ArgumentHelp("The log's key: NAME+ID+BASE64, or an origin, ed25519:…", valueName: "key"))
  var key: String?
  @Option(
    name: .long, help: ArgumentHelp("The body, which must be the one that was captured.", valueName: "file"),
    completion: .file())
  var body: String?
  @Option(
    name: .long, help: ArgumentHelp("Of an update: the checkpoint that it continues.", valueName: "file"),
    completion: .file())
  var since: String?
  @Flag(name: .long, help: "Print JSON for programs.") var json = false

  func validate() throws {
    if let key, (try? VerifierKey(key)) == nil {  // which of its parts is wrong is not worth telling
      throw ValidationError("--key takes NAME+ID+BASE64, or ed25519: and 64 hexadecimal digits.")
    }
    if body != nil, since != nil { throw ValidationError("--body is of a capture's proof, --since of an update.") }
  }

  func run() async throws {
    let doing = "checking \(file)"
    try await reporting(doing, json: json) {
      let octets = try InputFile.read(file, doing: doing)
      do {
        if PublishedCheckpoint.isUpdate(octets) { return try checkUpdate(octets, doing: doing) }
        guard since == nil else {
          throw CommandFailure(
            doing, code: "not-an-update", "it is not what `stet checkpoint --since` prints",
            hint: "only with that can it be shown that one checkpoint continues another", exit: .problemsFound)
        }
        if octets.starts(with: "stet/".utf8) { return try checkCheckpoint(octets, doing: doing) }
        let content = try body.map { try InputFile.read($0, doing: "reading \($0)") }
        let finding = try CaptureProof(octets).verify(against: try key.map { try VerifierKey($0) }, body: content)
        json ? Terminal.print(json(finding).description) : table(finding)
      } catch let error as ProofError { throw CommandFailure(doing, error, exit: .problemsFound) }
    }
  }

  // MARK: a capture's proof

  private func json(_ finding: CaptureProof.Finding) -> JSONValue {
    let capture = finding.capture
    return .object([
      ("holds", true), ("capture", .string(capture.digest.description)), ("url", .string(capture.url)),
      ("captured_at", .string(capture.at.description)), ("status", JSONValue(capture.status)),
      ("payload", JSONValue(capture.payload?.description)), ("refers_to", JSONValue(capture.refersTo?.description)),
      ("origin", JSONValue(capture.origin)), ("own_observation", .bool(finding.isOwnObservation)),
      ("log", .string(finding.signer.name)), ("index", JSONValue(finding.index)), ("size", JSONValue(finding.size)),
      ("key", .string(finding.signer.description)), ("key_given", .bool(finding.signerWasGiven)),
      ("body_checked", .bool(finding.bodyWasChecked)),
    ])
  }

  private func table(_ finding: CaptureProof.Finding) {
    let capture = finding.capture
    var rows = [
      ("capture", capture.digest.description), ("url", capture.url), ("instant", "\(capture.at)"),
      ("status", "\(capture.status)"),
    ]
    if let payload = capture.payload {
      rows.append(("body", "\(payload)\(finding.bodyWasChecked ? ", the one given" : "")"))
    }
    if let refersTo = capture.refersTo {
      rows.append(("still", "\(refersTo), a capture that the server said still stands"))
    }
    rows.append(
      (
        "seen by",
        capture.origin.map { "\($0)\(finding.isOwnObservation ? ", the log's own archive" : "")" }
          ?? "not known: imported"
      ))
    rows.append(("log", "entry \(finding.index) of \(finding.size)"))
    rows.append(("signed", finding.signer.description))
    Terminal.print(Style.green("holds") + "\n" + rows.map { lines($0, $1) }.joined(separator: "\n"))
    noteKey(given: finding.signerWasGiven)
  }

  private func lines(_ name: String, _ value: String) -> String {
    name + String(repeating: " ", count: max(1, 9 - name.count)) + value
  }

  private func noteKey(given: Bool) {
    Terminal.print(
      given
        ? "signed by the key that was given"
        : "no --key was given: this shows that the file agrees with itself; whose key it is must be learnt elsewhere")
  }

  // MARK: a checkpoint, an update

  private func checkCheckpoint(_ octets: [UInt8], doing: String) throws {
    try refuseBody(doing)
    let signed = try SignedCheckpoint(octets)
    let signer = try signed.verify(against: try key.map { try VerifierKey($0) })
    let size = signed.checkpoint.size
    json
      ? Terminal.print(JSONValue.object([("holds", true)] + members(signer, size: size)).description)
      : table(count(size, "capture"), signer)
  }

  private func members(_ signer: VerifierKey, size: Int) -> [(String, JSONValue)] {
    [
      ("log", .string(signer.name)), ("size", JSONValue(size)), ("key", .string(signer.description)),
      ("key_given", .bool(key != nil)),
    ]
  }

  private func table(_ log: String, _ signer: VerifierKey) {
    Terminal.print(Style.green("holds") + "\n" + lines("log", log))
    Terminal.print(lines("signed", signer.description))
    noteKey(given: key != nil)
  }

  private func refuseBody(_ doing: String) throws {
    guard body == nil else {
      throw CommandFailure(
        doing, code: "no-body", "it proves no capture, so that no body goes with it", exit: .init(64))
    }
  }

  private func checkUpdate(_ octets: [UInt8], doing: String) throws {
    guard let since else {
      throw CommandFailure(
        doing, code: "since-needed", "it continues an earlier checkpoint, which was not given",
        hint: "name it with --since", exit: .init(64))
    }
    try refuseBody(doing)
    let old = try PublishedCheckpoint.read(since, doing: "reading \(since)")
    let update = try CheckpointUpdate(octets)
    let signer = try update.verify(since: old, against: try key.map { try VerifierKey($0) })
    let (before, after) = (old.checkpoint.size, update.checkpoint.checkpoint.size)
    json
      ? Terminal.print(
        JSONValue.object([("holds", true), ("since", JSONValue(before))] + members(signer, size: after)).description)
      : table("\(count(after, "capture")), of which the first \(before) are as they were", signer)
  }
}
