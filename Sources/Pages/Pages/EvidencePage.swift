import Evidence
import HTTPAnswers
import Model
import Storage

/// What is attested of one capture, and how anybody can check it.
struct EvidencePage {
  let record: FiledCapture

  func html(_ site: Site) -> HTML {
    let (capture, digest) = (record.capture, record.digest)
    let links: [HTML?] = [
      record.payload == nil ? nil : site.optional(.captureBody(digest), "Body as plain octets"),
      site.optional(.captureProof(digest), "Proof file"),
      record.revision.flatMap { site.optional(.revision(record.article, $0, block: 0), "Revision \($0)") },
    ]
    let fields: [HTML] = record.fields.pairs.prefix(80).map {
      "<tr><th scope=\"row\">\(clipped($0.name, to: 80))</th><td><code>\(clipped($0.value, to: 600))</code></td></tr>\n"
    }
    return """
      <div class="crumbs">\(site.link(.article(record.article), "\(outlet(record.articleURL))")) <span aria-hidden="true">/</span> \
      \(site.link(.article(record.article), "article \(record.article)")) <span aria-hidden="true">/</span> evidence</div>
      <h1>Capture of \(site.time(capture.at))</h1>
      <p class="address">\(site.outside(capture.url))</p>
      <nav class="actions" aria-label="This capture">\(links.compactMap(\.self).joined(separator: " "))</nav>
      <section aria-labelledby="attested"><h2 id="attested">What is attested</h2>
      <dl class="facts">
      <dt>Capture</dt><dd><code>\(digest.description)</code></dd>
      <dt>URL</dt><dd>\(capture.url)</dd>
      <dt>Instant</dt><dd><time datetime="\(capture.at.description)">\(capture.at.description)</time></dd>
      <dt>Status</dt><dd>\(capture.status)</dd>
      <dt>Body</dt><dd>\(capture.payload.map { "<code>\($0.description)</code>, \(Words.bytes(record.size))" as HTML } ?? "none came")</dd>
      \(capture.refersTo.map { "<dt>Still stands</dt><dd>\(site.link(.capture($0), "<code>\($0.description)</code>"))</dd>\n" as HTML })\
      \(record.via.map { "<dt>Led to by</dt><dd>\(site.link(.capture($0), "<code>\($0.description)</code>"))</dd>\n" as HTML })\
      <dt>Seen by</dt><dd>\(capture.origin.map { "<code>\($0)</code>" as HTML } ?? "not known: imported from a file that does not say")</dd>
      <dt>Read as</dt><dd>\(record.verdict.map { Words.label($0.rawValue) } ?? "not read yet")\(record.reason.map { $0.isEmpty ? "" : ": \(clipped($0, to: 300))" } ?? "")</dd>
      <dt>Entry</dt><dd>number \(record.index) of the archive’s log, counted from 0</dd>
      </dl></section>
      <section aria-labelledby="recompute"><h2 id="recompute">Recompute the digest</h2>
      <p>The capture’s name is the SHA-256 of these lines, each ended by one line feed. Save them to a file and run <code>sha256sum</code> on it; or pipe them:</p>
      <div class="scroll" role="region" aria-label="Canonical text" tabindex="0"><pre>\(capture.canonicalText)</pre></div>
      \(capture.payload == nil ? "" : "<p>The body’s digest is the SHA-256 of its octets, content coding undone: <code>sha256sum</code> of what “Body as plain octets” gives.</p>" as HTML)
      <p>The proof file shows that the archive’s signed log holds this capture. <code>stet check-proof</code> checks it without the archive.</p></section>
      <section aria-labelledby="fields"><h2 id="fields">Header fields</h2>
      \(fields.isEmpty ? "<p class=\"quiet\">None were kept.</p>" as HTML : """
      <div class="scroll" role="region" aria-label="Header fields" tabindex="0"><table class="list headers"><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
      <tbody>
      \(fields)</tbody></table></div>
      """ as HTML)</section>
      \(frame(site))
      """
  }

  /// The body as text, in a frame that runs nothing, loads nothing and knows nothing of this site.
  private func frame(_ site: Site) -> HTML? {
    guard record.payload != nil, let href = site.href(.captureBody(record.digest)) else { return nil }
    return """
      <section aria-labelledby="raw"><h2 id="raw">The body, as it came</h2>
      <details><summary>Show its source</summary>
      <iframe class="raw" title="Source of the body" sandbox="" loading="lazy" src="\(href)"></iframe></details></section>
      """
  }

  /// The body's octets, which no browser may take for anything but text.
  static func body(_ store: Store, _ record: FiledCapture) throws(PageError) -> Answer {
    do throws(StorageError) {
      if let payload = record.payload, let body = try store.body(payload) {
        return Answer(
          type: "text/plain; charset=\(charset(record.fields))", body: body,
          validity: .immutable(tag: payload.hexadecimal),
          fields: [
            ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'self'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Disposition", "inline; filename=\"\(record.digest.hexadecimal.prefix(16)).txt\""),
          ])
      }
    } catch { throw .storage(error) }
    throw .bad(
      BadQuestion(
        "This capture brought no body.", hint: "A 304 brings none: see the capture that it says still stands.",
        status: 404))
  }

  /// The charset that the server named, if it is a plain word; else UTF-8.
  private static func charset(_ fields: HTTPFields) -> String {
    let type = fields["Content-Type"]?.lowercased() ?? ""
    guard let range = type.firstRange(of: "charset=") else { return "utf-8" }
    let name = type[range.upperBound...].drop { $0 == "\"" }.prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
    }
    return name.isEmpty ? "utf-8" : String(name)
  }

  static func proof(_ store: Store, _ digest: Digest) throws(PageError) -> Answer {
    do throws(StorageError) {
      if let proof = try store.proof(ofCapture: digest) {
        return Answer(
          type: "text/plain; charset=utf-8", body: proof.octets, validity: .archive,
          fields: [
            ("Content-Disposition", "attachment; filename=\"\(digest.hexadecimal.prefix(16)).proof\""),
            ("X-Content-Type-Options", "nosniff"),
          ])
      }
    } catch {
      guard case .noKey = error else { throw .storage(error) }
      throw .bad(
        BadQuestion(
          "No proof can be made of this capture here.",
          hint: "The archive’s key file is not beside it, and the last signed head does not cover the capture.",
          status: 404))
    }
    throw .bad(.capture)
  }
}

extension BadQuestion {
  static let capture = BadQuestion(
    "The archive has no capture of that digest.",
    hint: "A digest is 64 hexadecimal digits, as an article’s evidence shows it.",
    status: 404)
}
