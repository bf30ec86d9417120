// swift-tools-version: 6.2
import PackageDescription

// Places at which a test may kill the process: in a build of their own (`make failpoints`), never in the program that ships.
let failpoints: [SwiftSetting] = Context.environment["MILLRACE_FAILPOINTS"] == nil ? [] : [.define("FAILPOINTS")]

// Warnings are errors here and only here: packages that we use are none of our business.
let house: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
    ] + failpoints

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// One room of the house. Imports go strictly down this list.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: house)
}

func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: house)
}

let package = Package(
    name: "millrace",
    products: [
        .executable(name: "millrace", targets: ["millrace"]),
        .library(name: "OnlineLearning", targets: ["OnlineLearning", "Records"]),
        .library(name: "DriftDetection", targets: ["DriftDetection", "Records"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CFailpoints"),
        .target(name: "COptimizers"),
        .target(name: "CRecordScanner", linkerSettings: [.linkedLibrary("simdjson")]),

        room("Failpoints", ["CFailpoints"]),
        room("Records"),
        room("JSONTree", ["CJansson"]),
        room("LinearAlgebra", ["COpenBLAS"]),
        room("DriftDetection", ["Records"]),
        room("OnlineLearning", ["Records", "COptimizers", "LinearAlgebra", "DriftDetection"]),
        room("RecordCodecs", ["Records", "JSONTree", "CRecordScanner"]),
        room("KafkaClient", ["Records", "CRdKafka"]),
        room("Snapshots", ["Records", "JSONTree", "Failpoints", crypto]),
        room("DatasetFiles", ["Records", "JSONTree", "RecordCodecs", "CZlib"]),
        room(
            "Settings",
            [
                "Records", "JSONTree", "OnlineLearning", "DriftDetection", "RecordCodecs", "DatasetFiles", crypto,
                "Yams",
            ]),
        room("Telemetry", ["Records", log, histogram]),
        room(
            "StreamTasks",
            [
                "Records", "JSONTree", "LinearAlgebra", "OnlineLearning", "DriftDetection", "RecordCodecs",
                "KafkaClient",
                "Snapshots", "Settings", "Failpoints", crypto,
            ]),
        room(
            "StreamService",
            [
                "Records", "OnlineLearning", "KafkaClient", "Snapshots", "Settings", "StreamTasks", "Telemetry",
                "Failpoints", log,
            ]),
        room(
            "ServingAPI",
            [
                "Records", "JSONTree", "Telemetry", log,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        room("Reports", ["Records", "OnlineLearning", "Settings", "StreamTasks"]),
        .executableTarget(
            name: "millrace",
            dependencies: [
                "Records", "JSONTree", "LinearAlgebra", "OnlineLearning", "DriftDetection", "RecordCodecs",
                "KafkaClient", "Snapshots",
                "DatasetFiles", "Settings", "Telemetry", "StreamTasks", "Reports", "StreamService", "ServingAPI",
                arguments, log,
                histogram, .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Resources/electricity.csv.gz")],
            swiftSettings: house),

        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        .target(
            name: "TestSupport", dependencies: ["Records", "JSONTree", "CAllocationCounter"], path: "Tests/TestSupport",
            swiftSettings: house),
        .target(
            name: "StreamTestSupport",
            dependencies: ["StreamTasks", "Settings", "Snapshots", "KafkaClient", "Records"],
            path: "Tests/StreamTestSupport", swiftSettings: house),
        suite("RecordsTests", ["Records"]),
        suite("JSONTreeTests", ["JSONTree"]),
        suite("OnlineLearningTests", ["OnlineLearning", "COptimizers", "LinearAlgebra", "Records", "JSONTree"]),
        suite("DriftDetectionTests", ["DriftDetection", "Records", "JSONTree", crypto]),
        suite("RecordCodecsTests", ["RecordCodecs", "DatasetFiles", "Records", "JSONTree"]),
        suite("KafkaClientTests", ["KafkaClient", "Records"]),
        suite("SnapshotsTests", ["Snapshots", "Records", "JSONTree"]),
        suite("SettingsTests", ["Settings", "OnlineLearning", "DriftDetection", "Records", "JSONTree"]),
        suite(
            "StreamTasksTests",
            [
                "StreamTasks", "Settings", "OnlineLearning", "DriftDetection", "RecordCodecs", "Snapshots",
                "KafkaClient",
                "DatasetFiles", "Records", "JSONTree", "StreamTestSupport", crypto,
            ]),
        suite(
            "StreamServiceTests",
            [
                "StreamService", "StreamTasks", "KafkaClient", "Snapshots", "Settings", "Telemetry", "OnlineLearning",
                "Records",
                "JSONTree", log, "StreamTestSupport",
            ]),
        suite("ReportsTests", ["Reports", "OnlineLearning", "Records", "Settings", "StreamTasks"]),
        suite("ServingTests", ["ServingAPI", "Telemetry", "Records", "JSONTree", log]),
        suite(
            "EndToEndTests",
            [
                "Failpoints", "KafkaClient", "Snapshots", "Settings", "StreamTasks", "RecordCodecs", "Records",
                "JSONTree", "StreamTestSupport",
            ]),
    ]
)
