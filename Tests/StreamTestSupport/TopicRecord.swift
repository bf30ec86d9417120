internal import Foundation
internal import KafkaClient
internal import Records

/// A record as a reader of committed records finds it in a topic.
package struct TopicRecord: Sendable {
    package var partition: Int32
    package var offset: Int64
    package var timestamp: Int64
    package var key: [UInt8]?
    package var value: [UInt8]?

    /// All records of a topic, up to its present end.
    package static func all(
        of topic: String, partitions: Int, properties: [String: String]
    ) throws -> [TopicRecord] {
        let reader = try ManualReader(
            properties: ["group.id": "reader", "fetch.wait.max.ms": "10"].merging(properties) { $1 }, capacity: 500,
            log: { _ in })
        defer { reader.close(deadlineMilliseconds: 5_000) }
        let places = (0..<Int32(partitions)).map { RecordPosition(topic: topic, partition: $0, next: NextOffset(0)) }
        try reader.assign([places])
        var records: [TopicRecord] = []
        var open = Set(places.indices)
        let deadline = Date(timeIntervalSinceNow: 60)
        while !open.isEmpty {
            guard deadline.timeIntervalSinceNow > 0 else { throw Unread(topic: topic) }
            reader.consume(timeoutMilliseconds: 20) { batch in
                for index in 0..<batch.count {
                    switch batch.kind(index) {
                    case .endOfPartition: open.remove(batch.slot(index))
                    case .record: records.append(TopicRecord(batch.record(index)))
                    case .error: break
                    }
                }
            }
        }
        return records
    }

    private init(_ record: InputRecord) {
        partition = record.partition
        offset = record.offset
        timestamp = record.timestamp
        key = record.key.map(Array.init)
        value = record.value.map(Array.init)
    }

    private struct Unread: Error, CustomStringConvertible {
        var topic: String
        var description: String { "\(topic) couldn't be read to its end within a minute" }
    }
}
