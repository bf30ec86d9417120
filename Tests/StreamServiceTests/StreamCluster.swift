import Foundation
import KafkaClient
import Records
import Settings
import TestSupport

/// A mock cluster of one test with a pipeline's topics, its settings, and its snapshots' folder.
final class StreamCluster: Sendable {
    let mock: MockCluster
    let folder: TemporaryFolder
    let settings: PipelineSettings
    let partitions: Int

    /// For tests in which a produce request fails while the next one is on its way. A broker refuses that one as out of
    /// sequence; the mock takes it, with which the client believes the one before to have arrived.
    static let inSequence = ["max.in.flight.requests.per.connection": "1"]

    /// - Parameters:
    ///   - kafka: further properties for the service's clients.
    ///   - more: further lines of the settings.
    init(
        partitions: Int = 1, brokers: Int = 1, kafka: [String: String] = [:], workers: Int = 1,
        snapshotsEvery: String = "400 records", more: String = ""
    ) throws {
        mock = try MockCluster(brokers: brokers)
        folder = try TemporaryFolder()
        self.partitions = partitions
        let properties = kafka.sorted { $0.key < $1.key }.map { "\n  \($0.key): \"\($0.value)\"" }.joined()
        settings = try PipelineSettings.parse(
            """
            pipeline: faults
            kafka:
              bootstrap.servers: "\(mock.bootstrapServers)"
              session.timeout.ms: 6000
              heartbeat.interval.ms: 200
              fetch.wait.max.ms: 10
              reconnect.backoff.ms: 20
              reconnect.backoff.max.ms: 100
              retry.backoff.ms: 20\(properties)
            features: [{name: a}, {name: b}]
            target: {kind: binary, classes: [DOWN, UP]}
            model: {kind: logistic, optimizer: {kind: adam}}
            learning: {batch: 3}
            evaluation: {window: 100 records}
            drift: [{watch: loss, detector: adwin}, {watch: feature, detector: page-hinkley, features: [a]}]
            snapshots: {directory: "\(folder.file("snapshots").path)", every: \(snapshotsEvery), keep: 4}
            commit: {interval: 20 ms}
            workers: \(workers)
            \(more)
            """)
        for topic in settings.usedTopics { try mock.createTopic(topic, partitions: partitions) }
    }

    /// Produces to one partition, and waits until all is there.
    /// - Parameter topic: the features topic where it isn't given.
    func feed(_ records: [Input], partition: Int32 = 0, to topic: String? = nil) throws {
        let feeder = try Producer(
            properties: ["bootstrap.servers": mock.bootstrapServers, "enable.idempotence": "true"], log: { _ in })
        defer { feeder.close(deadlineMilliseconds: 5_000) }
        let topic = try feeder.topic(topic ?? settings.topics.features)
        let headers = HeaderList(capacity: 1)
        for (index, record) in records.enumerated() {
            let result = Self.withView(of: record.key.map { Array($0.utf8) }) { key in
                Self.withView(of: record.value) { value in
                    feeder.produce(
                        topic, partition: partition, key: key, value: value, timestamp: record.timestamp,
                        headers: headers, token: UInt64(index))
                }
            }
            guard result == .enqueued else { throw StreamTestError("an input wasn't taken: \(result)") }
        }
        var delivered = 0
        let through = eventually {
            feeder.serve(timeoutMilliseconds: 10) {
                delivered += $0.count
            } failed: { _ in
            }
            return delivered == records.count
        }
        guard through else { throw StreamTestError("\(delivered) of \(records.count) inputs delivered") }
    }

    /// The group's committed positions, by partition.
    func committed() throws -> [Int32: Int64] {
        let consumer = try Consumer(
            properties: ["bootstrap.servers": mock.bootstrapServers, "group.id": settings.pipeline], log: { _ in })
        defer { consumer.close(deadlineMilliseconds: 5_000) }
        let all = (0..<Int32(partitions)).map { TopicPartition(topic: settings.topics.features, partition: $0) }
        var committed: [Int32: Int64] = [:]
        for (partition, next) in try consumer.committed(all, timeoutMilliseconds: 30_000) {
            committed[partition.partition] = next.rawValue
        }
        return committed
    }

    static func withView<Result>(
        of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> Result
    ) rethrows -> Result {
        guard let bytes else { return try body(nil) }
        return try bytes.withUnsafeBytes(body)
    }
}
