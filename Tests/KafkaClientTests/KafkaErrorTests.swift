import KafkaClient
import Records
import Synchronization
import Testing
import TestSupport

@Suite struct KafkaErrorTests {
    @Test func `a property that isn't known is named, in librdkafka's words`() {
        let error = #expect(throws: KafkaError.self) { try Producer(properties: ["no.such.thing": "1"], log: { _ in }) }
        #expect(error?.message.contains("no.such.thing") == true)
        #expect(error?.name == "_INVALID_ARG")
        #expect(error?.disposition == .stop)
    }

    @Test(arguments: [
        ["batch.num.messages": "many"], ["acks": "9999999"], ["security.protocol": "carrier-pigeon"],
        // Only the client itself sees that these don't fit together.
        ["enable.idempotence": "true", "acks": "1"],
    ])
    func `a wrong value is named, whether a property or the client refuses it`(properties: [String: String]) {
        let error = #expect(throws: KafkaError.self) { try Producer(properties: properties, log: { _ in }) }
        let name = properties.keys.contains("acks") ? "acks" : properties.keys.first ?? ""
        #expect(error?.message.contains(name) == true)
    }

    @Test func `each kind of error wants its own answer`() {
        func error(_ code: Int32, fatal: Bool = false, abort: Bool = false, retriable: Bool = false) -> KafkaError {
            KafkaError(
                code: code, message: "m", isFatal: fatal, isRetriable: retriable, requiresAbort: abort)
        }
        #expect(error(10).disposition == .deadLetter)
        #expect(error(10).name == "MSG_SIZE_TOO_LARGE")
        #expect(error(-185, retriable: true).disposition == .retry)
        #expect(error(-185).isTimeout)
        #expect(error(47, abort: true).disposition == .restoreTask)
        #expect(error(90).isFenced)
        #expect(error(90).disposition == .restoreTask)
        #expect(error(-144, fatal: true).disposition == .stop)
        #expect(error(29).disposition == .stop)
        #expect(error(22).isStale)
        #expect(error(-172).isStale)
        #expect(error(-184).isQueueFull)
        #expect(error(3).isUnknownTopic)
        #expect(error(36).isTopicAlreadyExists)
        #expect(error(1).isOffsetOutOfRange)
        #expect(error(3).description == "UNKNOWN_TOPIC_OR_PART: m")
    }

    @Test func `the client's own log comes to the closure, with level and name`() throws {
        let lines = Mutex<[ClientLog]>([])
        let producer = try Producer(
            properties: ["bootstrap.servers": "127.0.0.1:1", "client.id": "talker", "message.timeout.ms": "1000"]
        ) { line in lines.withLock { $0.append(line) } }
        #expect(
            eventually {
                producer.serve(timeoutMilliseconds: 20) { _ in
                } failed: { _ in
                }
                return lines.withLock { !$0.isEmpty }
            })
        #expect(producer.close(deadlineMilliseconds: 10_000))
        let line = try #require(lines.withLock { $0.first })
        #expect(line.client.hasPrefix("talker"))
        #expect((0...7).contains(line.level))
        #expect(!line.message.isEmpty)
    }

    @Test func `the mock refuses what would abort the process`() throws {
        #expect(throws: KafkaError.self) { _ = try MockCluster(brokers: 0) }
        let mock = try MockCluster(brokers: 2)
        #expect(throws: KafkaError.self) { try mock.createTopic("t", partitions: 0) }
        #expect(throws: KafkaError.self) { try mock.createTopic("t", partitions: 1, replication: 3) }
        try mock.createTopic("t", partitions: 1, replication: 2)
    }
}
