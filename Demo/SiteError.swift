/// What can be wrong with the files of the demonstration's site.
enum SiteError: Error, Equatable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case malformed(file: String, line: String)
  /// A template asks for a value that nothing gives.
  case unknownValue(template: String, key: String)
  case missing(what: String, wantedBy: String)

  var description: String {
    switch self {
    case .unreadable(let file, let reason): "reading \(file): \(reason)"
    case .malformed(let file, let line): "reading \(file): cannot make sense of: \(line)"
    case .unknownValue(let template, let key): "filling the template \(template): nothing is called {{\(key)}}"
    case .missing(let what, let wantedBy): "reading \(wantedBy): there is no \(what)"
    }
  }
}
