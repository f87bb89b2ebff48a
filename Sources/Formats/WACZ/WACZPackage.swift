import JSON
import Model

/// A page that a reader of a WACZ may start from.
public struct WACZPage: Hashable, Sendable {
  public let url: String
  public let at: Instant
  public let title: String
  /// Tells it apart from the other pages.
  public let id: String

  public init(url: String, at: Instant, title: String, id: String) {
    (self.url, self.at, self.title, self.id) = (url, at, title, id)
  }
}

/// The files of a WACZ (1.1.1) that say what is in it.
public enum WACZPackage {
  /// A file in the package, as `datapackage.json` lists it.
  public struct Resource: Hashable, Sendable {
    public let path: String
    public let digest: Digest
    public let bytes: Int64

    public init(path: String, digest: Digest, bytes: Int64) {
      (self.path, self.digest, self.bytes) = (path, digest, bytes)
    }
  }

  /// `pages/pages.jsonl`: a header, then a line a page.
  public static func pages(_ pages: [WACZPage]) -> [UInt8] {
    let header: JSONValue = .object([
      ("format", .string("json-pages-1.0")), ("id", .string("pages")), ("title", .string("All Pages")),
    ])
    let lines = pages.map {
      JSONValue.object([
        ("id", .string($0.id)), ("url", .string($0.url)), ("title", .string($0.title)),
        ("ts", .string($0.at.description)),
      ])
    }
    return ([header] + lines).flatMap { $0.utf8 + [10] }
  }

  /// `datapackage.json`.
  /// - Parameters:
  ///   - created: RFC 3339, to the second.
  ///   - omitted: what should be in the package and is damaged: `stetOmitted`, only where there is any.
  public static func description(
    _ resources: [Resource], software: String, created: String, omitted: [LostCapture] = []
  ) -> [UInt8] {
    let lacks = omitted.isEmpty ? [] : [("stetOmitted", JSONValue.array(omitted.map(\.json)))]
    return JSONValue.object(
      [
        ("profile", .string("data-package")), ("wacz_version", .string("1.1.1")), ("software", .string(software)),
        ("created", .string(created)),
        (
          "resources",
          .array(
            resources.map { resource in
              .object([
                ("name", .string(resource.path.split(separator: "/").last.map { $0.lowercased() } ?? resource.path)),
                ("path", .string(resource.path)), ("hash", .string(resource.digest.description)),
                ("bytes", JSONValue(resource.bytes)),
              ])
            })
        ),
      ] + lacks
    ).utf8
  }

  /// The text that an archive signs of a package, as a signed note.
  public static func noteText(_ description: [UInt8]) -> String {
    "stet wacz 1\ndatapackage \(Digest(of: description))\n"
  }

  /// `datapackage-digest.json`.
  /// - Parameter note: the signed note over `noteText`. It is no `signedData`, which knows ECDSA alone.
  public static func digest(_ description: [UInt8], note: [UInt8]?) -> [UInt8] {
    JSONValue.object(
      [("path", .string("datapackage.json")), ("hash", .string(Digest(of: description).description))]
        + (note.map { [("stetNote", .string(String(decoding: $0, as: UTF8.self)))] } ?? [])
    ).utf8
  }
}
