import Foundation
import JSONTree
import KafkaClient
import Records
import Settings
import StreamService
import Testing

/// What becomes of outputs that the brokers or the client don't take.
@Suite struct ProduceFaultTests {
    /// NOT_LEADER, NETWORK_EXCEPTION, REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS: they pass.
    @Test func `passing produce errors are retried until every output is there`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(kafka: StreamCluster.inSequence)
            let records = inputs(800, seed: 51)
            try cluster.feed(records)
            cluster.mock.pushErrors([6, 13, 7, 19, 6, 6, 20, 13], on: .produce)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            try cluster.expectExact([0: records])
        }
    }

    /// MSG_SIZE_TOO_LARGE and INVALID_RECORD: they don't.
    @Test(arguments: [(Int32(10), "MSG_SIZE_TOO_LARGE"), (87, "INVALID_RECORD")])
    func `a prediction that the broker refuses for good becomes a dead letter, and the stream goes on`(
        code: Int32, name: String
    ) async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(300, seed: 52, malformed: false)
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed(Array(records[..<100]))
            try stream.wait(untilDelivered: 100)
            let whole = try FaultlessRun(cluster, [0: records])
            let refused = "\(cluster.settings.topics.features)/0/100"
            // One input alone, so that it is known which one the error meets: not the one that ends a window.
            let feeder = try cluster.openFeeder()
            cluster.mock.pushErrors([0, code], on: .produce)
            try feeder.send(records[100])
            try stream.wait(untilDelivered: 101)
            try feeder.close()
            try cluster.feed(Array(records[101...]))
            try stream.wait(untilDelivered: 300)
            #expect(stream.metric("millrace_dead_letters_total{reason=\"\(name)\"}") == 1)
            try stream.stop()

            try cluster.expectExact([0: records], refused: [refused])
            let letter = try #require(try cluster.read(cluster.settings.topics.deadLetters).first)
            #expect(letter.value == whole.predictions[refused])
            #expect(letter.headers["__connect.errors.stage"] == "produce")
            #expect(letter.headers["__connect.errors.topic"] == cluster.settings.topics.features)
            #expect(letter.headers["__connect.errors.partition"] == "0")
            #expect(letter.headers["__connect.errors.offset"] == "100")
            #expect(letter.headers["__connect.errors.exception.class.name"] == name)
            #expect(letter.headers["__connect.errors.exception.message"]?.isEmpty == false)
        }
    }

    @Test func `a dead letter that is refused too goes without its value, which headers describe`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let good = inputs(3, seed: 53, malformed: false)
            let bad = Input(key: "k", value: Array("{\"features\":[]}".utf8), timestamp: 1_700_000_000_000)
            let records = [good[0], bad, good[1], good[2]]
            let stream = RunningStream(cluster)
            try stream.waitUntilReady()
            try cluster.feed([good[0]])
            try stream.wait(untilDelivered: 1)
            let feeder = try cluster.openFeeder()
            cluster.mock.pushErrors([0, 10], on: .produce)
            try feeder.send(bad)
            try stream.wait(untilDelivered: 2)
            try feeder.close()
            try cluster.feed(Array(good[1...]))
            try stream.wait(untilDelivered: 4)
            try stream.stop()
            let letters = try cluster.read(cluster.settings.topics.deadLetters)
            #expect(letters.count == 1)
            #expect(letters.first?.value == nil)
            #expect(letters.first?.key == Array("k".utf8))
            #expect(letters.first?.headers["millrace-value-bytes"] == "15")
            #expect(
                letters.first?.headers["millrace-value-sha256"]
                    == "6fa1fe1cd6debd64f7a9f93660a341684169fea401e63a3a11464b66d9de611a")
            #expect(letters.first?.headers["__connect.errors.offset"] == "1")
            #expect(letters.first?.headers["__connect.errors.stage"] == "decode")
            #expect(try cluster.read(cluster.settings.topics.predictions).count == 3)
            #expect(try cluster.committed() == [0: Int64(records.count)])
            #expect(try cluster.finalStates() == FaultlessRun(cluster, [0: records]).states)
        }
    }

    /// TOPIC_AUTHORIZATION_FAILED is nothing that another attempt mends.
    @Test func `an output that may not be written stops the service, and nothing of it is committed`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster()
            let records = inputs(900, seed: 54, malformed: false)
            try cluster.feed(records)
            // The first request is good, so that some is delivered and some isn't.
            cluster.mock.pushErrors([0] + Array(repeating: 29, count: 50), on: .produce)
            let stream = RunningStream(cluster)
            let failure = try stream.failure()
            #expect("\(failure)".contains("TOPIC_AUTHORIZATION_FAILED"))
            #expect("\(failure)".contains("start"), "it says what to do: \(failure)")
            try cluster.expectDeliveredBelowCommit([0: records])

            cluster.mock.clearErrors(on: .produce)
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            try cluster.expectExact([0: records])
        }
    }

    @Test func `a prediction too large for the client becomes a dead letter in its place`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(kafka: ["message.max.bytes": "2000"])
            var records = inputs(300, seed: 55, malformed: false)
            let large =
                "{\"id\":\"\(String(repeating: "x", count: 3_000))\",\"features\":{\"a\":1,\"b\":2},\"label\":\"UP\"}"
            let refused = [50, 51, 299]
            for index in refused { records[index].value = Array(large.utf8) }
            try cluster.feed(records)
            let stream = RunningStream(cluster, untilEnd: true)
            try stream.waitForEnd()
            let place = "\(cluster.settings.topics.features)/0"
            try cluster.expectExact([0: records], refused: Set(refused.map { "\(place)/\($0)" }))
            let letters = try cluster.read(cluster.settings.topics.deadLetters)
            #expect(letters.count == 3)
            for letter in letters {
                // Too large for a dead letter as well.
                #expect(letter.value == nil)
                #expect(Int(letter.headers["millrace-value-bytes"] ?? "") ?? 0 > 3_000)
                #expect(letter.headers["__connect.errors.exception.class.name"] == "MSG_SIZE_TOO_LARGE")
                #expect(letter.headers["__connect.errors.offset"] == String(letter.input.split(separator: "/")[2]))
            }
        }
    }

    @Test func `a producer that holds ten records at once slows the stream down and loses nothing`() async throws {
        try await onOwnThread {
            let cluster = try StreamCluster(
                partitions: 2, kafka: ["queue.buffering.max.messages": "10", "linger.ms": "1"], workers: 2)
            let all = [Int32(0): inputs(500, seed: 56), 1: inputs(500, seed: 57)]
            for (partition, records) in all { try cluster.feed(records, partition: partition) }
            try RunningStream(cluster, untilEnd: true).waitForEnd()
            #expect(try cluster.expectExact(all) == 0)
        }
    }

    @Test func `reports that come in any order move the commit only up to the first one that is missing`() async throws
    {
        try await onOwnThread {
            let cluster = try StreamCluster(
                partitions: 4, brokers: 2, kafka: ["max.in.flight.requests.per.connection": "5", "linger.ms": "0"])
            let topics = cluster.settings.topics
            // Predictions of one task go to several partitions, of which those on the second broker answer late.
            for partition in Int32(0)..<4 {
                for topic in [topics.predictions, topics.deadLetters] {
                    try cluster.mock.setLeader(
                        partition % 2 + 1, of: TopicPartition(topic: topic, partition: partition))
                }
                try cluster.mock.setLeader(1, of: TopicPartition(topic: topics.features, partition: partition))
            }
            try cluster.mock.setCoordinator(1, ofGroup: cluster.settings.pipeline)
            let all = [Int32(0): inputs(600, seed: 58), 1: [], 2: [], 3: []]
            try cluster.feed(all[0] ?? [])
            let stream = RunningStream(cluster)
            try cluster.mock.setRoundTrip(milliseconds: 400, broker: 2)
            try stream.wait(untilConsumed: 600)
            for _ in 0..<5 { try cluster.expectDeliveredBelowCommit(all) }
            try stream.wait(untilDelivered: 600)
            try stream.stop()
            try cluster.mock.setRoundTrip(milliseconds: 0, broker: 2)
            #expect(try cluster.expectExact(all) == 0)
        }
    }
}
