internal import KafkaClient
package import Settings
internal import StreamTasks

extension PipelineSettings {
    /// The consumer group.
    package var group: String { kafka["group.id"] ?? pipeline }

    /// What librdkafka's consumer is given: the user's properties, and over them what Millrace owns.
    package var consumerProperties: [String: String] {
        var properties = [
            "client.id": "millrace-\(pipeline)",
            // Both sides on every version, so that partitions that belong together land together.
            "partition.assignment.strategy": "range",
            // What librdkafka may fetch ahead: enough for full speed, and bounded.
            "queued.max.messages.kbytes": "16384",
        ]
        properties.merge(kafka) { $1 }
        properties.merge([
            "group.id": group, "enable.auto.commit": "false",
            "enable.auto.offset.store": "false",
            // A position that is gone is an error to be looked at, never a silent jump.
            "auto.offset.reset": "error", "isolation.level": "read_committed", "enable.partition.eof": "true",
        ]) { $1 }
        return properties.filter { !KafkaProperties.producerOnly.contains($0.key) }
    }

    /// What a consumer is given that reads internal topics by hand: little is fetched ahead.
    package var readerProperties: [String: String] {
        consumerProperties.merging(["queued.max.messages.kbytes": "4096"]) { $1 }
    }

    /// Reads journals, and waits for them as long as the coordinator may take to end what a dead process left open.
    func makeJournalReader(log: @escaping @Sendable (ClientLog) -> Void) -> JournalReader {
        JournalReader(properties: readerProperties, patience: 2 * Self.transactionSeconds, log: log)
    }

    /// What librdkafka's producers are given.
    package var producerProperties: [String: String] {
        var properties = ["client.id": "millrace-\(pipeline)", "queue.buffering.max.kbytes": "32768"]
        properties.merge(kafka) { $1 }
        properties.merge([
            // A retry must neither double nor reorder predictions.
            "enable.idempotence": "true", "acks": "all",
            // As Java clients do, so that a key's predictions lie where its features do.
            "partitioner": "murmur2_random",
        ]) { $1 }
        return properties.filter { !KafkaProperties.consumerOnly.contains($0.key) }
    }

    /// Seconds after which the coordinator undoes a transaction by itself. Short: a dead process's open transaction holds
    /// every reader of committed records up until then.
    static let transactionSeconds = 10.0

    /// What librdkafka's transactional producers are given.
    package func transactionalProperties(worker: Int, instance: String, turn: String) -> [String: String] {
        producerProperties.merging([
            "transactional.id": "\(pipeline)-\(instance)-\(worker)-\(turn)",
            "transaction.timeout.ms": String(Int(Self.transactionSeconds * 1000)),
        ]) { $1 }.filter { !["message.timeout.ms", "delivery.timeout.ms"].contains($0.key) }
    }

    /// Where one worker's outputs leave, as `delivery` says.
    func makeOutlet(
        worker: Int, instance: String, consumer: Consumer, log: @escaping @Sendable (ClientLog) -> Void,
        wake: @escaping @Sendable () -> Void
    ) throws(KafkaError) -> Outlet {
        switch delivery {
        case .atLeastOnce:
            return .plain(try PlainOutlet(Producer(properties: producerProperties, log: log), topics: topics))
        case .exactlyOnce:
            let first = try TransactionalProducer(
                properties: transactionalProperties(worker: worker, instance: instance, turn: "a"), topics: topics,
                log: log)
            let second = try TransactionalProducer(
                properties: transactionalProperties(worker: worker, instance: instance, turn: "b"), topics: topics,
                log: log)
            return .transactions(
                TransactionPair(
                    first, second, consumer: consumer, name: "millrace-commit-\(worker)",
                    patience: Self.transactionSeconds, clock: SteadyClock.now, wake: wake))
        }
    }

    /// What the client that asks for topics is given.
    var adminProperties: [String: String] {
        kafka.filter {
            !KafkaProperties.consumerOnly.contains($0.key) && !KafkaProperties.producerOnly.contains($0.key)
        }
    }

    /// librdkafka's default is five minutes.
    var maximumPollMilliseconds: Int { kafka["max.poll.interval.ms"].flatMap(Int.init) ?? 300_000 }

    /// librdkafka's default is three seconds.
    var heartbeatSeconds: Double { Double(kafka["heartbeat.interval.ms"].flatMap(Int.init) ?? 3_000) / 1000 }
}
