internal import Foundation
internal import KafkaClient
internal import Settings
internal import Synchronization

/// The broker of a benchmark: the embedded cluster, or one of the user's, on which topics are made and deleted again.
final class BenchBroker: Sendable {
    let bootstrapServers: String
    private let cluster: MockCluster?
    private let created = Mutex<[String]>([])
    private static let timeout: Int32 = 15_000

    init(_ brokers: String?) throws {
        guard let brokers else {
            let cluster = try MockCluster()
            bootstrapServers = cluster.bootstrapServers
            self.cluster = consume cluster
            return
        }
        bootstrapServers = brokers
        cluster = nil
    }

    /// How long the embedded broker takes for an answer.
    func setRoundTrip(milliseconds: Int) throws { try cluster?.setRoundTrip(milliseconds: milliseconds) }

    var isEmbedded: Bool { cluster != nil }

    var name: String { isEmbedded ? "embedded broker" : "broker \(bootstrapServers)" }

    /// What the clients of both sides are given.
    var properties: [String: String] {
        var properties = ["bootstrap.servers": bootstrapServers, "compression.type": "lz4"]
        if isEmbedded {
            // It answers a waiting fetch only when this is over.
            properties["fetch.wait.max.ms"] = "10"
            // So long it lets a new group wait for its members.
            properties["session.timeout.ms"] = "3000"
            properties["heartbeat.interval.ms"] = "500"
        }
        return properties
    }

    /// Makes the topics that a pipeline of these settings needs.
    func createTopics(_ settings: PipelineSettings, partitions: Int) throws {
        let topics = settings.topics
        for topic in [topics.features, topics.predictions, topics.drift, topics.deadLetters] {
            try create(topic, partitions: partitions)
        }
    }

    /// Makes the topic in which a pipeline keeps its snapshots.
    func createSnapshotsTopic(_ settings: PipelineSettings) throws {
        try create(settings.topics.snapshots, partitions: 1, config: ["cleanup.policy": "compact"])
    }

    private func create(_ topic: String, partitions: Int, config: [String: String] = ["retention.ms": "-1"]) throws {
        guard cluster == nil else {
            try cluster?.createTopic(topic, partitions: partitions)
            return
        }
        let admin = try admin()
        defer { _ = admin.close(deadlineMilliseconds: 2_000) }
        let new = NewTopic(name: topic, partitions: partitions, config: config)
        if let (_, error) = try admin.createTopics([new], timeoutMilliseconds: Self.timeout).first { throw error }
        created.withLock { $0.append(topic) }
        let deadline = Date(timeIntervalSinceNow: 15)
        while try admin.partitionCount(of: topic, timeoutMilliseconds: Self.timeout) == nil {
            guard Date() < deadline else { throw CommandError("\(topic) was created, but the brokers don't list it") }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// Deletes what was made on a broker of the user's.
    func removeTopics() {
        let created = created.withLock { $0 }
        guard !created.isEmpty, let admin = try? admin() else { return }
        _ = try? admin.deleteTopics(created, timeoutMilliseconds: Self.timeout)
        _ = admin.close(deadlineMilliseconds: 2_000)
    }

    private func admin() throws -> Admin { try Admin(properties: ["bootstrap.servers": bootstrapServers]) { _ in } }
}
