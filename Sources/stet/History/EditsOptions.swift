import ArgumentParser
import Model

/// Which edits of an archive a command is about.
struct EditsOptions: ParsableArguments {
  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @Option(
    name: .customLong("class"), help: ArgumentHelp("Edits of this class; may be given again.", valueName: "class"))
  var classes: [Edit.Class] = []
  @Flag(name: .long, help: "Only stealth edits.") var stealth = false
  @OptionGroup var part: ScopeOptions
}

extension Edit.Class: ExpressibleByArgument {}
