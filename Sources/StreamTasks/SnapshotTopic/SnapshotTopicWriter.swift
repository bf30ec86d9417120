internal import KafkaClient
internal import Snapshots

/// Writes records to a snapshots topic and waits until each of them is acknowledged.
///
/// After a failure it is of no more use: what its producer still holds must not come after what is written next.
final class SnapshotTopicWriter {
    private let producer: Producer
    private let topic: ProducerTopic
    private let headers = HeaderList(capacity: 1)
    private var failure: KafkaError?
    private var waiting = 0

    init(properties: [String: String], topic: String, log: @escaping ClientLogger) throws(KafkaError) {
        producer = try Producer(properties: properties, log: log)
        self.topic = try producer.topic(topic)
    }

    /// Nothing that it holds is sent any more.
    deinit { producer.close(deadlineMilliseconds: 0) }

    /// Hands one record to the client, which copies it. Waits where the client is full.
    /// - Parameter value: nil for a tombstone.
    func put(_ key: SnapshotKey, _ value: UnsafeRawBufferPointer?) throws(KafkaError) {
        let name = Array(key.text.utf8)
        while true {
            let result = name.withUnsafeBytes { bytes in
                producer.produce(
                    topic, partition: key.partition, key: bytes, value: value, timestamp: 0, headers: headers, token: 0)
            }
            switch result {
            case .enqueued:
                waiting += 1
                return
            case .queueFull: try serve()
            case .refused(let error): throw error
            }
        }
    }

    /// Waits for the acknowledgements of everything that was put; the producer's own time-out bounds it.
    func finish() throws(KafkaError) { while waiting > 0 { try serve() } }

    private func serve() throws(KafkaError) {
        producer.serve(timeoutMilliseconds: 50) {
            waiting -= $0.count
        } failed: { delivery in
            waiting -= 1
            failure = failure ?? delivery.error
        }
        if let failure { throw failure }
    }
}
