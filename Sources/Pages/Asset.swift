import Model

/// What pages load besides themselves: one style sheet, one small program, one icon. Named by their digests, so that a browser
/// may keep them for ever.
public enum Asset: String, Sendable, CaseIterable {
  case style = "css"
  case program = "js"
  case icon = "svg"

  public var bytes: [UInt8] {
    switch self {
    case .style: PackageResources.stet_css
    case .program: PackageResources.stet_js
    case .icon: PackageResources.stet_svg
    }
  }

  public var type: String {
    switch self {
    case .style: "text/css; charset=utf-8"
    case .program: "text/javascript; charset=utf-8"
    case .icon: "image/svg+xml"
    }
  }

  /// The first 16 digits of its digest: enough for one name among a few.
  var tag: String { Self.tags[self] ?? "" }

  var path: String { "assets/stet-\(tag).\(rawValue)" }

  private static let tags: [Asset: String] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, String(Digest(of: $0.bytes).hexadecimal.prefix(16))) })
}
