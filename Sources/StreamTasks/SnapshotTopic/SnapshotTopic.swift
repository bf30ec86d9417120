internal import KafkaClient
internal import Settings
internal import Snapshots
internal import Synchronization

/// A pipeline's snapshots topic: what reaching it takes, and what this process knows of it.
///
/// Its calls block, on whatever thread they are made. Reading is open to all of them; writing is one after the other.
final class SnapshotTopic: Sendable {
    let name: String
    let settings: PipelineSettings
    let log: ClientLogger
    /// How long brokers may be silent, or take for a record.
    let patienceMilliseconds: Int32
    private let session: Mutex<SnapshotTopicSession>
    /// The records of the newest snapshot of each partition, as a restore found it.
    private let newest = Mutex<[Int32: UInt64]>([:])

    /// Connects to nothing yet.
    /// - Parameter name: by default the one of the settings.
    init(
        _ settings: PipelineSettings, name: String? = nil, patienceMilliseconds: Int32, log: @escaping ClientLogger
    ) {
        let name = name ?? settings.topics.snapshots
        self.settings = settings
        self.name = name
        self.log = log
        self.patienceMilliseconds = patienceMilliseconds
        session = Mutex(
            SnapshotTopicSession(
                producerProperties: settings.snapshotProducerProperties(patienceMilliseconds),
                adminProperties: settings.snapshotAdminProperties, topic: name, log: log))
    }

    func place(_ partition: Int32) -> String { "kafka:\(name)/\(partition)" }
    func place(_ partition: Int32, _ records: UInt64) -> String {
        SnapshotPlace(topic: name, partition: partition, records: records).description
    }

    /// Runs `body` while nobody else writes.
    func write<Result: Sendable>(
        _ body: (inout SnapshotTopicSession) throws(SnapshotError) -> Result
    ) throws(SnapshotError) -> Result {
        try session.withLock { session throws(SnapshotError) in try body(&session) }
    }

    func newestFound(in partition: Int32) -> UInt64 { newest.withLock { $0[partition] ?? 0 } }
    func noteNewest(_ records: UInt64, in partition: Int32) { newest.withLock { $0[partition] = records } }

    /// How many partitions it has; nil where there is no such topic.
    func partitionCount() throws(SnapshotError) -> Int? {
        do throws(KafkaError) {
            let admin = try Admin(properties: settings.snapshotAdminProperties, log: log)
            defer { _ = admin.close(deadlineMilliseconds: 1_000) }
            return try admin.partitionCount(of: name, timeoutMilliseconds: patienceMilliseconds)
        } catch {
            throw SnapshotError(
                .broker(operation: "asking for the topic", reason: error.description), path: "kafka:\(name)")
        }
    }
}
