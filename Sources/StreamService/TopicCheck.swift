internal import Foundation
internal import KafkaClient
internal import Settings

/// Asks for the topics that a pipeline reads and writes before anything is consumed, so that a missing one is named at
/// once instead of failing the first record that goes there.
struct TopicCheck {
    let settings: PipelineSettings

    /// A topic that was created a moment ago isn't in every broker's metadata yet.
    private static let patience = 10.0
    private static let timeout: Int32 = 30_000

    /// Blocks until every topic is there, or `isStopping`.
    /// - Returns: how many partitions the features have.
    /// - Throws: `ServiceError` with the first one that isn't there; `KafkaError` with what the brokers say.
    func run(isStopping: () -> Bool, log: @escaping @Sendable (ClientLog) -> Void) throws -> Int {
        let admin = try Admin(properties: settings.adminProperties, log: log)
        defer { _ = admin.close(deadlineMilliseconds: 2_000) }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        while let missing = try missing(admin), !isStopping() {
            guard Date() < deadline else { throw ServiceError.topicMissing(missing) }
            Thread.sleep(forTimeInterval: 0.1)
        }
        if settings.snapshots.store == .topic { try checkSnapshots(admin) }
        if let labels = settings.topics.labels { try checkLabels(labels, admin) }
        return try alignedCount(admin)
    }

    private func checkLabels(_ topic: String, _ admin: Admin) throws {
        let config = try? admin.topicConfig(topic, timeoutMilliseconds: 2_000)
        guard let policy = config?["cleanup.policy"]?.value, policy.contains("compact") else { return }
        throw ServiceError.labelsCompacted(topic, policy: policy)
    }

    /// A topic that deletes by time would one day have deleted the state. Brokers that don't say are believed.
    private func checkSnapshots(_ admin: Admin) throws {
        let topic = settings.topics.snapshots
        let config = try? admin.topicConfig(topic, timeoutMilliseconds: 2_000)
        guard let policy = config?["cleanup.policy"]?.value, policy != "compact" else { return }
        throw ServiceError.snapshotsNotCompacted(topic, policy: policy)
    }

    /// Topics whose partitions belong to those of the features topic must have as many.
    private func alignedCount(_ admin: Admin) throws -> Int {
        let counts = try admin.partitionCounts(timeoutMilliseconds: Self.timeout)
        let features = counts[settings.topics.features] ?? 0
        for topic in settings.alignedTopics {
            guard let count = counts[topic], count != features else { continue }
            throw ServiceError.unequalPartitions(topic: topic, found: count, features: features)
        }
        return features
    }

    private func missing(_ admin: Admin) throws -> String? {
        try settings.usedTopics.first { topic in
            try admin.partitionCount(of: topic, timeoutMilliseconds: Self.timeout) == nil
        }
    }
}
