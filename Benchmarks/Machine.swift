import Foundation
import Glibc

/// What the numbers were measured on and with.
func machineSection(_ setting: Setting) throws -> Section {
  func field(_ name: String, inFile path: String, separator: Character) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: separator, maxSplits: 1).last
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")) }
  }
  /// The first line that a program prints about itself.
  func says(_ program: String, _ arguments: String...) -> String {
    guard program.contains("/") || Command.find(program) != nil else { return "not installed" }
    // A program that cannot even tell its version is reported so, and measured no less.
    guard let text = try? Command(program, arguments).text(in: setting.work) else { return "version unknown" }
    return text.split(separator: "\n").first.map(String.init) ?? "version unknown"
  }
  let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
  let memory = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e9
  var loads = [Double](repeating: 0, count: 1)
  getloadavg(&loads, 1)
  var (now, calendar, stamp) = (time(nil), tm(), [CChar](repeating: 0, count: 32))
  gmtime_r(&now, &calendar)
  let length = strftime(&stamp, stamp.count, "%Y-%m-%d %H:%M UTC", &calendar)
  let date = String(decoding: stamp.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let rows = [
    ["date", date],
    ["processor", "\(field("model name", inFile: "/proc/cpuinfo", separator: ":") ?? "unknown"), \(cores) cores"],
    ["memory", "\(memory.text(1)) GB"],
    ["load when it began", loads[0].text(2)],
    [
      "system",
      "\(field("PRETTY_NAME", inFile: "/etc/os-release", separator: "=") ?? "unknown"), Linux \(says("uname", "-r"))",
    ],
    ["file system", says("findmnt", "-n", "-o", "FSTYPE", "-T", setting.work.root)],
    ["stet", "\(says(setting.options.stet, "--version")), \(try linking(of: setting.options.stet, in: setting.work))"],
    ["Swift", says("swift", "--version")],
    ["libzstd", Limit.zstdVersion],
    ["libcrypto", Limit.cryptoVersion],
  ]
  return Section(
    title: "## Machine", meaning: "", columns: ["", ""],
    rows: rows + Peer.allCases.map { peer in setting.peers[peer].map { [peer.rawValue, $0] } ?? peer.absence })
}

/// How the binary is built, for loading shared libraries is most of a dynamic one's start-up.
private func linking(of binary: String, in work: WorkFolder) throws -> String {
  let size = (Double(WorkFolder.size(ofFile: binary)) / 1e6).text(1)
  // A binary that is not dynamic at all makes ldd exit with 1.
  let libraries = try Command("ldd", [binary], accepting: [0, 1]).text(in: work)
  return "\(size) MB, Swift's run-time \(libraries.contains("libswiftCore") ? "shared" : "linked in")"
}
