import Foundation
import JSON

/// Captures to fill an archive with: a file of capture lines as `stet import jsonl` takes them, and the same bodies bare.
struct Corpus {
  /// Where captures come from.
  enum Source {
    /// Made up, so many.
    case synthetic(captures: Int)
    /// A file of capture lines, compressed when its name ends in .zst.
    case file(String)

    var name: String {
      switch self {
      case .synthetic: return "synthetic"
      case .file(let path):
        let last = path.split(separator: "/").last ?? "corpus"
        return String(last.split(separator: ".").first ?? last)
      }
    }
  }

  let name: String
  /// The capture lines that were taken.
  let lines: String
  let bodies: BodyFile
  let captures: Int
  /// Octets of all bodies.
  let bodyBytes: Int
  /// URLs, those with the most captures first.
  let articles: [String]
  /// A file with the body of median length among the first hundred, and its URL.
  let sample: (path: String, url: String)

  var megabytes: Double { Double(bodyBytes) / 1e6 }

  /// Copies at most so many captures from a source into the folder.
  init(taking source: Source, most: Int, into work: WorkFolder) throws {
    name = source.name
    Progress.say("preparing corpus \(name)")
    lines = work.path(of: "\(name).jsonl")
    bodies = BodyFile(path: work.path(of: "\(name).bodies"))
    let (lineWriter, bodyWriter) = (try FileWriter(path: lines), try BodyFile.Writer(bodies))
    var (captures, bodyBytes) = (0, 0)
    var counts: [String: Int] = [:]
    var early: [(length: Int, start: Int, url: String)] = []
    func take(_ line: [UInt8]) throws {
      let capture: CaptureLine
      do {
        capture = try CaptureLine(line)
      } catch {
        throw CaptureLineError(reason: "capture \(captures + 1) of \(source.name): \(error)")
      }
      try lineWriter.write(line)
      try bodyWriter.append(capture.body)
      if early.count < 100 { early.append((capture.body.count, bodyBytes, capture.url)) }
      captures += 1
      bodyBytes += capture.body.count
      counts[capture.url, default: 0] += 1
    }
    switch source {
    case .synthetic(let wanted): try SyntheticCorpus(captures: min(wanted, most)).forEachLine(take)
    case .file(let path): try CaptureLines(path: path).forEach(most: most, take)
    }
    try lineWriter.close()
    try bodyWriter.close()
    (self.captures, self.bodyBytes) = (captures, bodyBytes)
    articles = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    early.sort { $0.length < $1.length }
    guard !early.isEmpty else { throw CaptureLineError(reason: "\(name) has no captures") }
    let middle = early[early.count / 2]
    let page = try bodies.bytes(from: middle.start, count: middle.length)
    let isMarkup = page.prefix(1024).contains(UInt8(ascii: "<"))
    sample = (work.path(of: "\(name)-sample\(isMarkup ? ".html" : ".md")"), middle.url)
    try Data(page).write(to: URL(filePath: sample.path))
  }

  func remove() {
    unlink(lines)
    unlink(sample.path)
    bodies.remove()
  }
}

struct CaptureLineError: Error, CustomStringConvertible {
  let reason: String
  var description: String { "reading captures: \(reason)" }
}

/// What a benchmark has to know of a capture line.
struct CaptureLine {
  let url: String
  let body: [UInt8]

  init(_ line: [UInt8]) throws {
    var scanner = JSONScanner(line)
    var (url, body, coded): (String?, [UInt8]?, String?)
    try scanner.object { (key, scanner) throws(JSONError) in
      switch key {
      case "url": url = try scanner.string()
      case "body" where scanner.isString: body = try scanner.stringBytes()
      case "body_base64" where scanner.isString: coded = try scanner.string()
      default: _ = try scanner.value()
      }
    }
    if let coded { body = Data(base64Encoded: coded).map { [UInt8]($0) } }
    guard let url else { throw CaptureLineError(reason: "it has no url") }
    (self.url, self.body) = (url, body ?? [])
  }
}

/// The lines of a file, unpacked by the `zstd` command when its name ends in .zst; one line in memory at a time.
struct CaptureLines {
  let path: String

  func forEach(most: Int, _ take: ([UInt8]) throws -> Void) throws {
    let packed = path.hasSuffix(".zst")
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    guard let file = packed ? popen("exec zstd -dcq -- \(quoted)", "r") : fopen(path, "r") else {
      throw CaptureLineError(reason: "\(path): \(String(cString: strerror(errno)))")
    }
    var (line, room, taken): (UnsafeMutablePointer<CChar>?, Int, Int) = (nil, 0, 0)
    defer { free(line) }
    do {
      while taken < most, case let length = getline(&line, &room, file), length > 0, let line {
        if length == 1 { continue }
        try take([UInt8](UnsafeRawBufferPointer(start: line, count: length)))
        taken += 1
      }
    } catch {
      _ = packed ? pclose(file) : fclose(file)
      throw error
    }
    let status = packed ? pclose(file) : fclose(file)
    // Stopped early, zstd ends by SIGPIPE, which is no failure.
    guard status == 0 || taken == most else {
      throw CaptureLineError(reason: "\(path) could not be read to its end; is the zstd command installed?")
    }
  }
}
