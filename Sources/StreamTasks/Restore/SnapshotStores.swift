package import Settings
package import Snapshots

/// The stores of a pipeline's partitions, as its settings place them.
package final class SnapshotStores: Sendable {
    private let settings: PipelineSettings

    /// Opens nothing yet.
    package init(_ settings: PipelineSettings) { self.settings = settings }

    package func store(for partition: Int32) -> any SnapshotStore {
        SnapshotDirectory(root: settings.snapshots.directory, pipeline: settings.pipeline, partition: partition)
    }
}
