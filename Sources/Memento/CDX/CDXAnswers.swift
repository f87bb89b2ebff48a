import HTTPAnswers
import Model
import Storage

/// The index of captures as CDX servers answer it.
extension MementoAnswers {
  /// Answers what parameters ask for; an ill-formed question is answered with 400 and what is wrong with it.
  func cdx(
    _ parameters: [(name: String, value: String)], _ dialect: CDXDialect, in store: Store
  ) throws(StorageError) -> Answer {
    do {
      let question = try CDXQuestion(parameters, dialect)
      var walk = CDXWalk(question, lookup: lookup, store: store)
      if question.showsPageCount { return Self.pageCount(try walk.count(), question) }
      return Self.answer(try walk.rows(), question, hasMore: walk.hasMore)
    } catch let error as CDXQuestion.Invalid {
      return .plain(error.message + "\n", status: 400)
    } catch let error as StorageError {
      throw error
    } catch {
      throw .failed(path: store.path, detail: "\(error)")
    }
  }

  private static func pageCount(_ lines: Int, _ question: CDXQuestion) -> Answer {
    let pages = (lines + question.pageSize - 1) / question.pageSize
    guard question.dialect == .pywb, question.output == .json else {
      return .plain("\(pages)\n", validity: .archive)
    }
    let (size, blocks) = (
      question.pageSize / CDXQuestion.blockSize, (lines + CDXQuestion.blockSize - 1) / CDXQuestion.blockSize
    )
    let text = "{\"pages\": \(pages), \"pageSize\": \(size), \"blocks\": \(blocks)}\n"
    return Answer(type: "application/json", body: Array(text.utf8))
  }

  private static func answer(_ rows: [CDXRow], _ question: CDXQuestion, hasMore: Bool) -> Answer {
    let resume = question.showsResumeKey && hasMore ? rows.last.map { ResumeKey(after: $0).text } : nil
    let fields = question.fields
    switch (question.output, question.dialect) {
    case (.json, .wayback):
      var lines = rows.map { $0.array(fields) }
      if !lines.isEmpty {
        let names = fields.map { CDXRow.quoted($0.name(in: .wayback)) }
        lines.insert("[" + names.joined(separator: ", ") + "]", at: 0)
      }
      if let resume { lines += ["[]", "[\(CDXRow.quoted(PercentCoding.encoded(resume)))]"] }
      return Answer(type: "application/json", body: Array(("[" + lines.joined(separator: ",\n ") + "]\n").utf8))
    case (.json, .pywb):
      let more = resume.map { ["{\"resumeKey\": \(CDXRow.quoted(PercentCoding.encoded($0)))}"] } ?? []
      return lines(rows.map { $0.json(fields, .pywb) } + more, type: "text/x-ndjson")
    case (.cdxj, _):
      return lines(rows.map { $0.cdxj(fields) } + trailer(resume), type: "text/x-cdxj")
    case (.text, _):
      return lines(rows.map { $0.columns(fields) } + trailer(resume), type: "text/plain; charset=utf-8")
    }
  }

  /// An empty line, then the key, fit to stand in a query.
  private static func trailer(_ resume: String?) -> [String] { resume.map { ["", PercentCoding.encoded($0)] } ?? [] }

  private static func lines(_ lines: [String], type: String) -> Answer {
    Answer(type: type, body: Array(lines.map { $0 + "\n" }.joined().utf8))
  }
}
