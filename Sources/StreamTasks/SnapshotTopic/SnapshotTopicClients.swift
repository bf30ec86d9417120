internal import KafkaClient
internal import Settings

extension PipelineSettings {
    /// What the producer of snapshots is given.
    /// - Parameter patience: milliseconds that a record may take.
    func snapshotProducerProperties(_ patience: Int32) -> [String: String] {
        var properties = kafka.filter { !KafkaProperties.consumerOnly.contains($0.key) }
        // The user's are for many small records; these are few and large, and somebody waits for them.
        for name in ["delivery.timeout.ms", "linger.ms", "batch.size"] { properties[name] = nil }
        properties.merge([
            "client.id": "millrace-\(pipeline)-snapshots", "enable.idempotence": "true", "acks": "all",
            // One record a batch: the brokers' limit is on batches.
            "batch.num.messages": "1", "queue.buffering.max.ms": "0",
            // Memory, and how long the last of them waits behind the others: ten large records at most.
            "queue.buffering.max.messages": "10", "message.timeout.ms": "\(patience)",
        ]) { $1 }
        return properties
    }

    /// What the consumers of snapshots are given. They join no group, but librdkafka wants a name.
    var snapshotConsumerProperties: [String: String] {
        var properties = kafka.filter { !KafkaProperties.producerOnly.contains($0.key) }
        properties.merge([
            "client.id": "millrace-\(pipeline)-snapshots", "group.id": kafka["group.id"] ?? pipeline,
            // What is fetched ahead of the reader.
            "queued.max.messages.kbytes": "8192", "fetch.wait.max.ms": "10",
        ]) { $1 }
        return properties
    }

    /// What the client that asks for the topic's limits is given.
    var snapshotAdminProperties: [String: String] {
        kafka.filter {
            !KafkaProperties.consumerOnly.contains($0.key) && !KafkaProperties.producerOnly.contains($0.key)
        }
    }
}
