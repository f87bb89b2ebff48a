import Testing

@testable import Extraction

struct SignSearchTests {
  @Test(arguments: [
    "", "a", "just a moment", "please wait: just a moment...", "une minute, s'il vous plaît", "请稍候 just a moment",
  ])
  func `a sign is found exactly where String finds it`(text: String) {
    for sign in ["a", "just a moment", "moment...", "plaît", "请稍候", "not there at all, and longer than the text"] {
      #expect(SignSearch(text).holds(sign) == text.contains(sign))
    }
  }
}
