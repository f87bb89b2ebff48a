import Foundation

/// Runs the `stet` command on the demonstration's archive, as a person or cron would.
struct Stet: Sendable {
  enum RunError: Error, CustomStringConvertible {
    case cannotStart(binary: String, reason: String)
    case unexpectedExit(command: String, was: Int32, wanted: Int32)
    case unreadableOutput(command: String, reason: String)

    var description: String {
      switch self {
      case .cannotStart(let binary, let reason): "starting \(binary): \(reason)\nhint: build it with `make build`"
      case .unexpectedExit(let command, let was, let wanted): "`\(command)` exited with \(was), not \(wanted)"
      case .unreadableOutput(let command, let reason): "reading what `\(command)` printed: \(reason)"
      }
    }
  }

  let binary: String
  /// The archive's path.
  let archive: String
  let terminal: Terminal

  /// Prints the command, lets it print its output, and throws unless it exits as expected.
  func show(_ arguments: String..., exit wanted: Int32 = 0) throws(RunError) {
    terminal.command(Self.line(arguments))
    let status = try run(arguments, output: nil)
    guard status == wanted else {
      throw .unexpectedExit(command: Self.line(arguments), was: status, wanted: wanted)
    }
  }

  /// Runs a command that prints JSON Lines, and reads them.
  func rows<Row: Decodable>(_ arguments: String..., as: Row.Type) throws(RunError) -> [Row] {
    let lines = try output(of: arguments).split(separator: UInt8(ascii: "\n"))
    var rows: [Row] = []
    for line in lines { rows.append(try Self.decode(Data(line), from: arguments)) }
    return rows
  }

  /// Runs a command that prints one JSON object, and reads it.
  func object<Object: Decodable>(_ arguments: String..., as: Object.Type) throws(RunError) -> Object {
    try Self.decode(try output(of: arguments), from: arguments)
  }

  private static func decode<Value: Decodable>(_ json: Data, from arguments: [String]) throws(RunError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: json)
    } catch {
      throw .unreadableOutput(command: line(arguments), reason: "\(error)")
    }
  }

  /// What a command that has to succeed prints.
  private func output(of arguments: [String]) throws(RunError) -> Data {
    let pipe = Pipe()
    let collected = Collected(pipe.fileHandleForReading)
    let status = try run(arguments, output: pipe)
    let bytes = collected.wait()
    guard status == 0 else { throw .unexpectedExit(command: Self.line(arguments), was: status, wanted: 0) }
    return bytes
  }

  /// The exit status; 128 and the signal's number for a process that a signal ended. With no pipe the output goes where
  /// the demonstration's own goes.
  private func run(_ arguments: [String], output: Pipe?) throws(RunError) -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: binary)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["STET_ARCHIVE": archive]) { $1 }
    process.standardInput = FileHandle.nullDevice
    if let output { process.standardOutput = output }
    do {
      try process.run()
    } catch {
      throw .cannotStart(binary: binary, reason: error.localizedDescription)
    }
    process.waitUntilExit()
    return process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
  }

  /// The command as it would be typed.
  private static func line(_ arguments: [String]) -> String {
    let plain = { (text: String) in text.allSatisfy { $0.isLetter || $0.isNumber || "-_./:@,=%+".contains($0) } }
    return (["stet"] + arguments).map { $0.isEmpty || !plain($0) ? "'\($0)'" : $0 }.joined(separator: " ")
  }
}

/// Reads a pipe to its end on a thread of its own, so that a process that prints much is never held up.
private final class Collected: Sendable {
  private let queue = DispatchQueue(label: "stet-demo.output")
  private let box = Box()

  /// Touched on the queue alone, which is what makes it safe to share.
  private final class Box: @unchecked Sendable { var data = Data() }

  init(_ handle: FileHandle) {
    let box = box
    queue.async { box.data = handle.readDataToEndOfFile() }
  }

  /// All that came, once the other end is closed.
  func wait() -> Data { queue.sync { box.data } }
}
