import KafkaClient
import Testing
import TestSupport

@Suite struct ExternalBrokerTests {
    @Test func `a broker that was stopped comes back with its records, and the clients with it`() throws {
        let broker = try ExternalBroker()
        guard !broker.isForeign else { return }  // somebody's own broker isn't stopped by a test
        let properties = ["bootstrap.servers": broker.bootstrapServers, "receive.message.max.bytes": "1000000000"]
        let admin = try Admin(properties: properties, log: { _ in })
        #expect(
            try admin.createTopics(
                [NewTopic(name: "kept", partitions: 1, replication: 1)], timeoutMilliseconds: 10_000) == [:])
        #expect(admin.close(deadlineMilliseconds: 10_000))
        let writer = try TestWriter(properties.merging(["reconnect.backoff.max.ms": "200"]) { $1 })
        try writer.produce("kept", value: "before", token: 1)
        #expect(writer.finish())
        broker.stop()
        try writer.produce("kept", value: "after", token: 2)
        try broker.start()
        #expect(writer.finish())
        #expect(writer.delivered == [1, 2])
        let more = ["group.id": "g", "enable.partition.eof": "true"]
        let reader = try TestReader(properties.merging(more) { $1 })
        try reader.read(TopicPartition(topic: "kept", partition: 0))
        #expect(
            try eventually {
                try reader.turn(); return !reader.ends.isEmpty
            })
        #expect(reader.records.map(\.value) == ["before", "after"])
    }
}
