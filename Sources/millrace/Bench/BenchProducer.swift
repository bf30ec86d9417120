internal import KafkaClient

/// Fills a topic, partition by partition in turn. Used on one thread.
final class BenchProducer {
    private let producer: Producer
    private let topic: ProducerTopic
    private let partitions: Int
    private let headers = HeaderList(capacity: 1)
    private var failure: KafkaError?
    private(set) var sent = 0

    init(properties: [String: String], topic name: String, partitions: Int) throws {
        let consumerOnly: Set = ["fetch.wait.max.ms", "session.timeout.ms", "heartbeat.interval.ms", "group.id"]
        producer = try Producer(properties: properties.filter { !consumerOnly.contains($0.key) }) { _ in }
        topic = try producer.topic(name)
        self.partitions = partitions
    }

    /// Enqueues a record; waits where the producer is full.
    func send(_ value: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer? = nil) throws {
        while true {
            let result = producer.produce(
                topic, partition: Int32(sent % partitions), key: key, value: value, timestamp: 0, headers: headers,
                token: UInt64(sent))
            switch result {
            case .enqueued:
                sent += 1
                if sent % 256 == 0 { try serve(milliseconds: 0) }
                return
            case .queueFull: try serve(milliseconds: 10)
            case .refused(let error): throw error
            }
        }
    }

    func serve(milliseconds: Int32) throws {
        producer.serve(timeoutMilliseconds: milliseconds) { _ in
        } failed: { failed in
            if failure == nil { failure = failed.error }
        }
        if let failure { throw failure }
    }

    /// Waits until everything is delivered.
    func finish() throws {
        while producer.outstanding > 0 {
            _ = producer.flush(timeoutMilliseconds: 100)
            try serve(milliseconds: 0)
        }
        _ = producer.close(deadlineMilliseconds: 5_000)
    }
}
