import ArgumentParser
import Storage

/// Where in what was said a list begins, and what is said when it is cut.
struct PlaceOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Only what comes after this place, as a list that was cut named it.", valueName: "place"))
  var after: String?

  /// Steps of about a microsecond: a question about words that nearly all sentences have ends too.
  static let effort = 25 * Store.pageEffort

  var cursor: SaidCursor? { after.flatMap { SaidCursor($0) } }

  func validate() throws {
    if after != nil, cursor == nil { throw ValidationError("--after is no place that a list named") }
  }

  /// - Parameter next: where the list goes on; nil: it is at its end.
  static func tell(_ next: SaidCursor?) {
    if let next { Terminal.error("there is more: --after \(next)\n") }
  }
}
