import JSON
import Model
import Storage

/// When something came or stood there.
extension ChangeInterval {
  public var json: JSONValue { ["after": JSONValue(after?.description), "by": .string(by.description)] }
}

extension TimeSpan {
  public var json: JSONValue { ["from": from.json, "to": to.map(\.json) ?? .null] }
}
