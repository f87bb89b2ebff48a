import CommandRunner
import JSON
import Testing

/// The forms in which edits are given: columns, a page, a patch.
struct DiffOutputTests {
  private static let before = """
    Council approves ferry contract

    The new contract is worth 1.5 million euros a year. “I never agreed to that,” the mayor said. It rained.

    The minister resigned on Tuesday after a long debate and then left the country by boat.

    """
  private static let after = before.replacing("1.5", with: "15").replacing(
    "and then left", with: "in town. She then left")

  private func files() throws -> (desk: Desk, old: String, new: String) {
    let desk = try Desk()
    return (desk, try desk.folder.write(Self.before, to: "old.txt"), try desk.folder.write(Self.after, to: "new.txt"))
  }

  @Test func `a patch applied to the old file gives the new text, whose digest is the new snapshot's`() throws {
    let (desk, old, new) = try files()
    let patch = try desk.folder.write(try desk.stet("compare", old, new, "--patch").text, to: "edits.patch")
    let applied = try desk.stet("compare", "--apply", patch, old, "--json").json()
    let compared = try desk.stet("compare", old, new, "--json").json()
    #expect(applied["snapshot"] == compared["to"]?["snapshot"])
    let text = try desk.stet("compare", "--apply", patch, old).text
    #expect(applied["canonical_text"]?.string == text && text.contains("worth 15 million"))
    // Onto a canonical text as well.
    let canonical = try desk.folder.write(text, to: "canonical.txt")
    let back = try desk.folder.write(try desk.stet("compare", new, old, "--patch").text, to: "back.patch")
    #expect(try desk.stet("compare", "--apply", back, canonical).text.contains("worth 1.5 million"))
  }

  @Test func `a patch is refused by another text, and so is what is no patch`() throws {
    let (desk, old, new) = try files()
    let patch = try desk.folder.write(try desk.stet("compare", old, new, "--patch").text, to: "edits.patch")
    let refused = try desk.stet("compare", "--apply", patch, new, "--json")
    #expect(refused.status == 1)
    #expect(try refused.json()["error"]?["code"]?.string == "other-text")
    let nonsense = try desk.stet("compare", "--apply", old, old, "--json")
    #expect(nonsense.status == 1)
    #expect(try nonsense.json()["error"]?["code"]?.string == "malformed-patch")
    #expect(try desk.stet("compare", "--apply", patch).status == 64)
    #expect(try desk.stet("compare", old).status == 64)
    #expect(try desk.stet("compare", old, new, "--html", "--patch").status == 64)
    for shape in ["--html", "--patch"] { #expect(try desk.stet("compare", old, new, shape, "--json").status == 64) }
  }

  @Test func `the page stands alone and can be read without colours`() throws {
    let (desk, old, new) = try files()
    let page = try desk.stet("compare", old, new, "--html").text
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(page.contains("<h1>") && page.contains("<h2 id=\"e1\">") && page.contains("@media print"))
    #expect(page.contains("<del><span class=\"aid\" lang=\"en\" dir=\"ltr\">[deleted: </span>1.5<span"))
    #expect(page.contains("<ins><span class=\"aid\" lang=\"en\" dir=\"ltr\">[inserted: </span>15<span"))
    for word in ["<script", "src=", "href=", "url("] { #expect(!page.contains(word), "\(word)") }
    let same = try desk.stet("compare", old, old, "--html").text
    #expect(same.contains("none: both say the same") && !same.contains("<h2"))
  }

  @Test func `columns are as wide as asked for, in every script`() throws {
    let desk = try Desk()
    let old = try desk.folder.write("市长表示不同意这个计划，他昨天在会议上说了很多话。会议持续了四个小时。\n", to: "old.txt")
    let new = try desk.folder.write("市长表示同意这个计划，他昨天在会议上说了很多话。会议持续了四个小时。\n", to: "new.txt")
    let result = try desk.stet.run(["compare", old, new, "--side-by-side"], environment: ["COLUMNS": "43"])
    let rows = result.lines.dropFirst()
    #expect(rows.count > 1)
    #expect(rows.allSatisfy { $0.contains(" │ ") && !$0.hasSuffix(" ") })
    #expect(result.text.contains("市长表示"))
  }

  @Test(arguments: [45, 52, 64, 82])
  func `in columns a word stays whole where a mark ends inside it, and a syllable's signs add up`(columns: Int) throws {
    let desk = try Desk()
    let old = """
      Council hears the mayor

      Mayor Ida Brandt said: “We knew of it in May.” The opposition asked for an inquiry.

      महापौर ने कहा कि अनुबंध की लागत 3 करोड़ रुपये प्रति वर्ष होगी।

      """
    let new = old.replacing("of it in May", with: "nothing of it before the summer").replacing(" 3 ", with: " 5 ")
    let files = [try desk.folder.write(old, to: "old.txt"), try desk.folder.write(new, to: "new.txt")]
    let rows = try desk.stet.run(["compare", "--side-by-side"] + files, environment: ["COLUMNS": "\(columns)"]).lines
      .filter { $0.contains(" │") }
    #expect(!rows.isEmpty)
    for row in rows {
      let left = row.unicodeScalars.prefix { $0 != "│" }.filter { $0.properties.generalCategory != .nonspacingMark }
      #expect(left.count == (columns - 3) / 2 + 1, "\(row)")
      #expect(!row.hasPrefix(".") && !row.contains("│ ."), "\(row)")
    }
  }

  @Test func `numbers, quotations and places of words are told in JSON`() throws {
    let (desk, old, new) = try files()
    let edits = try #require(try desk.stet("compare", old, new, "--json").json()["edits"]?.array)
    #expect(edits.first?["numbers"]?.array?.first?["before"]?["value"]?.string == "1.5")
    #expect(edits.first?["numbers"]?.array?.first?["after"]?["unit"]?.string == "million euros")
    #expect(edits.last?["after_count"]?.int == 2)
    for edit in edits {
      let (before, after) = (edit["before"]?.string ?? "", edit["after"]?.string ?? "")
      for run in edit["words"]?.array ?? [] {
        for (side, text) in [("before", before), ("after", after)] {
          guard let range = run[side]?.array, let low = range.first?.int, let high = range.last?.int else { continue }
          let scalars = Array(text.unicodeScalars)[Int(low)..<Int(high)]
          #expect(String(String.UnicodeScalarView(scalars)) == run["text"]?.string)
        }
      }
    }
  }
}
