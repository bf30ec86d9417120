internal import KafkaClient
internal import Snapshots

/// What writing to a snapshots topic keeps from one time to the next. It belongs to one thread at a time.
struct SnapshotTopicSession {
    /// What this process has seen of one partition.
    struct Memory {
        var index: SnapshotIndex
        /// Where reading on makes the index complete; nil before the first time.
        var next: Int64?
        /// The records of the newest snapshot that was published and read back here.
        var own: UInt64?

        init(partition: Int32) { index = SnapshotIndex(partition: partition) }
    }

    private let producerProperties: [String: String]
    private let adminProperties: [String: String]
    private let topic: String
    private let log: ClientLogger
    private var writer: SnapshotTopicWriter?
    private var knownChunkSize: Int?
    private var memories: [Int32: Memory] = [:]

    init(
        producerProperties: [String: String], adminProperties: [String: String], topic: String,
        log: @escaping ClientLogger
    ) {
        self.producerProperties = producerProperties
        self.adminProperties = adminProperties
        self.topic = topic
        self.log = log
    }

    subscript(partition: Int32) -> Memory {
        get { memories[partition] ?? Memory(partition: partition) }
        set { memories[partition] = newValue }
    }

    /// Writes what `put` hands to the writer, and waits until all of it is acknowledged.
    ///
    /// After a failure the producer is made anew: an idempotent one that lost a record takes no other.
    mutating func write(
        _ operation: String, at place: String, _ put: (SnapshotTopicWriter) throws(KafkaError) -> Void
    ) throws(SnapshotError) {
        do throws(KafkaError) {
            let writer = try openWriter()
            try put(writer)
            try writer.finish()
        } catch {
            writer = nil
            // The limit may be another one by now.
            knownChunkSize = nil
            throw SnapshotTopicReader.failure(operation, error, place)
        }
    }

    private mutating func openWriter() throws(KafkaError) -> SnapshotTopicWriter {
        if let writer { return writer }
        let new = try SnapshotTopicWriter(properties: producerProperties, topic: topic, log: log)
        writer = new
        return new
    }

    private static let configTimeout: Int32 = 2_000

    /// Asked for once. Brokers that don't say, or may not be asked, are taken for ones with the usual limit; a record that
    /// is too large for them then fails the write, and they are asked again.
    mutating func chunkSize() throws(SnapshotError) -> Int {
        if let knownChunkSize { return knownChunkSize }
        guard let size = ChunkSize.bytes(topic: topicConfig() ?? [:], producer: producerProperties) else {
            throw SnapshotError(
                .broker(operation: "cutting into chunks", reason: "`max.message.bytes` leaves no room for one"),
                path: "kafka:\(topic)")
        }
        knownChunkSize = size
        return size
    }

    private func topicConfig() -> [String: ConfigEntry]? {
        guard let admin = try? Admin(properties: adminProperties, log: log) else { return nil }
        defer { _ = admin.close(deadlineMilliseconds: 1_000) }
        return try? admin.topicConfig(topic, timeoutMilliseconds: Self.configTimeout)
    }
}
