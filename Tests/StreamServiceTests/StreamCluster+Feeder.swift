import KafkaClient
import Settings

/// Sends inputs one by one over a connection that is open already, so that a fault can be laid before the next request.
final class InputFeeder {
    private let producer: Producer
    private let topic: ProducerTopic
    private let headers = HeaderList(capacity: 1)

    init(_ cluster: StreamCluster) throws {
        producer = try Producer(
            properties: ["bootstrap.servers": cluster.mock.bootstrapServers, "linger.ms": "0"], log: { _ in })
        topic = try producer.topic(cluster.settings.topics.features)
    }

    /// Sends one input and waits for its report.
    func send(_ record: Input, partition: Int32 = 0) throws {
        let result = StreamCluster.withView(of: record.key.map { Array($0.utf8) }) { key in
            StreamCluster.withView(of: record.value) { value in
                producer.produce(
                    topic, partition: partition, key: key, value: value, timestamp: record.timestamp, headers: headers,
                    token: 0)
            }
        }
        var reports = 0
        var failures = 0
        let reported = eventually {
            producer.serve(timeoutMilliseconds: 10) {
                reports += $0.count
            } failed: { _ in
                failures += 1
            }
            return reports + failures == 1
        }
        guard result == .enqueued, reported, failures == 0 else { throw StreamTestError("an input wasn't taken") }
    }

    func close() throws { producer.close(deadlineMilliseconds: 5_000) }
}

extension StreamCluster {
    func openFeeder() throws -> InputFeeder { try InputFeeder(self) }
}
