import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import Testing

/// What tasks with several inputs write and end with, by tasks that know no broker and consume what the journal says, in its
/// order.
struct JournaledRun {
    /// By the input header.
    var predictions: [String: [UInt8]] = [:]
    var deadLetters: Set<String> = []
    /// Records consumed and the checksum over all state, by partition.
    var states: [Int32: String] = [:]
    /// Where the features end.
    var positions: [Int32: Int64] = [:]
    /// Runs of other inputs than the features, all partitions together.
    var otherRuns = 0
    /// Owners of all tasks.
    var epochs: UInt64 = 0

    private typealias Records = [TopicPartition: [ReadRecord]]

    init(_ cluster: StreamCluster) throws {
        let topics = cluster.settings.topics
        var records: Records = [:]
        for topic in [topics.features, topics.mix] {
            for record in try cluster.read(topic) {
                records[TopicPartition(topic: topic, partition: record.partition), default: []].append(record)
            }
        }
        let entries = try cluster.read(topics.journal)
        for partition in 0..<Int32(cluster.partitions) {
            let own = entries.filter { $0.partition == partition }
            try follow(partition, of: cluster, try Self.chain(own, partition, of: cluster), records)
        }
    }

    private static func chain(
        _ entries: [ReadRecord], _ partition: Int32, of cluster: StreamCluster
    ) throws -> JournalChain {
        let topics = cluster.settings.topics
        let journal = TopicPartition(topic: topics.journal, partition: partition)
        var positions = [TopicPartition(topic: topics.features, partition: partition): NextOffset(0)]
        for other in 0..<Int32(cluster.partitions) where other != partition {
            positions[TopicPartition(topic: topics.mix, partition: other)] = NextOffset(0)
        }
        var chain = JournalChain(
            journal, from: JournalStanding(mark: .none, records: 0, positions: positions))
        for entry in entries {
            try chain.append(
                try JournalEntry(decoding: entry.value, journal: journal, offset: entry.offset), at: entry.offset)
        }
        return chain
    }

    private mutating func follow(
        _ partition: Int32, of cluster: StreamCluster, _ chain: JournalChain, _ records: Records
    ) throws {
        let features = TopicPartition(topic: cluster.settings.topics.features, partition: partition)
        var driver = try TaskDriver(cluster.settings, partition: partition)
        for run in chain.links.flatMap(\.entry.runs) {
            if run.input != features { otherRuns += 1 }
            for record in records[run.input] ?? []
            where record.offset >= run.from.rawValue && record.offset < run.to.rawValue {
                if run.input == features {
                    driver.pipe(record.value, key: record.key, timestamp: record.timestamp)
                } else {
                    driver.mix(record.value, from: run.input.partition, offset: record.offset)
                }
            }
        }
        for output in driver.sink.predictions { predictions["\(features)/\(output.offset)"] = output.value }
        for letter in driver.sink.deadLetters { deadLetters.insert("\(features)/\(letter.offset)") }
        states[partition] = try FaultlessRun.text(driver.task.snapshot(writtenAt: 0))
        positions[partition] = chain.end.positions[features]?.rawValue
        epochs += chain.end.mark.epoch
    }
}

extension StreamCluster {
    /// Every input has exactly one prediction or one dead letter; what the journal's order gives is among them; the state is
    /// that of a run that follows the journal from the start; all of it is committed.
    /// - Returns: the run that follows the journal, and how many predictions were repeats.
    @discardableResult
    func expectJournaled(
        _ inputs: [Int32: [Input]], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (run: JournaledRun, repeats: Int) {
        let run = try JournaledRun(self)
        let predictions = try read(settings.topics.predictions)
        let found = Dictionary(grouping: predictions, by: \.input).mapValues { $0.map(\.value) }
        let all = Set(
            inputs.flatMap { partition, records in
                records.indices.map { "\(settings.topics.features)/\(partition)/\($0)" }
            })
        #expect(Set(run.predictions.keys).union(run.deadLetters) == all, sourceLocation: sourceLocation)
        #expect(Set(found.keys) == Set(run.predictions.keys), "inputs predicted", sourceLocation: sourceLocation)
        let others = run.predictions.filter { found[$0.key]?.contains($0.value) != true }
        #expect(others.keys.sorted() == [], "predictions of another order", sourceLocation: sourceLocation)
        #expect(
            Set(try read(settings.topics.deadLetters).map(\.input)) == run.deadLetters, sourceLocation: sourceLocation)
        #expect(try finalStates() == run.states, sourceLocation: sourceLocation)
        #expect(run.positions == inputs.mapValues { Int64($0.count) }, sourceLocation: sourceLocation)
        #expect(try committed() == run.positions, "what is committed", sourceLocation: sourceLocation)
        return (run, predictions.count - found.count)
    }
}
