package import KafkaClient
package import Settings
package import Snapshots

/// The stores of a pipeline's partitions, as its settings place them.
package final class SnapshotStores: Sendable {
    private let settings: PipelineSettings
    private let topic: SnapshotTopic?

    /// Connects to nothing yet.
    /// - Parameter patienceMilliseconds: how long the brokers of a topic may be silent, or take for a record.
    package init(
        _ settings: PipelineSettings, patienceMilliseconds: Int32 = 20_000, log: @escaping ClientLogger = { _ in }
    ) {
        self.settings = settings
        topic =
            settings.snapshots.store == .topic
            ? SnapshotTopic(settings, patienceMilliseconds: patienceMilliseconds, log: log) : nil
    }

    /// The same settings, but the snapshots of another topic, whatever the settings say.
    package init(_ settings: PipelineSettings, topic: String, log: @escaping ClientLogger = { _ in }) {
        self.settings = settings
        self.topic = SnapshotTopic(settings, name: topic, patienceMilliseconds: 20_000, log: log)
    }

    /// The partitions that have, or may have, snapshots, in order.
    /// - Throws: where the brokers can't be asked; a topic that isn't there has none.
    package func partitions() throws(SnapshotError) -> [Int32] {
        if let topic { return (0..<Int32(clamping: try topic.partitionCount() ?? 0)).map { $0 } }
        return SnapshotDirectory.partitions(root: settings.snapshots.directory, pipeline: settings.pipeline)
    }

    /// The safetensors file of one snapshot, its checksum verified.
    package func file(_ place: SnapshotPlace) throws(SnapshotError) -> [UInt8] {
        guard let topic, topic.name == place.topic else {
            throw SnapshotError(.noSuchSnapshot, path: place.description)
        }
        return try SnapshotTopicStore(partition: place.partition, topic: topic)
            .file(SnapshotEntry(path: place.description, records: place.records, bytes: 0))
    }

    /// All snapshots, by partition, newest first, each read and verified.
    package func listings() throws(SnapshotError) -> [SnapshotListing] {
        var listings: [SnapshotListing] = []
        for partition in try partitions() { listings += try SnapshotListing.all(in: store(for: partition)) }
        return listings
    }

    package func store(for partition: Int32) -> any SnapshotStore {
        if let topic { return SnapshotTopicStore(partition: partition, topic: topic) }
        return SnapshotDirectory(root: settings.snapshots.directory, pipeline: settings.pipeline, partition: partition)
    }
}
