import Fetching
import Testing

/// Which proxy the environment's variables mean.
@Suite struct ProxiesTests {
  private func proxy(_ environment: [String: String], _ host: String, isSecure: Bool = false) -> String? {
    Proxies { environment[$0] }.proxy(forHost: host, isSecure: isSecure)
  }

  @Test func `each scheme has its own, and all_proxy stands in`() {
    let both = ["http_proxy": "a:1", "HTTPS_PROXY": "b:2", "all_proxy": "c:3"]
    #expect(proxy(both, "x.org") == "a:1")
    #expect(proxy(both, "x.org", isSecure: true) == "b:2")
    #expect(proxy(["ALL_PROXY": "c:3"], "x.org", isSecure: true) == "c:3")
    #expect(proxy([:], "x.org") == nil)
    #expect(proxy(["http_proxy": ""], "x.org") == nil)
  }

  @Test func `HTTP_PROXY is not believed`() { #expect(proxy(["HTTP_PROXY": "a:1"], "x.org") == nil) }

  @Test(arguments: [
    ("example.org", "example.org", true), ("example.org", "www.example.org", true),
    (".example.org", "example.org", true),
    ("example.org", "notexample.org", false), ("a.org, b.org", "b.org", true), ("a.org b.org", "c.org", false),
    ("*", "any.org", true), ("EXAMPLE.org", "example.org", true), ("example.org", "example.org.", true),
    ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("10.1.2.3", "10.1.2.3", true),
    ("fd00::/8", "[fd00::1]", true), ("2.3", "10.1.2.3", false), ("", "x.org", false), (".", "x.org", false),
  ])
  func `no_proxy names what is reached directly`(list: String, host: String, isDirect: Bool) {
    #expect((proxy(["http_proxy": "p:1", "no_proxy": list], host) == nil) == isDirect)
  }

  @Test func `certificates come from the variables that curl knows`() {
    let set = ["SSL_CERT_FILE": "/a.pem", "CURL_CA_BUNDLE": "/b.pem"]
    #expect(Network { set[$0] }.certificateFile == "/b.pem")
    #expect(Network { $0 == "SSL_CERT_FILE" ? "/a.pem" : nil }.certificateFile == "/a.pem")
    #expect(Network(certificateFile: "/c.pem") { set[$0] }.certificateFile == "/c.pem")
    #expect(Network { _ in "" }.certificateFile == nil)
  }
}
