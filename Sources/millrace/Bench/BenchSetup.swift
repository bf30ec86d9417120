internal import Foundation
internal import Settings
internal import StreamTasks

/// What the sides of one comparison have in common: broker, topics, properties, and outputs for the pass-through.
final class BenchSetup: Sendable {
    let broker: BenchBroker
    /// The pipeline's, after which topics and groups are named.
    let name: String
    let partitions: Int
    let properties: [String: String]
    let settings: PipelineSettings
    let records: RecordBlock
    let outputsPath: String

    /// Enough that a compressor's window never sees one twice.
    private static let outputs = 2_000

    /// - Parameter properties: over those that the broker wants.
    init(brokers: String?, partitions: Int, properties: [String: String], suffix: String = "") throws {
        name = "millrace-bench-\(ProcessInfo.processInfo.processIdentifier)\(suffix)"
        broker = try BenchBroker(brokers)
        self.partitions = partitions
        self.properties = broker.properties.merging(properties) { $1 }
        let directory = FileManager.default.temporaryDirectory.path
        settings = try BenchPipeline.electricity.settings(name: name, kafka: self.properties, directory: directory)
        records = try RecordBlock.electricity()
        outputsPath = directory + "/\(name).jsonl"
        try Self.predictions(settings, records).write(to: URL(filePath: outputsPath))
        try broker.createTopics(settings, partitions: partitions)
    }

    func tearDown() {
        broker.removeTopics()
        try? FileManager.default.removeItem(atPath: outputsPath)
    }

    /// What the pipeline writes for the first records, one a line.
    private static func predictions(_ settings: PipelineSettings, _ records: RecordBlock) throws -> Data {
        var driver = try TaskDriver(settings)
        records.withRecords { records in
            for index in 0..<min(outputs, records.count) { driver.pipe(Array(records[index])) }
        }
        var data = Data()
        for output in driver.sink.predictions { data.append(contentsOf: output.value + [UInt8(ascii: "\n")]) }
        return data
    }
}
