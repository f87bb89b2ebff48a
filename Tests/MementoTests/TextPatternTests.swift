import Testing

@testable import Memento

struct TextPatternTests {
  private func matches(_ pattern: String, _ text: String, whole: Bool = true) throws -> Bool? {
    var budget = 1_000_000
    return try TextPattern(pattern).matches(text.utf8, whole: whole, budget: &budget)
  }

  @Test(arguments: [
    ("200", "200", true), ("200", "2000", false), ("2..", "204", true), ("[23]\\d\\d", "304", true),
    ("[23]\\d\\d", "404", false), ("text/(html|plain)", "text/plain", true), ("a*", "", true), ("a+", "", false),
    ("(ab?)*c", "ababac", true), (".*\\.pdf$", "https://a.example/x.pdf", true), ("^a$", "a", true),
    ("a^b", "ab", false),
    ("[^a-c]+", "xyz", true), ("[^a-c]+", "xbz", false), ("[]a]", "]", true), ("a{2}", "aa", true),
    ("a{2,}", "a", false),
    ("a{2,3}", "aaaa", false), ("a{,3}", "a{,3}", true), ("a|", "", true), ("\\w+\\s\\S", "ab c", true),
    ("x*?y", "xxy", true),
    ("(?:ab|a)(?:c|bcd)", "abcd", true), ("", "", true), ("[a\\]-]+", "a]-", true), ("\\/", "/", true),
    ("(a*)*b", "aaab", true),
    ("a??b", "ab", true),
  ])
  func `patterns mean what they mean elsewhere`(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try matches(pattern, text) == expected)
  }

  @Test func `a match from the beginning need not reach the end`() throws {
    #expect(try matches("2026", "20261101", whole: false) == true)
    #expect(try matches("1101", "20261101", whole: false) == false)
    #expect(try matches("2026$", "20261101", whole: false) == false)
  }

  @Test(arguments: [
    "(", ")", "[", "[a", "*", "a\\", "(?=a)", "(?i)a", "(?P<n>a)", "\\1", "\\b", "a{300}", "a{5,2}", "[z-a]",
    "(a{255}){255}",
    String(repeating: "(", count: 60) + String(repeating: ")", count: 60), String(repeating: "a", count: 501),
    "[\u{E9}]",
  ])
  func `what is no pattern, or too much of one, is refused`(_ pattern: String) {
    #expect(throws: TextPattern.Invalid.self) { try TextPattern(pattern) }
  }

  @Test func `patterns that take others exponential time end after steps in proportion to the text`() throws {
    let text = String(repeating: "a", count: 2000) + "!"
    for pattern in ["(a+)+", "(a|a)*", "(a|aa)+", "(.*)*x", "a*a*a*a*a*b"] {
      #expect(try matches(pattern, text) == false)
    }
    var budget = 100
    #expect(try TextPattern("(a|b)*").matches(text.utf8, whole: true, budget: &budget) == nil)
  }
}
