/// The ways a fetcher may take: which addresses, through which proxies, trusting whose certificates.
public struct Network: Hashable, Sendable {
  public let addressGuard: AddressGuard
  public let proxies: Proxies
  /// A PEM file of the certificate authorities to trust in place of the system's; nil for the system's.
  public let certificateFile: String?

  public init(
    addressGuard: AddressGuard = AddressGuard(), proxies: Proxies = Proxies(), certificateFile: String? = nil
  ) {
    (self.addressGuard, self.proxies, self.certificateFile) = (addressGuard, proxies, certificateFile)
  }

  /// As the environment says: `http_proxy` and its kin (see `Proxies`), and `CURL_CA_BUNDLE` or else `SSL_CERT_FILE`, which
  /// the curl command knows too.
  ///
  /// - Parameter environment: the value of a variable; nil when it is not set.
  public init(
    addressGuard: AddressGuard = AddressGuard(), certificateFile: String? = nil, environment: (String) -> String?
  ) {
    func set(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    self.init(
      addressGuard: addressGuard, proxies: Proxies(environment: environment),
      certificateFile: certificateFile ?? set("CURL_CA_BUNDLE") ?? set("SSL_CERT_FILE"))
  }
}
