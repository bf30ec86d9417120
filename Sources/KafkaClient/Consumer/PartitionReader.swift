internal import Foundation
package import Records

/// Reads pieces of one partition up to its end, one after the other and in any order.
///
/// It belongs to one thread at a time, and blocks it. For what is read now and then, as state that is kept in a topic.
package final class PartitionReader {
    /// Where a read has stopped.
    package struct Stop: Sendable, Equatable {
        /// The next offset to read.
        package var next: Int64
        /// Nothing is left for now.
        package var isEnd: Bool
    }

    private let reader: ManualReader
    private let partition: TopicPartition

    /// - Parameter properties: with a `group.id`, which librdkafka wants to see even where no group is joined.
    package init(
        properties: [String: String], partition: TopicPartition, log: @escaping ClientLogger
    ) throws(KafkaError) {
        self.partition = partition
        reader = try ManualReader(properties: properties, capacity: 256, log: log)
    }

    /// The first offset that the partition still holds, up to the one that its next record will get. Asks the broker.
    package func bounds(timeoutMilliseconds: Int32) throws(KafkaError) -> Range<Int64> {
        let marks = try reader.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
        return marks.low..<max(marks.low, marks.high)
    }

    /// Hands over the records of a range of offsets in their order.
    /// - Parameters:
    ///   - range: it may reach beyond the partition's end, where reading stops.
    ///   - patience: how many seconds may pass without anything coming.
    ///   - body: gives false when it has enough. The record's bytes live as long as the call.
    /// - Throws: what the broker says that doesn't pass by itself, and a time-out where the patience is over.
    package func read(
        _ range: Range<Int64>, patience: Double, _ body: (InputRecord) -> Bool
    ) throws(KafkaError) -> Stop {
        var stop = Stop(next: range.lowerBound, isEnd: false)
        guard !range.isEmpty else { return stop }
        try reader.assign([
            [
                RecordPosition(
                    topic: partition.topic, partition: partition.partition, next: NextOffset(range.lowerBound))
            ]
        ])
        // Nothing is fetched ahead that nobody asked for.
        defer { try? reader.assign([]) }
        var isDone = false
        var deadline = Date(timeIntervalSinceNow: patience)
        while !isDone {
            let taken = try reader.consume(timeoutMilliseconds: 100) { batch throws(KafkaError) in
                for index in 0..<batch.count where !isDone {
                    isDone = try Self.take(batch, index, of: range, &stop, body)
                }
            }
            if taken > 0 { deadline = Date(timeIntervalSinceNow: patience) }
            if let error = reader.takeError() { throw error }
            guard isDone || deadline.timeIntervalSinceNow > 0 else { throw .silent(partition, seconds: patience) }
        }
        return stop
    }

    /// - Returns: whether that was the last item to look at.
    private static func take(
        _ batch: borrowing RecordBatch, _ index: Int, of range: Range<Int64>, _ stop: inout Stop,
        _ body: (InputRecord) -> Bool
    ) throws(KafkaError) -> Bool {
        switch batch.kind(index) {
        case .endOfPartition:
            stop = Stop(next: max(stop.next, batch.offset(index)), isEnd: true)
            return true
        case .error:
            if let error = batch.error(index), error.disposition != .retry { throw error }
            return false
        case .record:
            let offset = batch.offset(index)
            guard offset < range.upperBound else {
                stop.next = range.upperBound
                return true
            }
            // A fetch begins at its batch's first record, which may stand before the range.
            guard offset >= range.lowerBound else { return false }
            stop.next = offset + 1
            return !body(batch.record(index)) || stop.next == range.upperBound
        }
    }

    /// - Returns: false where the client wasn't gone by the deadline; it then goes on by itself.
    @discardableResult
    package func close(deadlineMilliseconds: Int) -> Bool { reader.close(deadlineMilliseconds: deadlineMilliseconds) }
}
