import ArgumentParser
import Exporting
import JSON
import Model

/// What an export prints when it is done.
enum ExportedFiles {
  /// Nothing for standard output, which has the data.
  static func print(_ files: [ExportedFile], of item: String, json: Bool) {
    let files = files.filter { $0.path != "-" }
    if files.isEmpty { return }
    if json {
      let members: [JSONValue] = files.map {
        [
          "path": .string($0.path), "bytes": JSONValue($0.bytes), "records": JSONValue($0.records),
          "omitted": .array($0.lost.map { .object($0.members.map { ($0.name, JSONValue($0.value)) }) }),
        ]
      }
      return Terminal.print(JSONValue.object([("files", .array(members))]).description)
    }
    for file in files {
      let there = file.wasThere ? ", there already" : ""
      let lacks = file.lost.isEmpty ? "" : Style.yellow(", \(file.lost.count) left out")
      Terminal.print("\(file.path): \(count(file.records, item)), \(Bytes(file.bytes))\(there)\(lacks)")
    }
  }

  /// Names what is damaged and was left out; that is exit code 4.
  static func end(_ lost: [LostCapture]) throws {
    guard !lost.isEmpty else { return }
    for capture in lost { Terminal.error("stet: left out: \(capture.message)\n") }
    Terminal.error("hint: `stet verify --deep` says what else is damaged; a backup may have what is lost here\n")
    throw ExitCode.problemsFound
  }
}
