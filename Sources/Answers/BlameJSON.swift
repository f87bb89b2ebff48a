import JSON
import Model
import Storage

/// Where sentences come from: the keys of `blame`.
extension Wording {
  fileprivate var members: [(key: String, value: JSONValue)] {
    [("text", .string(text)), ("revision", JSONValue(revision)), ("since", came.json)]
  }
}

extension BlamedSentence {
  public var json: JSONValue {
    .object(
      [("part", .string(part.rawValue)), ("block", block.map { JSONValue($0) } ?? .null)] + now.members
        + [("was", .array(was.map { .object($0.members) }))])
  }
}
