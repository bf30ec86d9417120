internal import Dispatch
package import Logging
internal import Records
package import Snapshots

/// Writes snapshots elsewhere than on the workers' threads, one after the other.
///
/// A snapshot that can't be written is counted and said; the stream goes on, and the next one is tried in its turn.
package final class SnapshotPublisher: Sendable {
    private let queue = DispatchQueue(label: "millrace.snapshots")
    private let keep: Int
    private let log: Logger
    private let onPublished: @Sendable (_ path: String, _ partition: Int32) -> Void
    private let onFailed: @Sendable (_ partition: Int32) -> Void

    package init(
        keep: Int, log: Logger, onPublished: @escaping @Sendable (_ path: String, _ partition: Int32) -> Void,
        onFailed: @escaping @Sendable (_ partition: Int32) -> Void
    ) {
        self.keep = keep
        self.log = log
        self.onPublished = onPublished
        self.onFailed = onFailed
    }

    package func publish(_ snapshot: Snapshot, to store: any SnapshotStore) {
        queue.async { _ = self.write(snapshot, to: store) }
    }

    /// Publishes now, after everything that was handed over before. For stop and revoke.
    /// - Returns: whether it is written; what was in the way is counted and said.
    package func publishAndWait(_ snapshot: Snapshot, to store: any SnapshotStore) -> Bool {
        queue.sync { self.write(snapshot, to: store) }
    }

    /// Waits for everything that was handed over.
    package func drain() { queue.sync {} }

    private func write(_ snapshot: Snapshot, to store: any SnapshotStore) -> Bool {
        let partition = snapshot.metadata.positions.first?.partition ?? 0
        do {
            let path = try store.publish(snapshot)
            for error in store.retain(newest: keep) {
                log.warning("an old snapshot was not removed", metadata: ["reason": "\(error)"])
            }
            log.debug("snapshot written", metadata: ["path": "\(path)"])
            onPublished(path, partition)
            return true
        } catch {
            onFailed(partition)
            log.error("snapshot not written; the stream goes on", metadata: ["reason": "\(error)"])
            return false
        }
    }
}
