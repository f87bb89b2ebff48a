// swift-tools-version: 6.2
// What reads input from outside, built for libFuzzer: instrumented, with the address sanitizer. Scripts/fuzz.sh uses it.
import PackageDescription

let instrumented: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"]),
]
let instrumentedC: [CSetting] = [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: instrumented)
}

let package = Package(
  name: "fuzz",
  products: [.library(name: "Fuzzed", type: .static, targets: ["Extraction", "Discovery", "Formats"])],
  targets: [
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd"),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
    .target(name: "CICU", cSettings: instrumentedC),
    .target(name: "CMyHTML", cSettings: instrumentedC),
    layer("Model", ["CCrypto"]),
    layer("JSON"),
    layer("Segmentation", ["CICU"]),
    layer("Markup", ["Model", "CMyHTML"]),
    layer("Extraction", ["Model", "JSON", "Markup", "Segmentation"]),
    layer("ContentCoding", ["Model", "CDeflate", "CZlib", "CZstd", "CBrotli"]),
    layer("Discovery", ["Model", "JSON", "Markup", "ContentCoding"]),
    layer("Formats", ["Model", "JSON", "ContentCoding", "CCrypto", "CDeflate"]),
  ],
  swiftLanguageModes: [.v6]
)
