import Foundation

/// The file of certificate authorities that `--cacert` names.
enum CertificateFile {
  /// Throws when it cannot be read or holds no certificate in PEM (RFC 7468 §5): libcurl says so only once a server is asked over
  /// TLS, and then of each page.
  static func check(_ path: String?, doing: String) throws {
    guard let path else { return }
    let text: String
    do { text = String(decoding: try InputFile.read(path, doing: doing), as: UTF8.self) } catch let error
      as CommandFailure
    { throw CommandFailure(doing, code: error.code, "--cacert \(path): \(error.message)") }
    let begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----"
    let first = text.range(of: begin).flatMap { begin in
      text[begin.upperBound...].range(of: end).map { text[begin.upperBound..<$0.lowerBound] }
    }
    guard let first, Data(base64Encoded: String(first), options: .ignoreUnknownCharacters)?.isEmpty == false else {
      throw CommandFailure(
        doing, code: "unreadable", "--cacert \(path): it holds no certificate in PEM",
        hint: "each begins with \(begin); `openssl x509 -inform der` makes one of DER")
    }
  }
}
