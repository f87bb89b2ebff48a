import Exporting
import JSON

/// What an export prints when it is done.
enum ExportedFiles {
  /// Nothing for standard output, which has the data.
  static func print(_ files: [ExportedFile], of item: String, json: Bool) {
    let files = files.filter { $0.path != "-" }
    if files.isEmpty { return }
    if json {
      let members: [JSONValue] = files.map {
        ["path": .string($0.path), "bytes": JSONValue($0.bytes), "records": JSONValue($0.records)]
      }
      return Terminal.print(JSONValue.object([("files", .array(members))]).description)
    }
    for file in files {
      let there = file.wasThere ? ", there already" : ""
      Terminal.print("\(file.path): \(count(file.records, item)), \(Bytes(file.bytes))\(there)")
    }
  }
}
