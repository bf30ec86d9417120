internal import KafkaClient
internal import Records
package import Settings
internal import Snapshots
package import StreamTasks

/// What tasks with several inputs write and end with, by tasks that know no broker and consume what the journal says, in its
/// order. It shares the reading of entries with the program, and nothing of how they are followed.
package struct JournaledRun {
    /// By the input header.
    package private(set) var predictions: [String: [UInt8]] = [:]
    package private(set) var deadLetters: Set<String> = []
    /// Records consumed and the checksum over all state, by partition.
    package private(set) var states: [Int32: String] = [:]
    /// Where the features end.
    package private(set) var positions: [Int32: Int64] = [:]
    /// Runs of other inputs than the features, all partitions together.
    package private(set) var otherRuns = 0
    /// What became of predictions and labels, and how many predictions wait still, by partition.
    package private(set) var labels: [Int32: LabelCounters] = [:]
    package private(set) var waiting: [Int32: Int] = [:]
    /// After which runs the counters of labels didn't add up: none.
    package private(set) var sums: [String] = []
    /// Owners of all tasks.
    package private(set) var epochs: UInt64 = 0

    private let settings: PipelineSettings
    private let partitions: Int32

    /// - Parameter properties: of the clients that read.
    package init(_ settings: PipelineSettings, partitions: Int, properties: [String: String]) throws {
        self.settings = settings
        self.partitions = Int32(partitions)
        var records: [TopicPartition: [TopicRecord]] = [:]
        let mix = settings.mix == nil ? nil : settings.topics.mix
        let topics = [settings.topics.features, settings.topics.labels, mix, settings.topics.journal]
        for topic in topics.compactMap({ $0 }) {
            for record in try TopicRecord.all(of: topic, partitions: partitions, properties: properties) {
                records[TopicPartition(topic: topic, partition: record.partition), default: []].append(record)
            }
        }
        for partition in 0..<self.partitions { try follow(try chain(partition, records), partition, records) }
    }

    private func chain(_ partition: Int32, _ records: [TopicPartition: [TopicRecord]]) throws -> JournalChain {
        let journal = TopicPartition(topic: settings.topics.journal, partition: partition)
        var positions = [TopicPartition(topic: settings.topics.features, partition: partition): NextOffset(0)]
        for other in settings.otherInputs(of: partition, partitions: Int(partitions)) {
            positions[other] = NextOffset(0)
        }
        var chain = JournalChain(journal, from: JournalStanding(mark: .none, records: 0, positions: positions))
        for record in records[journal] ?? [] {
            let entry = try JournalEntry(decoding: record.value, journal: journal, offset: record.offset)
            try chain.append(entry, at: record.offset)
        }
        return chain
    }

    private mutating func follow(
        _ chain: JournalChain, _ partition: Int32, _ records: [TopicPartition: [TopicRecord]]
    ) throws {
        let features = TopicPartition(topic: settings.topics.features, partition: partition)
        var driver = try TaskDriver(settings, partition: partition)
        for run in chain.links.flatMap(\.entry.runs) {
            if run.input != features { otherRuns += 1 }
            for record in records[run.input] ?? []
            where record.offset >= run.from.rawValue && record.offset < run.to.rawValue {
                pipe(record, of: run.input, into: &driver)
            }
            if !driver.task.labelsAddUp { sums.append("\(features): the counters don't add up after the run \(run)") }
        }
        waiting[partition] = driver.task.waitingPredictions
        if let counters = driver.task.labelCounters { labels[partition] = counters }
        for output in driver.sink.predictions { predictions["\(features)/\(output.offset)"] = output.value }
        for letter in driver.sink.deadLetters {
            let topic = letter.input == .labels ? settings.topics.labels ?? "" : features.topic
            deadLetters.insert("\(topic)/\(partition)/\(letter.offset)")
        }
        let snapshot = try SnapshotFormat.decode(SnapshotFormat.encode(driver.task.snapshot(writtenAt: 0)))
        states[partition] = "\(snapshot.metadata.recordsConsumed) \(snapshot.metadata.checksum)"
        positions[partition] = chain.end.positions[features]?.rawValue
        epochs += chain.end.mark.epoch
    }

    /// At the record's own offset: transactions leave holes.
    private func pipe(_ record: TopicRecord, of input: TopicPartition, into driver: inout TaskDriver) {
        Self.withView(of: record.key) { key in
            Self.withView(of: record.value) { value in
                let view = InputRecord(
                    key: key, value: value, timestamp: record.timestamp, partition: record.partition,
                    offset: record.offset)
                switch input.topic {
                case settings.topics.features: driver.pipe(view)
                case settings.topics.labels: driver.label(view)
                default: driver.mix(record.value, from: input.partition, offset: record.offset)
                }
            }
        }
    }

    private static func withView(of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBytes(body)
    }
}
