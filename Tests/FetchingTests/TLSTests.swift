import Fetching
import Glibc
import LoopbackServer
import Model
import Testing

/// Certificates, good and bad, by servers that really speak TLS.
@Suite struct TLSTests {
  /// An authority of this test's own, in a file that is gone with it.
  private final class Authority {
    let certificate: ServerCertificate
    let file: String

    init(_ title: String = "an authority") throws {
      certificate = try ServerCertificate(names: [], title: title)
      var path = Array("/tmp/stet-test-XXXXXX".utf8CString)
      let descriptor = mkstemp(&path)
      try #require(descriptor >= 0)
      file = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      let pem = Array(certificate.pem.utf8)
      let written = write(descriptor, pem, pem.count)
      close(descriptor)
      try #require(written == pem.count)
    }

    deinit { unlink(file) }
  }

  private func fetch(_ certificate: ServerCertificate, trusting authority: Authority) async throws -> FetchOutcome {
    let server = try LoopbackServer(.tls(certificate)) { _ in .html("kept secret") }
    let fetcher = try makeFetcher(network: Network(addressGuard: .loopback(), certificateFile: authority.file))
    let outcome = await fetcher.fetch(FetchRequest(url: server.url("/")))
    fetcher.shutdown()
    #expect(server.requests.count == (outcome.failure == nil ? 1 : 0))
    return outcome
  }

  private func expectDistrust(_ outcome: FetchOutcome, saying words: String) {
    #expect(outcome.failure?.code == "certificate")
    #expect(outcome.failure?.message.contains(words) == true, "\(outcome.failure?.message ?? "none")")
    #expect(outcome.failure?.isTransient == false)
    #expect(outcome.hops.isEmpty)
    #expect(outcome.bytesReceived == 0)
  }

  @Test func `a certificate of an authority that is trusted is good`() async throws {
    let authority = try Authority()
    let good = try ServerCertificate(names: ["IP:127.0.0.1"], issuer: authority.certificate)
    #expect(try await fetch(good, trusting: authority).response?.body == Array("kept secret".utf8))
  }

  @Test func `an expired certificate is refused`() async throws {
    let authority = try Authority()
    let expired = try ServerCertificate(names: ["IP:127.0.0.1"], validDays: -10 ... -1, issuer: authority.certificate)
    expectDistrust(try await fetch(expired, trusting: authority), saying: "expired")
  }

  @Test func `a certificate that is not valid yet is refused`() async throws {
    let authority = try Authority()
    let early = try ServerCertificate(names: ["IP:127.0.0.1"], validDays: 5...10, issuer: authority.certificate)
    expectDistrust(try await fetch(early, trusting: authority), saying: "not yet valid")
  }

  @Test func `a certificate for another host is refused`() async throws {
    let authority = try Authority()
    let other = try ServerCertificate(names: ["DNS:other.example", "IP:127.0.0.2"], issuer: authority.certificate)
    expectDistrust(try await fetch(other, trusting: authority), saying: "127.0.0.1")
  }

  @Test func `a certificate signed by itself is refused`() async throws {
    let own = try ServerCertificate(names: ["IP:127.0.0.1"])
    expectDistrust(try await fetch(own, trusting: try Authority()), saying: "self")
  }

  @Test func `a certificate of another authority is refused`() async throws {
    let unknown = try ServerCertificate(names: ["IP:127.0.0.1"], issuer: try Authority("another").certificate)
    expectDistrust(try await fetch(unknown, trusting: try Authority()), saying: "issuer certificate")
  }

  @Test func `a certificate of one that only has the name of an authority is refused`() async throws {
    let forged = try ServerCertificate(names: ["IP:127.0.0.1"], issuer: try Authority().certificate)
    let outcome = try await fetch(forged, trusting: try Authority())
    #expect(outcome.failure?.code == "tls")  // the signature fails before libcurl looks at the certificate
    #expect(outcome.hops.isEmpty)
  }

  @Test func `a server that is silent in the handshake runs into the time limit of connecting`() async throws {
    let server = try LoopbackServer(.silence) { _ in .html("never") }
    var limits = Limits()
    limits.connectTimeout = .milliseconds(200)
    let outcome = try await makeFetcher(limits: limits).fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.failure == .timedOut(.connecting, after: .milliseconds(200)))
    #expect(outcome.hops.isEmpty)
  }

  @Test func `a file of authorities that is not there is trouble with TLS and trusts nobody`() async throws {
    let authority = try Authority()
    let good = try ServerCertificate(names: ["IP:127.0.0.1"], issuer: authority.certificate)
    let server = try LoopbackServer(.tls(good)) { _ in .html("x") }
    let network = Network(addressGuard: .loopback(), certificateFile: authority.file + ".not-there")
    let outcome = try await makeFetcher(network: network).fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.failure?.code == "tls")
    #expect(server.requests.isEmpty)
  }

  @Test func `a body cut short by a connection that ends without TLS's goodbye is truncated`() async throws {
    let authority = try Authority()
    let good = try ServerCertificate(names: ["IP:127.0.0.1"], issuer: authority.certificate)
    let server = try LoopbackServer(.tls(good)) { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page", then: .reset)
    }
    let network = Network(addressGuard: .loopback(), certificateFile: authority.file)
    let outcome = try await makeFetcher(network: network).fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.failure?.isTransient == true)
    #expect(outcome.hops.isEmpty)
  }
}
