import Model
import Testing

/// Most cases are the kinds of RFC 3986 §5.4, with a base of our own.
struct URLReferenceTests {
  private static let base = "https://post.example/a/b?c#d"

  @Test(arguments: [
    ("https://other.example/x#y", "https://other.example/x#y"), ("HTTP://other.example", "http://other.example"),
    ("//cdn.example/x", "https://cdn.example/x"), ("/x", "https://post.example/x"), ("x", "https://post.example/a/x"),
    ("./x", "https://post.example/a/x"), ("../x", "https://post.example/x"), ("../../x", "https://post.example/x"),
    ("x/./y/../z", "https://post.example/a/x/z"), ("..", "https://post.example/"), (".", "https://post.example/a/"),
    ("?q=../1", "https://post.example/a/b?q=../1"), ("#e", "https://post.example/a/b?c#e"),
    ("x?y=/../z", "https://post.example/a/x?y=/../z"),
  ])
  func `a reference is made absolute as the RFC says`(reference: String, absolute: String) {
    #expect(URLReference.absolute(reference, base: Self.base) == absolute)
  }

  @Test(arguments: [
    (" \n/x\t", "https://post.example/x"), ("/x\ny", "https://post.example/xy"), ("\\x\\y", "https://post.example/x/y"),
    ("\\\\cdn.example\\x", "https://cdn.example/x"), ("https:/other.example/x", "https://other.example/x"),
    ("%2E%2e/x", "https://post.example/x"), ("/x?a\\b", "https://post.example/x?a\\b"),
  ])
  func `what browsers forgive is forgiven`(reference: String, absolute: String) {
    #expect(URLReference.absolute(reference, base: Self.base) == absolute)
  }

  @Test(arguments: [
    "", " ", "mailto:a@b.example", "javascript:alert(1)", "data:,x", "file:///etc/hosts", "https://", "/a\u{0}b",
  ])
  func `what leads nowhere on the web is none`(reference: String) {
    #expect(URLReference.absolute(reference, base: Self.base) == nil)
  }

  @Test func `a relative reference needs a base, an absolute one none`() {
    #expect(URLReference.absolute("/x", base: nil) == nil)
    #expect(URLReference.absolute("x", base: "no address") == nil)
    #expect(URLReference.absolute("https://post.example/x", base: nil) == "https://post.example/x")
  }

  @Test func `a base without a path gets a slash`() {
    #expect(URLReference.absolute("x", base: "https://post.example") == "https://post.example/x")
    #expect(URLReference.absolute("?q", base: "https://post.example") == "https://post.example/?q")
  }
}
