import Foundation
import LoopbackServer
import Synchronization

/// The site as a server sees it: it stands at one stage, counts requests, and answers each as newspapers do.
final class Newsroom: Sendable {
  private struct State {
    var stage = 0
    var requests = 0
    var articlePages = 0
  }

  let site: Site
  private let state = Mutex(State())

  init(site: Site) { self.site = site }

  /// Lets the newsrooms go to another stage.
  func enter(stage: Int) { state.withLock { $0.stage = stage } }

  /// How many pages that hold an article went out so far, each in furniture of its own.
  var articlePages: Int { state.withLock { $0.articlePages } }

  /// What the server answers.
  func reply(to request: Request) -> Reply {
    let (stage, number) = state.withLock { state in
      state.requests += 1
      return (state.stage, state.requests)
    }
    do {
      return try answer(request, stage: stage, number: number)
    } catch {
      // Every page was rendered once when the site was read, so this is a fault of the site's own.
      return .text("the demonstration cannot make this page: \(error)", status: 500)
    }
  }

  private func answer(_ request: Request, stage: Int, number: Int) throws(SiteError) -> Reply {
    if request.path == "/robots.txt" { return .text("User-agent: *\nAllow: /\n") }
    if request.path == "/" { return .html(try site.frontPage(at: stage)) }
    if let moved = site.articles.first(where: { $0.value("moved-from", at: stage) == request.path }) {
      return .redirect(to: moved.value("path", at: stage) ?? "/", status: 301)
    }
    guard let article = site.articles.first(where: { $0.value("path", at: stage) == request.path }) else {
      return .html(try site.plainPage("missing", request: number), status: 404)
    }
    switch article.value("answer", at: stage) {
    case "consent": return .html(try site.plainPage("consent", request: number))
    case "missing": return .html(try site.plainPage("missing", request: number), status: 404)
    case "busy": return .html(try site.plainPage("busy", request: number), status: 503)
    case let other?: throw .malformed(file: article.name, line: "answer: \(other)")
    case nil: break
    }
    let html = try site.page(
      of: article, at: stage, request: number, base: "http://" + (request["Host"] ?? "127.0.0.1"),
      now: Date.now.formatted(.iso8601))
    let validators = try Self.validators(of: article, at: stage)
    let reply = Reply.html(html, etag: validators.etag, lastModified: validators.lastModified)
      .conditional(on: request)
    if reply.status == 200 { state.withLock { $0.articlePages += 1 } }
    return reply
  }

  /// What the outlet gives to ask "changed since?" with: an ETag and a Last-Modified of the article, not of its furniture.
  static func validators(
    of article: StagedArticle, at stage: Int
  ) throws(SiteError) -> (etag: String?, lastModified: String?) {
    let etag = "W/\"\(article.name)-\(article.lastChange(upTo: stage))\""
    let said = article.value("modified", at: stage) ?? article.value("published", at: stage) ?? ""
    let lastModified: String
    do {
      lastModified = httpDate(try Date(said, strategy: .iso8601))
    } catch {
      throw .malformed(file: article.name, line: "modified: \(said)")
    }
    switch article.value("validators", at: stage) {
    case "both": return (etag, lastModified)
    case "etag": return (etag, nil)
    case "date": return (nil, lastModified)
    default: return (nil, nil)
    }
  }

  /// RFC 9110 §5.6.7, IMF-fixdate.
  private static func httpDate(_ date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let part = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    func two(_ value: Int?) -> String { String((value ?? 0) + 100).dropFirst().description }
    let (day, month) = (days[(part.weekday ?? 1) - 1], months[(part.month ?? 1) - 1])
    let time = [two(part.hour), two(part.minute), two(part.second)].joined(separator: ":")
    return "\(day), \(two(part.day)) \(month) \(part.year ?? 1970) \(time) GMT"
  }
}
