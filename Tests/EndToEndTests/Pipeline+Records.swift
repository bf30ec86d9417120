import Foundation
import KafkaClient
import Records
import Settings
import Snapshots
import StreamTasks
import TestSupport

extension Pipeline {
    /// Deletes the records before an offset, as retention does.
    func deleteRecords(before offset: Int64, of kind: String = "features", partition: Int32 = 0) throws {
        let admin = try Admin(properties: ["bootstrap.servers": broker.bootstrapServers], log: { _ in })
        defer { admin.close(deadlineMilliseconds: 10_000) }
        let position = RecordPosition(topic: topic(kind), partition: partition, next: NextOffset(offset))
        try admin.deleteRecords(before: [position], timeoutMilliseconds: 10_000)
    }

    /// The state of a task that reads these records, which stand in partition 0 from offset 0 on, without any broker.
    /// - Parameters:
    ///   - start, end: the offsets that it reads, without the end.
    ///   - gap: offsets that it doesn't read, because they are gone.
    func offlineState(
        of records: [ProducedRecord], from start: Int64 = 0, to end: Int64? = nil, leavingOut gap: Range<Int64>? = nil
    ) throws -> Snapshot {
        let settings = try PipelineSettings.load(path: folder.file("millrace.yaml").path, environment: [:])
        var driver = try TaskDriver(settings, startingAt: start)
        for offset in start..<(end ?? Int64(records.count)) where !(gap?.contains(offset) ?? false) {
            Array((records[Int(offset)].value ?? "").utf8).withUnsafeBytes { value in
                driver.pipe(InputRecord(key: nil, value: value, timestamp: -1, partition: 0, offset: offset))
            }
        }
        return try SnapshotFormat.decode(SnapshotFormat.encode(driver.task.snapshot(writtenAt: 0)))
    }
}
