import ArgumentParser
import Model

/// `--since`, `--until`: of when captures are taken.
struct CaptureTimes: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Captures from this instant or day on.", valueName: "time"))
  var since: TypedTime?
  @Option(
    name: .long, help: ArgumentHelp("Captures before this instant, or up to the end of this day.", valueName: "time"))
  var until: TypedTime?
}
