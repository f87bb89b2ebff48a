/// What was asked for on the command line.
struct Options: Equatable {
  struct WrongUse: Error, Equatable { let message: String }

  var site = "Demo/Site"
  var stet = ".build/release/stet"
  var work = "demo-archive"
  var serve = false
  var stage = 0

  /// Nil when only help was asked for.
  init?(_ arguments: [String]) throws(WrongUse) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" { return nil }
      if name == "--serve" {
        serve = true
        continue
      }
      guard ["--site", "--stet", "--work", "--stage"].contains(name) else {
        throw WrongUse(message: "unknown option \(name)")
      }
      guard let value = rest.popFirst() else { throw WrongUse(message: "\(name) needs a value") }
      switch name {
      case "--site": site = value
      case "--stet": stet = value
      case "--work": work = value
      default:
        guard let number = Int(value) else { throw WrongUse(message: "--stage needs a number, not \(value)") }
        stage = number
      }
    }
  }
}
