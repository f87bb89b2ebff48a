@testable import Fetching
import Model
import Testing

/// What a cookie file is read as, and which of its cookies go where.
@Suite struct CookieFileTests {
  private static let noon = Instant(milliseconds: 1_700_000_000_000)

  private func value(
    _ file: String, _ host: String, _ path: String = "/", isSecure: Bool = true, at now: Instant = noon
  ) throws -> String? {
    try CookieFile(Array(file.utf8)).value(host: host, path: path, isSecure: isSecure, at: now)
  }

  private static let file = """
    # Netscape HTTP Cookie File

    .example.org\tTRUE\t/\tFALSE\t0\twide\t1
    www.example.org\tFALSE\t/\tTRUE\t1700000001\tonly\ta=b c
    #HttpOnly_.example.org\tTRUE\t/news\tTRUE\t0\tdeep\t"2"
    # A comment\twith\ttabs
    127.0.0.1\tTRUE\t/\tFALSE\t0\taddress\t
    """

  @Test(arguments: [
    ("example.org", "/", true, "wide=1"), ("www.example.org", "/", true, "wide=1; only=a=b c"),
    ("www.example.org", "/", false, "wide=1"), ("a.www.example.org", "/", true, "wide=1"),
    ("www.example.org", "/news", true, "deep=\"2\"; wide=1; only=a=b c"),
    ("example.org", "/news/", true, "deep=\"2\"; wide=1"), ("example.org", "/news/x?y", true, "deep=\"2\"; wide=1"),
    ("example.org", "/news?y=/", true, "deep=\"2\"; wide=1"), ("example.org", "/newspaper", true, "wide=1"),
    ("example.org", "/?/news", true, "wide=1"), ("127.0.0.1", "/", false, "address="),
  ])
  func `cookies go to their domain, path and scheme, the longer path first`(
    host: String, path: String, isSecure: Bool, sent: String
  ) throws {
    #expect(try value(Self.file, host, path, isSecure: isSecure) == sent)
  }

  @Test(arguments: ["badexample.org", "example.org.evil.net", "org", "example.com", "1.127.0.0.1", ""])
  func `no other host gets any`(host: String) throws { #expect(try value(Self.file, host) == nil) }

  @Test func `an address has nothing below it`() throws {
    #expect(try value("0.0.1\tTRUE\t/\tFALSE\t0\ta\t1", "127.0.0.1") == nil)
  }

  @Test func `a cookie past its expiry is not sent`() throws {
    let later = Self.noon.advanced(byMilliseconds: 1000)
    #expect(try value(Self.file, "www.example.org", at: later) == "wide=1")
    #expect(try value("a.org\tTRUE\t/\tFALSE\t1700000000.25\ta\t1", "a.org") == nil)
  }

  @Test func `of two with the same name, domain and path the later counts`() throws {
    let line = ".a.org\tTRUE\t/\tFALSE\t0\tn\t"
    #expect(try value("\(line)1\n\(line)2", "a.org") == "n=2")
    #expect(try value("\(line)1\n.a.org\tTRUE\t/x\tFALSE\t0\tn\t2", "a.org", "/x") == "n=2; n=1")
  }

  @Test func `lines may end as on Windows, and a file may be empty`() throws {
    #expect(try value("# x\r\n\r\na.org\tFALSE\t/\tFALSE\t0\tn\tv\r\n", "a.org") == "n=v")
    #expect(try value("", "a.org") == nil)
    #expect(try value(" \n\t\n", "a.org") == nil)
  }

  @Test(arguments: [
    ("a.org TRUE / FALSE 0 n v", "has 1 parts between tabs, not 7"),
    ("a.org\tTRUE\t/\tFALSE\t0\tn", "has 6 parts between tabs, not 7"),
    ("a.org\tTRUE\t/\tFALSE\t0\tn\tv\tw", "has 8 parts between tabs, not 7"),
    ("\tTRUE\t/\tFALSE\t0\tn\tv", "has no domain such as example.org: "),
    ("http://a.org/\tTRUE\t/\tFALSE\t0\tn\tv", "has no domain such as example.org: http://a.org/"),
    ("a.org\tYES\t/\tFALSE\t0\tn\tv", "its second part is neither TRUE nor FALSE: YES"),
    ("a.org\tTRUE\tnews\tFALSE\t0\tn\tv", "its path does not begin with a slash: news"),
    ("a.org\tTRUE\t/\t1\t0\tn\tv", "its fourth part is neither TRUE nor FALSE: 1"),
    ("a.org\tTRUE\t/\tFALSE\tnever\tn\tv", "its expiry is no number of seconds: never"),
    ("a.org\tTRUE\t/\tFALSE\t-1\tn\tv", "its expiry is no number of seconds: -1"),
    ("a.org\tTRUE\t/\tFALSE\t9999999999999999\tn\tv", "its expiry is no number of seconds: 9999999999999999"),
    ("a.org\tTRUE\t/\tFALSE\t0\t\tv", "no cookie can have this name or value: "),
    ("a.org\tTRUE\t/\tFALSE\t0\tn=m\tv", "no cookie can have this name or value: n=m"),
    ("a.org\tTRUE\t/\tFALSE\t0\tn\tv; m=w", "no cookie can have this name or value: n"),
    ("a.org\tTRUE\t/\tFALSE\t0\tn\tv\rX-Forged: 1", "holds a control character"),
    ("a.org\tTRUE\t/\tFALSE\t0\tn\tv\0", "holds a control character"),
  ])
  func `a bad line is named by its number, and the file is not taken`(line: String, reason: String) {
    let file = "# first\n.b.org\tTRUE\t/\tFALSE\t0\tgood\t1\n\(line)\n"
    #expect(throws: CookieFile.Invalid(line: 3, reason: reason)) { try CookieFile(Array(file.utf8)) }
  }

  @Test func `octets that are no UTF-8 are a bad line`() {
    let file = Array("a.org\tTRUE\t/\tFALSE\t0\tn\t".utf8) + [0xff]
    #expect(throws: CookieFile.Invalid(line: 1, reason: "not UTF-8")) { try CookieFile(file) }
    #expect(CookieFile.Invalid(line: 1, reason: "not UTF-8").message == "line 1: not UTF-8")
  }
}
