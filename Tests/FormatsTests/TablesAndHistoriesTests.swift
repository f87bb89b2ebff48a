import Formats
import Testing

/// Comma-separated values after RFC 4180.
struct CSVTests {
  @Test func `a field is quoted only where it has to be and is never changed`() {
    let row = CSV.row(["plain", "", "a,b", "say \"no\"", "two\nlines", "=1+1", " edge", "é", "cr\r"])
    #expect(
      String(decoding: row, as: UTF8.self)
        == "plain,,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",=1+1,\" edge\",é,\"cr\r\"\r\n")
  }

  @Test func `a row of one empty field is an empty line`() { #expect(CSV.row([""]) == [13, 10]) }
}

/// Histories as git-fast-import(1) reads them.
struct FastImportTests {
  @Test func `a commit is written with its lengths in octets`() {
    let commit = FastImport.Commit(
      author: FastImport.Person(name: "The Tidewater Post", address: "post.example"),
      committer: FastImport.Person(name: "Stet", address: "stet"), seconds: 1_795_168_800, message: "Fähre\n",
      path: "post.example/ferry.md", content: Array("é\n".utf8))
    #expect(
      String(decoding: FastImport.bytes(of: commit, on: "refs/heads/main"), as: UTF8.self) == """
        commit refs/heads/main
        author The Tidewater Post <post.example> 1795168800 +0000
        committer Stet <stet> 1795168800 +0000
        data 7
        Fähre

        M 100644 inline "post.example/ferry.md"
        data 3
        é


        """)
  }

  @Test func `a name cannot end the line it stands in`() {
    let person = FastImport.Person(name: " A <evil>\ncommitter B ", address: "a> 1 +0000\n")
    #expect(person.name == "A evilcommitter B" && person.address == "a 1 +0000")
  }

  @Test func `a date before git's first is its first`() {
    let nobody = FastImport.Person(name: "", address: "")
    let commit = FastImport.Commit(
      author: nobody, committer: nobody, seconds: -5, message: "", path: "a", content: [])
    #expect(
      String(decoding: FastImport.bytes(of: commit, on: "b"), as: UTF8.self).hasPrefix("commit b\nauthor <> 0 +0000\n"))
  }
}
