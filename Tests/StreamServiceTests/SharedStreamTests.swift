import JSONTree
import KafkaClient
import Records
import Settings
import Snapshots
import StreamService
import StreamTasks
import StreamTestSupport
import TestSupport
import Testing

/// Tasks that tell each other of their models: several inputs each, whose order the journal keeps.
@Suite struct SharedStreamTests {
    private func cluster(
        partitions: Int = 2, workers: Int = 1, snapshotsEvery: String = "400 records"
    ) throws -> StreamCluster {
        try StreamCluster(
            partitions: partitions, workers: workers, snapshotsEvery: snapshotsEvery, more: "model.scope: shared")
    }

    @Test(arguments: [1, 2])
    func `tasks hear of each other, and the journal tells in which order they did`(_ workers: Int) async throws {
        try await onOwnThread {
            let cluster = try cluster(workers: workers)
            let all = [Int32(0): inputs(1_000, seed: 71), 1: inputs(1_000, seed: 72)]
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try stream.hear(all, 0..<500, in: cluster)
            try cluster.feed(all, 500..<1_000)
            try stream.wait(untilDelivered: 2_000)
            try stream.stop()
            #expect(try cluster.expectJournaled(all).repeats == 0)
            let schema = try JSONSchema(named: "journal-entry")
            for entry in try cluster.read(cluster.settings.topics.journal) {
                #expect(try schema.findings(.parse(entry.value ?? [])) == [])
                #expect(entry.key == nil)
                #expect(entry.input.hasPrefix("faults."))
            }
        }
    }

    @Test func `started again, tasks follow their journals and go on from there`() async throws {
        try await onOwnThread {
            // Two tasks on one worker read the same messages from different positions on.
            let cluster = try cluster(partitions: 3, workers: 2, snapshotsEvery: "150 records")
            let all = [Int32(0): inputs(800, seed: 73), 1: inputs(800, seed: 74), 2: inputs(800, seed: 81)]
            for part in 0..<2 {
                let stream = RunningStream(cluster)
                try stream.waitUntilReady()
                try stream.hear(all, part * 400..<part * 400 + 200, in: cluster)
                try cluster.feed(all, part * 400 + 200..<(part + 1) * 400)
                try stream.stop()
            }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let (run, repeats) = try cluster.expectJournaled(all)
            #expect(repeats == 0)
            #expect(run.epochs >= 6)
        }
    }

    /// TOPIC_AUTHORIZATION_FAILED ends the service as it stands: nothing more is committed and no snapshot is written.
    @Test func `after a sudden end the journal leads to the state that the tasks had`() async throws {
        try await onOwnThread {
            let cluster = try cluster(snapshotsEvery: "1000 records")
            let all = [Int32(0): inputs(1_200, seed: 75), 1: inputs(1_200, seed: 76)]
            for part in 0..<2 {
                let stream = RunningStream(cluster)
                try stream.waitUntilReady()
                try stream.hear(all, part * 400..<part * 400 + 300, in: cluster)
                try cluster.feed(all, part * 400 + 300..<(part + 1) * 400)
                cluster.mock.pushErrors(Array(repeating: 29, count: 1_000), on: .fetch)
                _ = try stream.failure()
                cluster.mock.clearErrors(on: .fetch)
            }
            let last = RunningStream(cluster)
            try last.waitUntilReady()
            try cluster.feed(all, 800..<1_200)
            try last.wait(untilDelivered: 2_400)
            try last.stop()
            try cluster.expectJournaled(all)
        }
    }

    /// UNKNOWN: the client itself doesn't repeat it.
    @Test func `entries whose offsets were never committed are the position all the same`() async throws {
        try await onOwnThread {
            let cluster = try cluster()
            let all = [Int32(0): inputs(600, seed: 77), 1: inputs(600, seed: 78)]
            let first = RunningStream(cluster)
            try first.waitUntilReady()
            cluster.mock.pushErrors(Array(repeating: -1, count: 5_000), on: .offsetCommit)
            try first.hear(all, 0..<600, in: cluster)
            try first.wait(untilDelivered: 1_200)
            try first.stop()
            #expect(try cluster.committed() == [0: 0, 1: 0])
            cluster.mock.clearErrors(on: .offsetCommit)

            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectJournaled(all).repeats == 0)
        }
    }

    @Test func `begun anew, tasks neither follow the old journal nor hear what was told before`() async throws {
        try await onOwnThread {
            let cluster = try cluster()
            let all = [Int32(0): inputs(600, seed: 82), 1: inputs(600, seed: 83)]
            let first = RunningStream(cluster)
            try first.waitUntilReady()
            try first.hear(all, 0..<600, in: cluster)
            try first.stop()
            let old = try cluster.read(cluster.settings.topics.mix)

            try RunningStream(cluster, untilEnd: true, mode: .fromScratch).waitForEnd()
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            let topics = cluster.settings.topics
            for (partition, other) in [(Int32(0), Int32(1)), (1, 0)] {
                let entries = try cluster.read(topics.journal).filter { $0.partition == partition }.map {
                    try JournalEntry(
                        decoding: $0.value, journal: TopicPartition(topic: topics.journal, partition: partition),
                        offset: $0.offset)
                }
                let anew = try #require(entries.lastIndex { $0.mark.sequence == 1 })
                #expect(entries[anew].mark.epoch > entries[anew - 1].mark.epoch)
                let told = old.filter { $0.partition == other }.map(\.offset).max() ?? -1
                let heard = entries[anew...].flatMap(\.runs).filter { $0.input.topic == topics.mix }
                #expect(heard.allSatisfy { $0.from.rawValue > told })
            }
            #expect(try cluster.committed() == [0: 600, 1: 600])
        }
    }

    @Test func `without its journal a task refuses to go on`() async throws {
        try await onOwnThread {
            let cluster = try cluster()
            let all = [Int32(0): inputs(300, seed: 79), 1: inputs(300, seed: 80)]
            try cluster.feed(all, 0..<300)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            var settings = cluster.settings
            settings.topics.journal = "faults.another"
            try cluster.mock.createTopic("faults.another", partitions: 2)
            let failure = try RunningStream(cluster, settings: settings).failure()
            #expect("\(failure)".contains("the journal faults.another/"), "\(failure)")
        }
    }

    @Test func `topics that tasks share a number with must have as many partitions`() async throws {
        try await onOwnThread {
            let cluster = try cluster()
            var settings = cluster.settings
            settings.topics.mix = "faults.one"
            try cluster.mock.createTopic("faults.one", partitions: 1)
            let failure = try RunningStream(cluster, settings: settings).failure()
            #expect("\(failure)".hasPrefix("faults.one has 1 partitions and the features topic 2"), "\(failure)")
        }
    }
}
