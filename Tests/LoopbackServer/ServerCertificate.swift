import CTLS

/// A certificate made for a test, with its key: of an authority of the test's own, or signed by itself.
public final class ServerCertificate: @unchecked Sendable {  // nothing changes once it is made
  /// What OpenSSL could not do.
  public struct Failure: Error { public let call: String }

  /// For clients that shall trust it, or what it signed.
  public let pem: String
  private let certificate: OpaquePointer
  private let key: OpaquePointer
  let context: OpaquePointer

  /// - Parameters:
  ///   - names: what it is for, as `IP:127.0.0.1` or `DNS:example.org`; none makes it an authority.
  ///   - title: its common name.
  ///   - validDays: from when to when it is valid, in days from now: `-10 ... -1` is one that has expired.
  ///   - issuer: who signs it; nil for itself.
  public init(
    names: [String], title: String = "stet test", validDays: ClosedRange<Int> = -1...30,
    issuer: ServerCertificate? = nil
  ) throws {
    func need<T>(_ value: T?, _ call: String) throws -> T {
      guard let value else { throw Failure(call: call) }
      return value
    }
    func check(_ result: Int32, _ call: String) throws {
      guard result > 0 else { throw Failure(call: call) }
    }
    var made: OpaquePointer?
    let generator = try need(EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil), "EVP_PKEY_CTX_new_id")
    defer { EVP_PKEY_CTX_free(generator) }
    try check(EVP_PKEY_keygen_init(generator), "EVP_PKEY_keygen_init")
    try check(EVP_PKEY_keygen(generator, &made), "EVP_PKEY_keygen")
    key = try need(made, "EVP_PKEY_keygen")
    certificate = try need(X509_new(), "X509_new")
    try check(X509_set_version(certificate, 2), "X509_set_version")
    try check(ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1...Int.max)), "ASN1_INTEGER_set")
    X509_gmtime_adj(X509_getm_notBefore(certificate), validDays.lowerBound * 86_400)
    X509_gmtime_adj(X509_getm_notAfter(certificate), validDays.upperBound * 86_400)
    try check(X509_set_pubkey(certificate, key), "X509_set_pubkey")
    let name = try need(X509_get_subject_name(certificate), "X509_get_subject_name")
    try check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, title, -1, -1, 0), "X509_NAME_add_entry_by_txt")
    let issuerName = issuer.map { X509_get_subject_name($0.certificate) } ?? name
    try check(X509_set_issuer_name(certificate, issuerName), "X509_set_issuer_name")
    let (kind, value) =
      names.isEmpty
      ? (NID_basic_constraints, "critical,CA:TRUE") : (NID_subject_alt_name, names.joined(separator: ","))
    let entry = try need(X509V3_EXT_conf_nid(nil, nil, kind, value), "X509V3_EXT_conf_nid")
    defer { X509_EXTENSION_free(entry) }
    try check(X509_add_ext(certificate, entry, -1), "X509_add_ext")
    try check(X509_sign(certificate, issuer?.key ?? key, nil), "X509_sign")
    pem = try Self.pem(of: certificate)
    context = try need(SSL_CTX_new(TLS_server_method()), "SSL_CTX_new")
    try check(SSL_CTX_use_certificate(context, certificate), "SSL_CTX_use_certificate")
    try check(SSL_CTX_use_PrivateKey(context, key), "SSL_CTX_use_PrivateKey")
  }

  deinit {
    SSL_CTX_free(context)
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  private static func pem(of certificate: OpaquePointer) throws -> String {
    guard let memory = BIO_new(BIO_s_mem()) else { throw Failure(call: "BIO_new") }
    defer { BIO_free(memory) }
    guard PEM_write_bio_X509(memory, certificate) == 1 else { throw Failure(call: "PEM_write_bio_X509") }
    let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
      count = max(0, Int(BIO_read(memory, buffer.baseAddress, Int32(buffer.count))))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
