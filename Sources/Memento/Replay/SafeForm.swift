import HTTPAnswers
import Markup
import Model

/// A captured response in a form that can do no harm to whoever looks at it, nor to the archive that shows it: pages without
/// programs, forms, frames and anything fetched from elsewhere; other text as text; pictures and the like as they are.
enum SafeForm {
  /// What browsers may do with a capture of whatever form: show text and the pictures inside it. `sandbox` gives it an origin
  /// of its own and no scripts, so that even raw octets cannot reach the archive's pages (CSP Level 3 §6.3.2).
  static let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

  /// - Parameter link: where a link of the page leads inside the archive, given its absolute URL; nil for one that is
  ///   to lead nowhere.
  static func of(_ response: Response, link: (String) -> String?) -> Answer {
    let contentType = response.fields["Content-Type"]
    let type = contentType?.split(separator: ";").first.map {
      String(decoding: Array($0.utf8).filter { $0 > 32 && $0 < 127 }, as: UTF8.self).lowercased()
    }
    if response.body.isEmpty { return Answer(type: "text/plain; charset=utf-8", body: []) }
    if let type, harmless.contains(type) { return Answer(type: type, body: response.body) }
    do throws(MarkupError) {
      if isPage(type, response.body) {
        let tree = try MarkupTree(parsing: try Charset(decoding: response.body, contentType: contentType).utf8)
        return Answer(type: "text/html; charset=utf-8", body: SafePage.octets(of: tree, url: response.url, link: link))
      }
      if let type, !isText(type) { return Answer(type: "application/octet-stream", body: response.body) }
      let text = try Charset(decoding: response.body, contentType: contentType).utf8
      return Answer(type: "text/plain; charset=utf-8", body: text)
    } catch {
      // What cannot be read is not shown half; the octets are there under the address of the raw form.
      return .plain(
        "this capture cannot be shown as a page (\(error.code)); its octets are at the same address with id_\n")
    }
  }

  /// Media that run no programs in browsers (with `nosniff`).
  private static let harmless: Set<String> = [
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon",
    "image/vnd.microsoft.icon", "audio/mpeg", "audio/ogg", "audio/wav", "video/mp4", "video/webm", "video/ogg",
    "font/woff",
    "font/woff2",
  ]

  /// What a server declares; where it declares nothing, whether it begins like markup.
  private static func isPage(_ type: String?, _ body: [UInt8]) -> Bool {
    switch type {
    case "text/html", "application/xhtml+xml": true
    case nil, "", "application/http", "application/octet-stream":
      body.prefix(1024).first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF } == UInt8(ascii: "<")
    default: false
    }
  }

  private static func isText(_ type: String) -> Bool {
    type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("+json")
      || ["application/json", "application/xml", "application/javascript", "application/x-javascript", ""].contains(
        type)
  }
}
