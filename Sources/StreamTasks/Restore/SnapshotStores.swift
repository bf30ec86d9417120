package import KafkaClient
package import Settings
package import Snapshots

/// The stores of a pipeline's partitions, as its settings place them.
package final class SnapshotStores: Sendable {
    private let settings: PipelineSettings
    private let topic: SnapshotTopic?

    /// Connects to nothing yet.
    package init(_ settings: PipelineSettings, log: @escaping ClientLogger = { _ in }) {
        self.settings = settings
        topic = settings.snapshots.store == .topic ? SnapshotTopic(settings, log: log) : nil
    }

    package func store(for partition: Int32) -> any SnapshotStore {
        if let topic { return SnapshotTopicStore(partition: partition, topic: topic) }
        return SnapshotDirectory(root: settings.snapshots.directory, pipeline: settings.pipeline, partition: partition)
    }
}
