import Answers
import Extraction
import JSON

/// What `extract` prints for programs: the keys of `show --json`, and what an archive does not keep.
extension PageReading {
  func json(url: String?) -> JSONValue {
    guard case .object(let members) = text.json(url: url, extractor: Extractor.version) else { return .null }
    let made: JSONValue = [
      "sources": JSONValue(credits.sources), "originals": JSONValue(credits.originals),
      "translators": JSONValue(credits.translators), "editors": JSONValue(credits.editors),
      "photos": JSONValue(credits.photos),
    ]
    return .object(members + [("section", JSONValue(credits.section)), ("credits", made)])
  }
}
