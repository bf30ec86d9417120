internal import Foundation
package import Records

/// Reads pieces of one partition by hand, up to its end: no group is joined and nothing is committed.
///
/// It belongs to one thread at a time, and blocks it. For what is read now and then, as state that is kept in a topic; a
/// stream has a `Consumer` and workers.
package struct PartitionReader: ~Copyable {
    /// Where a read has stopped.
    package struct Stop: Sendable, Equatable {
        /// The next offset to read.
        package var next: Int64
        /// Nothing is left for now.
        package var isEnd: Bool
    }

    private let consumer: Consumer
    private let partition: TopicPartition
    private var queue: WorkerQueue

    /// - Parameter properties: with a `group.id`, which librdkafka wants to see even where no group is joined.
    package init(
        properties: [String: String], partition: TopicPartition, log: @escaping ClientLogger
    ) throws(KafkaError) {
        let consumer = try Consumer(
            properties: properties.filter { $0.key != "group.instance.id" }.merging([
                "isolation.level": "read_committed", "enable.partition.eof": "true", "auto.offset.reset": "error",
            ]) { $1 }, log: log)
        let queue = try WorkerQueue(consumer: consumer)
        self.partition = partition
        self.consumer = consumer
        self.queue = queue
    }

    /// The first offset that the partition still holds, up to the one that its next record will get. Asks the broker.
    package func bounds(timeoutMilliseconds: Int32) throws(KafkaError) -> Range<Int64> {
        let marks = try consumer.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
        return marks.low..<max(marks.low, marks.high)
    }

    /// Hands over the records of a range of offsets in their order. It may be read again, and in any direction.
    /// - Parameters:
    ///   - range: it may reach beyond the partition's end, where reading stops.
    ///   - patience: how many seconds may pass without anything coming.
    ///   - body: gives false when it has enough. The record's bytes live as long as the call.
    /// - Throws: what the broker says that doesn't pass by itself, and a time-out where the patience is over.
    package mutating func read(
        _ range: Range<Int64>, patience: Double, _ body: (InputRecord) -> Bool
    ) throws(KafkaError) -> Stop {
        guard !range.isEmpty else { return Stop(next: range.lowerBound, isEnd: false) }
        consumer.detachQueue(partition)
        try consumer.assign([
            RecordPosition(
                topic: partition.topic, partition: partition.partition, next: NextOffset(range.lowerBound))
        ])
        queue.attach(partition)
        defer {
            queue.detach(partition)
            try? consumer.unassign()
        }
        var stop = Stop(next: range.lowerBound, isEnd: false)
        var isDone = false
        var deadline = Date(timeIntervalSinceNow: patience)
        while !isDone {
            let taken = try queue.consume(timeoutMilliseconds: 100) { batch throws(KafkaError) in
                for index in 0..<batch.count where !isDone {
                    isDone = try Self.take(batch, index, of: range, &stop, body)
                }
            }
            if taken > 0 { deadline = Date(timeIntervalSinceNow: patience) }
            if case .error(let error)? = consumer.poll(timeoutMilliseconds: 0), error.disposition != .retry {
                throw error
            }
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
    package consuming func close(deadlineMilliseconds: Int) -> Bool {
        let consumer = consumer
        drop()
        return consumer.close(deadlineMilliseconds: deadlineMilliseconds)
    }

    /// The queue goes before its client.
    private consuming func drop() {}
}
