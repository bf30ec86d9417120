import Foundation
import KafkaClient
import Records
import Testing
import TestSupport

@Suite struct AdminTests {
    private func admin(_ cluster: TestCluster) throws -> Admin {
        // A whole pipeline's properties may be handed over: what only a member has is left out.
        try Admin(properties: cluster.properties(["group.id": "g", "transactional.id": "t"]), log: { _ in })
    }

    @Test func `a topic is created with its settings, described, listed and deleted`() throws {
        let cluster = try TestCluster(.external)
        let admin = try admin(cluster)
        defer { admin.close(deadlineMilliseconds: 10_000) }
        let name = "declared-\(UUID().uuidString)"
        let topic = NewTopic(
            name: name, partitions: 3, replication: 1, config: ["retention.ms": "-1", "cleanup.policy": "delete"])
        #expect(try admin.createTopics([topic], timeoutMilliseconds: 10_000) == [:])
        #expect(try eventually { try admin.partitionCount(of: name, timeoutMilliseconds: 10_000) == 3 })
        #expect(try admin.partitionCounts(timeoutMilliseconds: 10_000)[name] == 3)
        let config = try admin.topicConfig(name, timeoutMilliseconds: 10_000)
        #expect(config["retention.ms"]?.value == "-1")
        let again = try admin.createTopics([topic], timeoutMilliseconds: 10_000)
        #expect(again[name]?.isTopicAlreadyExists == true)
        #expect(try admin.deleteTopics([name], timeoutMilliseconds: 10_000) == [:])
        #expect(try eventually { try admin.partitionCount(of: name, timeoutMilliseconds: 10_000) == nil })
        #expect(try admin.deleteTopics([name], timeoutMilliseconds: 10_000)[name]?.isUnknownTopic == true)
    }

    @Test func `asking about a topic doesn't create it`() throws {
        let cluster = try TestCluster(.external)
        let admin = try admin(cluster)
        defer { admin.close(deadlineMilliseconds: 10_000) }
        let name = "absent-\(UUID().uuidString)"
        for _ in 0..<3 { #expect(try admin.partitionCount(of: name, timeoutMilliseconds: 10_000) == nil) }
        #expect(try admin.partitionCounts(timeoutMilliseconds: 10_000)[name] == nil)
    }

    @Test(arguments: Broker.allCases)
    func `the cluster has an id and brokers`(broker: Broker) throws {
        let cluster = try TestCluster(broker)
        let admin = try admin(cluster)
        #expect(try admin.clusterID(timeoutMilliseconds: 10_000)?.isEmpty == false)
        #expect(try admin.brokerCount(timeoutMilliseconds: 10_000) >= 1)
        #expect(admin.close(deadlineMilliseconds: 10_000))
        #expect(throws: KafkaError.self) { try admin.brokerCount(timeoutMilliseconds: 10) }
    }

    @Test func `deleted records raise the low watermark`() throws {
        let cluster = try TestCluster(.external)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        #expect(try writer.produceNumbers(5, to: topic))
        let admin = try admin(cluster)
        defer { admin.close(deadlineMilliseconds: 10_000) }
        let position = RecordPosition(topic: topic, partition: 0, next: NextOffset(3))
        try admin.deleteRecords(before: [position], timeoutMilliseconds: 10_000)
        let consumer = try Consumer(properties: cluster.consumerProperties(), log: { _ in })
        let place = TopicPartition(topic: topic, partition: 0)
        #expect(try consumer.watermarks(place, timeoutMilliseconds: 10_000) == (3, 5))
        #expect(consumer.close(deadlineMilliseconds: 10_000))
    }

    @Test func `offsets are found by time`() throws {
        let cluster = try TestCluster(.external)
        let topic = try cluster.topic(config: ["retention.ms": "-1"])
        let writer = try TestWriter(cluster.properties())
        for second in Int64(1)...4 { try writer.produce(topic, value: "v", timestamp: second * 1000) }
        #expect(writer.finish())
        let consumer = try Consumer(properties: cluster.consumerProperties(), log: { _ in })
        let place = TopicPartition(topic: topic, partition: 0)
        #expect(try consumer.offsets(of: [place], at: 2500, timeoutMilliseconds: 10_000) == [place: NextOffset(2)])
        #expect(consumer.close(deadlineMilliseconds: 10_000))
    }

    @Test func `without a broker a request ends at its timeout, and says so`() throws {
        let admin = try Admin(properties: ["bootstrap.servers": "127.0.0.1:1"], log: { _ in })
        #expect(try admin.clusterID(timeoutMilliseconds: 50) == nil)
        let error = #expect(throws: KafkaError.self) { try admin.partitionCounts(timeoutMilliseconds: 50) }
        #expect(error?.disposition == .retry)
        #expect(admin.close(deadlineMilliseconds: 10_000))
    }
}
