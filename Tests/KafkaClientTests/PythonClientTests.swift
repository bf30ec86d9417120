import Foundation
import KafkaClient
import Records
import Testing
import TestSupport

/// Another client, over another librdkafka, reads what we write and the other way round.
@Suite struct PythonClientTests {
    @Test func `python reads our keys, values, headers and timestamps`() throws {
        let cluster = try TestCluster(.external)
        let topic = try cluster.topic(config: ["retention.ms": "-1"])
        let writer = try TestWriter(cluster.properties(["compression.type": "lz4"]))
        try writer.produce(
            topic, key: "k", value: "grüße", timestamp: 1234,
            headers: [RecordHeader("a", "1"), RecordHeader("none", nil)])
        try writer.produce(topic, key: "dead", value: nil, timestamp: 1235)
        #expect(writer.finish())
        let script = """
            import sys
            from confluent_kafka import Consumer, TopicPartition
            consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": "python", "enable.auto.commit": False})
            consumer.assign([TopicPartition(sys.argv[2], 0, 0)])
            for _ in range(2):
                message = consumer.poll(30)
                assert message.error() is None, message.error()
                print(message.key(), message.value(), message.timestamp(), message.headers(), message.offset())
            consumer.close()
            """
        let output = try PythonEnvironment.run(script: script, arguments: [cluster.bootstrapServers, topic])
        #expect(
            output == """
                b'k' b'gr\\xc3\\xbc\\xc3\\x9fe' (1, 1234) [('a', b'1'), ('none', None)] 0
                b'dead' None (1, 1235) None 1

                """)
    }

    @Test func `we read python's, and its group sees our commit`() throws {
        let cluster = try TestCluster(.external)
        let topic = try cluster.topic(config: ["retention.ms": "-1"])
        let script = """
            import sys
            from confluent_kafka import Producer
            producer = Producer({"bootstrap.servers": sys.argv[1], "compression.type": "zstd"})
            producer.produce(sys.argv[2], key=b"k", value="grüße".encode(), timestamp=77, headers=[("a", b"1"), ("none", None)])
            producer.produce(sys.argv[2], key=None, value=None, timestamp=78)
            assert producer.flush(30) == 0
            """
        try PythonEnvironment.run(script: script, arguments: [cluster.bootstrapServers, topic])
        let group = "shared-\(UUID().uuidString)"
        let place = TopicPartition(topic: topic, partition: 0)
        let reader = try TestReader(cluster.consumerProperties(group: group))
        try reader.read(place)
        #expect(
            try eventually {
                try reader.turn(); return !reader.ends.isEmpty
            })
        #expect(reader.records.map(\.value) == ["grüße", nil])
        #expect(reader.records.map(\.key) == ["k", nil])
        #expect(reader.records.map(\.timestamp) == [77, 78])
        #expect(reader.records.first?.headers == [RecordHeader("a", "1"), RecordHeader("none", nil)])
        try reader.consumer.commitSync(reader.nextPositions, timeoutMilliseconds: 30_000)
        let check = """
            import sys
            from confluent_kafka import Consumer, TopicPartition
            consumer = Consumer({"bootstrap.servers": sys.argv[1], "group.id": sys.argv[3]})
            print(consumer.committed([TopicPartition(sys.argv[2], 0)], timeout=30)[0].offset)
            consumer.close()
            """
        let output = try PythonEnvironment.run(script: check, arguments: [cluster.bootstrapServers, topic, group])
        #expect(output == "2\n")
    }
}
