// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses Millrace fetches a benchmark library.
let package = Package(
    name: "millrace-benchmarks",
    dependencies: [
        .package(name: "millrace", path: "../.."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "LearningBenchmarks",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "OnlineLearning", package: "millrace"),
                .product(name: "DriftDetection", package: "millrace"),
            ],
            path: "Benchmarks/LearningBenchmarks",
            swiftSettings: [.swiftLanguageMode(.v6)],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ]
)
