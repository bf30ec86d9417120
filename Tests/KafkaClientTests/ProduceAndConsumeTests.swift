import KafkaClient
import Records
import Testing
import TestSupport

@Suite struct ProduceAndConsumeTests {
    @Test(arguments: Broker.allCases)
    func `records come back with keys, headers and timestamps, and then the end of the partition`(broker: Broker) throws
    {
        let cluster = try TestCluster(broker)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties())
        let headers = [
            RecordHeader("traceparent", "00-trace"), RecordHeader("twice", "1"), RecordHeader("twice", "2"),
            RecordHeader("empty", ""), RecordHeader("none", nil),
            RecordHeader(name: [0xff, 0xfe], value: [0, 1, 255]),
        ]
        try writer.produce(topic, key: "k", value: "v", timestamp: 1_700_000_000_123, headers: headers, token: 1)
        try writer.produce(topic, value: "no key", timestamp: 5, token: 2)
        try writer.produce(topic, key: "dead", value: nil, timestamp: 6, token: 3)
        try writer.produce(topic, key: "", value: "", timestamp: 7, token: 4)
        #expect(writer.finish())
        #expect(writer.delivered == [1, 2, 3, 4])

        let reader = try TestReader(cluster.consumerProperties())
        try reader.read(TopicPartition(topic: topic, partition: 0))
        #expect(
            try eventually {
                try reader.turn(); return !reader.ends.isEmpty
            })
        #expect(reader.records.map(\.key) == ["k", nil, "dead", ""])
        #expect(reader.records.map(\.value) == ["v", "no key", nil, ""])
        #expect(reader.records.map(\.timestamp) == [1_700_000_000_123, 5, 6, 7])
        #expect(reader.records.map(\.offset) == [0, 1, 2, 3])
        #expect(reader.records.first?.headers == headers)
        #expect(reader.records.first?.traceparent == "00-trace")
        #expect(reader.records.last?.headers == [])
        #expect(reader.records.last?.traceparent == nil)
        #expect(reader.ends == [TopicPartition(topic: topic, partition: 0): 4])
        #expect(reader.failures == [])
        #expect(!reader.events.contains { if case .strayed = $0 { true } else { false } })
    }

    @Test(arguments: [0, 1, UInt64.max, 1 << 63, 0xdead_beef_0000_0001])
    func `a token comes back with all its bits`(token: UInt64) throws {
        let cluster = try TestCluster(.mock)
        let writer = try TestWriter(cluster.properties())
        try writer.produce(try cluster.topic(), value: "v", token: token)
        #expect(writer.finish())
        #expect(writer.delivered == [token])
    }

    @Test func `reports beyond the buffer's first size all come, in order, once`() throws {
        let cluster = try TestCluster(.mock)
        let writer = try TestWriter(cluster.properties(["linger.ms": "5"]))
        #expect(try writer.produceNumbers(10_000, to: try cluster.topic()))
        #expect(writer.delivered == (0..<10_000).map(UInt64.init))
        writer.serve()
        #expect(writer.delivered.count == 10_000)
        #expect(writer.producer.outstanding == 0)
    }

    @Test func `a key decides the partition as Java clients do`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic(partitions: 3)
        let writer = try TestWriter(cluster.properties(["partitioner": "murmur2_random"]))
        // murmur2 of these keys, made positive, modulo 3.
        let expected: [(key: String, partition: Int32)] = ["a", "b", "c", "kafka", "record-1"].map {
            ($0, Int32((murmur2(Array($0.utf8)) & 0x7fff_ffff) % 3))
        }
        for (key, _) in expected { try writer.produce(topic, key: key, value: key) }
        #expect(writer.finish())
        var found: [String: Int32] = [:]
        for partition in Int32(0)..<3 {
            let reader = try TestReader(cluster.consumerProperties())
            let place = TopicPartition(topic: topic, partition: partition)
            try reader.read(place)
            #expect(
                try eventually {
                    try reader.turn(); return reader.ends[place] != nil
                })
            for record in reader.records { found[record.key ?? ""] = record.partition }
        }
        #expect(found == Dictionary(uniqueKeysWithValues: expected.map { ($0.key, $0.partition) }))
    }

    @Test func `one wait takes at most as many as the queue holds, and loses none`() throws {
        let cluster = try TestCluster(.mock)
        let topic = try cluster.topic()
        let writer = try TestWriter(cluster.properties(["linger.ms": "5"]))
        #expect(try writer.produceNumbers(1000, to: topic))
        let reader = try TestReader(cluster.consumerProperties(), capacity: 7)
        try reader.read(TopicPartition(topic: topic, partition: 0))
        #expect(
            try eventually {
                try reader.turn(); return !reader.ends.isEmpty
            })
        #expect(reader.records.map(\.value) == (0..<1000).map { String($0) })
    }

    /// Austin Appleby's 32-bit MurmurHash2 with the seed of Kafka's Java client.
    private func murmur2(_ bytes: [UInt8]) -> UInt32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash: UInt32 = 0x9747_b28c ^ UInt32(bytes.count)
        var index = 0
        while index + 4 <= bytes.count {
            var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << UInt32(8 * $1) }
            word = word &* multiplier
            word ^= word >> 24
            hash = (hash &* multiplier) ^ (word &* multiplier)
            index += 4
        }
        if index < bytes.count {
            for (place, byte) in bytes[index...].enumerated() { hash ^= UInt32(byte) << UInt32(8 * place) }
            hash = hash &* multiplier
        }
        hash ^= hash >> 13
        hash = hash &* multiplier
        return hash ^ (hash >> 15)
    }
}
