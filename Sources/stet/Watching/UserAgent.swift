import Fetching
import Glibc

/// How Stet names itself to servers.
enum UserAgent {
  /// The product and its version, and where whoever runs it can be reached (RFC 9110 §10.1.5).
  static var own: String {
    "stet/\(StetVersion.current) (article archive; \(contact.map { "contact: \($0)" } ?? "no contact given"))"
  }

  /// `$STET_CONTACT`, without what may not stand in a comment of a header field.
  static var contact: String? {
    guard let set = getenv("STET_CONTACT") else { return nil }
    let text = String(cString: set).filter { $0.isASCII && $0 >= " " && !"()\\\u{7F}".contains($0) }
    return text.isEmpty ? nil : text
  }
}

extension Network {
  /// As the environment of this process says.
  static func own(certificateFile: String? = nil) -> Network {
    Network(certificateFile: certificateFile) { name in getenv(name).map { String(cString: $0) } }
  }
}
