import Foundation
import KafkaClient
import Records
import Settings
import Testing

/// Faults of brokers, leaders and coordinators in the middle of a stream.
@Suite struct BrokerFaultTests {
    @Test func `a broker that goes away and comes back costs nothing but time`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(1_500, seed: 41)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            for part in 0..<3 {
                try cluster.feed(Array(records[part * 500..<(part + 1) * 500]))
                try stream.wait(untilConsumed: part * 500 + 1)
                try cluster.mock.takeDown()
                Thread.sleep(forTimeInterval: 0.3)
                try cluster.mock.bringUp()
            }
            try stream.wait(untilDelivered: 1_500)
            try stream.stop()
            // A commit that the client repeats may set the last one back: then the next start repeats outputs.
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `leaders move between brokers while the stream goes on`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(brokers: 2, kafka: StreamCluster.inSequence)
            let topics = cluster.settings.topics
            let records = inputs(1_500, seed: 42)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            for part in 0..<5 {
                for topic in [topics.features, topics.predictions, topics.deadLetters, topics.drift] {
                    let leader = Int32(part % 2 + 1)
                    try cluster.mock.setLeader(leader, of: TopicPartition(topic: topic, partition: 0))
                }
                try cluster.feed(Array(records[part * 300..<(part + 1) * 300]))
                try stream.wait(untilConsumed: part * 300 + 1)
            }
            try stream.wait(untilDelivered: 1_500)
            try stream.stop()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `the group's coordinator moves, and commits go on with the new one`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(brokers: 2)
            let records = inputs(900, seed: 43)
            let stream = RunningStream(cluster)
            try cluster.mock.setCoordinator(1, ofGroup: cluster.settings.pipeline)
            try stream.waitUntilReady()
            for part in 0..<3 {
                try cluster.mock.setCoordinator(Int32((part + 1) % 2 + 1), ofGroup: cluster.settings.pipeline)
                try cluster.feed(Array(records[part * 300..<(part + 1) * 300]))
                try stream.wait("all is committed") { try cluster.committed()[0] == Int64((part + 1) * 300) }
            }
            try stream.stop()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `a slow network loses nothing`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            try cluster.mock.setRoundTrip(milliseconds: 50)
            let records = inputs(800, seed: 44)
            try cluster.feed(records)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            try cluster.mock.setRoundTrip(milliseconds: 0)
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }

    /// UNKNOWN_MEMBER_ID in answer to a heartbeat: the group has given the partitions away.
    @Test func `a lost assignment is given up without a commit, and read again from the last one`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(1_200, seed: 45)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<700]))
            try stream.wait(untilConsumed: 300)
            cluster.mock.pushErrors([25], on: .heartbeat)
            try stream.wait("the partitions are lost") { stream.log.contains("partitions lost") }
            try cluster.feed(Array(records[700...]))
            try stream.wait(untilDelivered: 1_200)
            try stream.stop()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `fetches that fail for a while are repeated`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(600, seed: 46)
            try cluster.feed(records)
            cluster.mock.pushErrors([6, 5, 9, 13, 6], on: .fetch)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            #expect(try cluster.expectExact([0: records]) == 0)
        }
    }
}
