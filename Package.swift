// swift-tools-version: 6.2
// The layers of Stet. docs/ARCHITECTURE.md draws them; Tests/ProjectTests holds them.
import PackageDescription

/// `make test` and `make check` set STET_STRICT: warnings of our own code are errors there, never for a user who builds.
let strict: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]
  + (Context.environment["STET_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

func layer(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "stet",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "stet", targets: ["stet"])],
  dependencies: [
    // SQLite access: maintained since 2015, MIT, links the system's libsqlite3 (docs/decisions/0002).
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Commands, help, completions, man page: Apple's own, Apache-2.0.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // The web server: HTTP/1.1 and graceful shutdown over SwiftNIO; Apache-2.0. Only Web sees it and what comes with it.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
  ],
  targets: [
    // C: system libraries and the few lines of C that make them callable.
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CCurl"),  // opens libcurl.so.4 at its first use; needs libcurl4-openssl-dev to compile
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc")]),
    .target(name: "CMyHTML", linkerSettings: [.linkedLibrary("modest")]),

    // Nouns.
    layer("Model", ["CCrypto"]),

    // Pure: no I/O, no clock, no randomness.
    layer("JSON"),
    layer("Parallel"),
    layer("Segmentation", ["CICU"]),
    layer("Markup", ["Model", "CMyHTML"]),
    layer("Extraction", ["Model", "JSON", "Markup", "Segmentation"]),
    layer("Diffing", ["Model", "Segmentation"]),
    layer("ContentCoding", ["Model", "CDeflate", "CZlib", "CZstd", "CBrotli"]),
    layer("Formats", ["Model", "JSON", "ContentCoding", "CCrypto", "CDeflate"]),
    layer("Evidence", ["Model", "CCrypto"]),
    layer("Robots", ["Model"]),
    layer("Discovery", ["Model", "JSON", "Markup", "ContentCoding"]),
    layer("Scheduling", ["Model"]),

    // The world: one owner each.
    layer("Fetching", ["Model", "Robots", "ContentCoding", "CCurl"]),
    layer("Git"),
    layer(
      "Storage",
      [
        "Model", "Evidence", "Parallel", "Robots", "Segmentation", "CCrypto", "CZstd",
        .product(name: "GRDB", package: "GRDB.swift"),
        // SQLite's own functions, for the few statements that every check runs.
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.embedInCode("schema.sql")]),

    // Services.
    layer(
      "Syncing",
      [
        "Model", "Parallel", "Robots", "Scheduling", "Discovery", "Markup", "Fetching", "Extraction", "Diffing",
        "Storage",
      ]),
    layer(
      "Importing",
      [
        "Model", "JSON", "Evidence", "Parallel", "ContentCoding", "Formats", "Git", "Fetching", "Storage", "Syncing",
        "CCrypto",
      ]),
    layer(
      "Exporting",
      ["Model", "Evidence", "Parallel", "Formats", "Git", "Pages", "Storage"]),

    // What answers questions about an archive: as JSON, as pages, as mementos; functions from a request to an answer.
    layer("Answers", ["Model", "JSON", "Evidence", "Diffing", "Storage", "Syncing"]),
    layer("HTTPAnswers", ["Model", "Storage"]),
    layer(
      "Webhooks",
      ["Model", "JSON", "Evidence", "Parallel", "Robots", "Diffing", "Fetching", "Storage", "Answers", "CCrypto"]),
    layer(
      "API",
      ["Model", "JSON", "Evidence", "Diffing", "Discovery", "Storage", "Syncing", "Answers", "HTTPAnswers"],
      resources: [.embedInCode("openapi.json")]),
    layer(
      "Pages", ["Model", "JSON", "Evidence", "Diffing", "HTTPAnswers", "Storage"],
      resources: [.embedInCode("stet.css"), .embedInCode("stet.js"), .embedInCode("stet.svg")]),
    layer("Memento", ["Model", "JSON", "Formats", "Markup", "Storage", "HTTPAnswers"]),

    // Faces.
    layer(
      "Web",
      [
        "Model", "JSON", "Parallel", "Storage", "Answers", "HTTPAnswers", "CDeflate",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    .executableTarget(
      name: "stet",
      dependencies: [
        "Model", "JSON", "Parallel", "Evidence", "ContentCoding", "Extraction", "Markup", "Discovery",
        "Diffing", "Fetching", "Scheduling", "Storage", "Syncing", "Importing", "Exporting", "Answers", "HTTPAnswers",
        "Webhooks", "API", "Pages", "Memento", "Web",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // What `make bench` runs.
    .executableTarget(
      name: "stet-bench",
      dependencies: [
        "Model", "JSON", "Segmentation", "Diffing", "Scheduling", "Storage", "CCrypto", "CDeflate", "CZstd",
        "LoopbackServer",
      ],
      path: "Benchmarks", exclude: ["README.md"], swiftSettings: strict),

    // The tour that `make demo` gives.
    .executableTarget(
      name: "stet-demo", dependencies: ["LoopbackServer"], path: "Demo", exclude: ["Site", "README.md"],
      swiftSettings: strict),

    // Tests, the scripted server on 127.0.0.1 that they and the demo share, and what runs the command for them.
    .systemLibrary(name: "CTLS", path: "Tests/CTLS", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),
    .target(name: "LoopbackServer", dependencies: ["CTLS"], path: "Tests/LoopbackServer", swiftSettings: strict),
    .target(name: "CommandRunner", path: "Tests/CommandRunner", swiftSettings: strict),
    tests("ModelTests", ["Model", "CommandRunner"]),
    tests("JSONTests", ["JSON", "CommandRunner"]),
    tests("SegmentationTests", ["Segmentation", "CICU", "CommandRunner"]),
    tests("MarkupTests", ["Markup"]),
    tests("ExtractionTests", ["Extraction", "Model", "JSON"]),
    tests("DiffingTests", ["Diffing", "Model", "Segmentation", "CommandRunner"]),
    tests("ContentCodingTests", ["ContentCoding"]),
    tests("FormatsTests", ["Model", "JSON", "Formats", "CommandRunner"]),
    tests("EvidenceTests", ["Evidence", "Model"]),
    tests("DiscoveryTests", ["Discovery", "Model", "JSON", "Markup", "CommandRunner", "CDeflate"]),
    tests("RobotsTests", ["Robots", "Model"]),
    tests("FetchingTests", ["Fetching", "ContentCoding", "Robots", "Model", "LoopbackServer", "CDeflate", "CZstd"]),
    tests("SchedulingTests", ["Scheduling", "Model", "CommandRunner"]),
    tests(
      "StorageTests",
      [
        "Model", "Evidence", "Storage", "Syncing", "CommandRunner", "stet",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]),
    tests(
      "SyncingTests", ["Model", "Scheduling", "Fetching", "Storage", "Syncing", "CommandRunner", "LoopbackServer"]),
    tests(
      "ImportingTests",
      [
        "Model", "Evidence", "Formats", "Git", "Fetching", "Storage", "Syncing", "Importing", "CommandRunner",
        "LoopbackServer",
        "CDeflate", "CZstd",
      ]),
    tests(
      "ExportingTests",
      [
        "Model", "Evidence", "Formats", "Git", "Storage", "Syncing", "Importing", "Exporting", "CommandRunner",
        "CDeflate",
      ]),
    tests("HTTPAnswersTests", ["Model", "HTTPAnswers"]),
    .target(
      name: "SampleArchive", dependencies: ["CommandRunner", "Model", "Storage", "Syncing", "Importing"],
      path: "Tests/SampleArchive", swiftSettings: strict),
    tests("APITests", ["Model", "JSON", "Storage", "HTTPAnswers", "API", "SampleArchive"]),
    tests(
      "PagesTests",
      [
        "Model", "Evidence", "Markup", "HTTPAnswers", "Pages", "Exporting", "Storage", "Syncing", "CommandRunner",
      ], exclude: ["Goldens"]),
    tests("MementoTests", ["Memento", "HTTPAnswers", "Storage", "Model", "Markup", "Formats"]),
    tests("WebTests", ["Model", "JSON", "Storage", "Syncing", "HTTPAnswers", "API", "Web", "SampleArchive"]),
    tests(
      "WebhooksTests",
      ["Model", "JSON", "Storage", "Syncing", "Webhooks", "SampleArchive", "CommandRunner", "LoopbackServer", "stet"]),
    tests("CommandTests", ["JSON", "Evidence", "CommandRunner", "LoopbackServer", "stet"], exclude: ["Goldens"]),
    tests("FaultTests", ["CommandRunner", "LoopbackServer", "stet"]),
    tests("DemoTests", ["stet-demo", "LoopbackServer", "Model", "Extraction", "Diffing"]),
    tests("ProjectTests", []),
  ],
  swiftLanguageModes: [.v6]
)
