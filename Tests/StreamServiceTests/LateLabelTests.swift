import KafkaClient
import Records
import Settings
import StreamService
import StreamTasks
import StreamTestSupport
import TestSupport
import Testing

/// Labels on a topic of their own, read beside the features: what the journal says is what the state is.
@Suite struct LateLabelTests {
    private func cluster(
        partitions: Int = 2, workers: Int = 1, snapshotsEvery: String = "400 records",
        labels: String = "wait: 20s, pending: 60, early: 20, answered: 100"
    ) throws -> StreamCluster {
        try StreamCluster(
            partitions: partitions, workers: workers, snapshotsEvery: snapshotsEvery,
            more: "topics.labels: faults.labels\nlabels: {\(labels)}")
    }

    @Test(arguments: [1, 2])
    func `under every fault of labels tasks started again go on where they were, and the counters add up`(
        _ workers: Int
    ) async throws {
        try await onOwnThread {
            let cluster = try cluster(workers: workers, snapshotsEvery: "150 records")
            var faults = LateFaults(cluster, seed: UInt64(171 + workers))
            for _ in 0..<3 {
                let stream = RunningStream(cluster)
                try stream.waitUntilReady()
                for _ in 0..<6 { try faults.feed(40) }
                try stream.stop()
            }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let run = try faults.expectJoined()
            #expect(run.otherRuns > 12 && run.epochs >= 6)
        }
    }

    /// TOPIC_AUTHORIZATION_FAILED ends the service as it stands: nothing more is committed and no snapshot is written.
    @Test func `after a sudden end the journal leads to the state that the tasks had`() async throws {
        try await onOwnThread {
            let cluster = try cluster(snapshotsEvery: "1000 records")
            var faults = LateFaults(cluster, seed: 175)
            for _ in 0..<3 {
                let stream = RunningStream(cluster)
                try stream.waitUntilReady()
                for _ in 0..<6 { try faults.feed(40) }
                cluster.mock.pushErrors(Array(repeating: 29, count: 1_000), on: .fetch)
                _ = try stream.failure()
                cluster.mock.clearErrors(on: .fetch)
            }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            try faults.expectJoined()
        }
    }

    @Test func `history is read in the order of its times, so that each label finds its prediction`() async throws {
        try await onOwnThread {
            // A prediction waits as long as 500 records take, its label comes after 50, and there are 6,000.
            let cluster = try cluster(partitions: 1, labels: "wait: 5s, pending: 400, early: 1, answered: 0")
            let features = (0..<6_000).map { number in
                Input(
                    key: "k", value: Array("{\"id\":\(number),\"features\":{\"a\":\(number % 7)}}".utf8),
                    timestamp: 1_700_000_000_000 + Int64(number) * 10)
            }
            let labels = (0..<6_000).map { number in
                Input(
                    key: "k", value: Array("{\"id\":\(number),\"label\":\"\(number % 7 > 3 ? "UP" : "DOWN")\"}".utf8),
                    timestamp: 1_700_000_000_000 + Int64(number + 50) * 10)
            }
            try cluster.feed(labels, to: "faults.labels")
            try cluster.feed(features)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            let run = try cluster.expectJournaled([0: features]).run
            let counters = try #require(run.labels[0])
            #expect(counters.matched == 6_000 && counters.waited == 6_000 && counters.records == 6_000, "\(counters)")
            #expect(stream.metric(#"millrace_labels_total{result="matched"}"#) == 6_000)
        }
    }

    @Test func `a labels topic with another count of partitions is refused at the start`() async throws {
        try await onOwnThread {
            let cluster = try cluster()
            var settings = cluster.settings
            settings.topics.labels = "faults.one"
            try cluster.mock.createTopic("faults.one", partitions: 1)
            let failure = try RunningStream(cluster, settings: settings).failure()
            #expect("\(failure)".hasPrefix("faults.one has 1 partitions and the features topic 2"), "\(failure)")
        }
    }

    @Test func `begun anew, tasks read the labels from their beginning again`() async throws {
        try await onOwnThread {
            let cluster = try cluster(partitions: 1)
            var faults = LateFaults(cluster, seed: 176)
            try faults.feed(200)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let first = try cluster.finalStates()
            try RunningStream(cluster, untilEnd: true, mode: .fromScratch).waitForEnd()
            let again = try cluster.finalStates()
            #expect(first.keys == again.keys)
            let journal = try cluster.read(cluster.settings.topics.journal)
            let entries = try journal.map {
                try JournalEntry(
                    decoding: $0.value, journal: TopicPartition(topic: "j", partition: 0), offset: $0.offset)
            }
            let begins = entries.filter { entry in
                entry.runs.contains { $0.input.topic == "faults.labels" && $0.from.rawValue == 0 }
            }
            #expect(begins.count == 2)
        }
    }
}

/// Feeds both topics of a cluster, partition by partition, and knows how much.
struct LateFaults {
    private let cluster: StreamCluster
    private var faults: [LabelFaults]
    private var features: [Int32: [Input]] = [:]
    private var labels: [Int32: Int] = [:]
    private var isTurned = false

    init(_ cluster: StreamCluster, seed: UInt64) {
        self.cluster = cluster
        print("late label faults: seed \(seed)")
        faults = (0..<cluster.partitions).map { LabelFaults(seed: seed + 1_000 * UInt64($0), prefix: "p\($0)") }
    }

    /// So many feature records a partition and the labels between them; every other time the labels are there first.
    mutating func feed(_ records: Int) throws {
        for partition in faults.indices {
            let events = faults[partition].next(records: records)
            let place = Int32(partition)
            let parts = [false, true].map { isLabel in
                events.filter { $0.isLabel == isLabel }.map {
                    Input(key: $0.key, value: $0.value.map { Array($0.utf8) }, timestamp: $0.timestamp)
                }
            }
            features[place, default: []] += parts[0]
            labels[place, default: 0] += parts[1].count
            if isTurned { try cluster.feed(parts[1], partition: place, to: cluster.settings.topics.labels) }
            try cluster.feed(parts[0], partition: place)
            if !isTurned { try cluster.feed(parts[1], partition: place, to: cluster.settings.topics.labels) }
        }
        isTurned.toggle()
    }

    /// What the topics hold is what the tasks consumed, and the counters add up, after each run as in the end.
    @discardableResult
    func expectJoined(sourceLocation: SourceLocation = #_sourceLocation) throws -> JournaledRun {
        let run = try cluster.expectJournaled(features, sourceLocation: sourceLocation).run
        for (partition, counters) in run.labels {
            #expect(counters.records == UInt64(labels[partition] ?? 0), sourceLocation: sourceLocation)
            #expect(counters.waited == UInt64(features[partition]?.count ?? 0), sourceLocation: sourceLocation)
        }
        return run
    }
}
