internal import KafkaClient
internal import Records
internal import Snapshots

/// Reads one partition of a snapshots topic.
final class SnapshotTopicReader {
    private let reader: PartitionReader
    private let place: String
    private let patienceMilliseconds: Int32

    init(_ topic: SnapshotTopic, partition: Int32) throws(SnapshotError) {
        place = topic.place(partition)
        patienceMilliseconds = topic.patienceMilliseconds
        do throws(KafkaError) {
            reader = try PartitionReader(
                properties: topic.settings.snapshotConsumerProperties,
                partition: TopicPartition(topic: topic.name, partition: partition), log: topic.log)
        } catch { throw Self.failure("opening a consumer", error, topic.place(partition)) }
    }

    deinit { reader.close(deadlineMilliseconds: 0) }

    /// The offsets that the partition holds.
    func bounds() throws(SnapshotError) -> Range<Int64> {
        do throws(KafkaError) {
            return try reader.bounds(timeoutMilliseconds: patienceMilliseconds)
        } catch { throw Self.failure("asking for its offsets", error, place) }
    }

    /// Hands over the records that are of snapshots, until `body` gives false.
    func read(
        _ offsets: Range<Int64>, _ body: (SnapshotKey, UnsafeRawBufferPointer?, Int64) -> Bool
    ) throws(SnapshotError) -> PartitionReader.Stop {
        do throws(KafkaError) {
            return try reader.read(offsets, patience: Double(patienceMilliseconds) / 1000) { record in
                guard let key = record.key.flatMap({ SnapshotKey($0) }) else { return true }
                return body(key, record.value, record.offset)
            }
        } catch { throw Self.failure("reading", error, place) }
    }

    /// The file that a manifest's chunks add up to, verified. Cost: reads from the manifest's start to its last chunk.
    /// - Parameter bounds: the offsets that the partition holds.
    func file(of manifest: SnapshotManifest, within bounds: Range<Int64>) throws(SnapshotError) -> [UInt8] {
        var assembly = SnapshotAssembly(manifest)
        let start = max(manifest.start, bounds.lowerBound)
        if start < bounds.upperBound {
            _ = try read(start..<bounds.upperBound) { key, value, _ in
                if let value { assembly.take(key, value) }
                return !assembly.isComplete
            }
        }
        return try assembly.file()
    }

    static func failure(_ operation: String, _ error: KafkaError, _ place: String) -> SnapshotError {
        SnapshotError(.broker(operation: operation, reason: error.description), path: place)
    }
}
