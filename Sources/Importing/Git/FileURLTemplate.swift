import Model

/// How the path of a file becomes the URL that its history is a history of: `https://example.org/{path}`.
///
/// `{path}` is the path from the repository's root, `{stem}` the same without the ending of the file's name. Octets that may
/// not stand in the path of a URL (RFC 3986 §3.3) are percent-encoded.
public struct FileURLTemplate: Hashable, Sendable {
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
  }

  private let template: String
  /// Whether every file has a URL of its own.
  public let tellsFilesApart: Bool

  /// A template that no URL comes of is refused.
  public init(_ template: String) throws(Invalid) {
    self.template = template
    tellsFilesApart = template.contains("{path}") || template.contains("{stem}")
    do throws(WebURL.Invalid) { _ = try WebURL(Self.filled(template, Array("a.html".utf8))) } catch {
      throw Invalid(reason: "\"\(template)\" makes no URL: \(error.reason)")
    }
  }

  /// The URL of a file, in normal form.
  public func url(ofPath path: [UInt8]) throws(WebURL.Invalid) -> String {
    try WebURL(Self.filled(template, path)).normalized
  }

  private static func filled(_ template: String, _ path: [UInt8]) -> String {
    let start = (path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
    let point = path[start...].lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > start ? $0 : nil }
    var out = ""
    var rest = Substring(template)
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      rest = rest[open...]
      if rest.hasPrefix("{path}") {
        out += encoded(path[...])
        rest = rest.dropFirst(6)
      } else if rest.hasPrefix("{stem}") {
        out += encoded(path[..<(point ?? path.endIndex)])
        rest = rest.dropFirst(6)
      } else {
        out.append(rest.removeFirst())
      }
    }
    return out + rest
  }

  static func encoded(_ path: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in path {
      switch byte {
      case 97...122, 65...90, 48...57: out.append(byte)
      case _ where "-._~/!$&'()*+,;=:@".utf8.contains(byte): out.append(byte)
      default: out += Array("%".utf8) + Array(CollectionOfOne(byte).hexadecimal.uppercased().utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
