package import Records

/// Reads partitions that are assigned by hand: no group is joined, nothing is committed, and what is read is committed.
///
/// Partitions come in lanes, each with a queue of its own, so that the reader may ask for one input and leave the others
/// where they are: what isn't asked for stays in librdkafka's bounded queues. It belongs to one thread at a time.
package final class ManualReader {
    /// A queue can't stand in an array by itself.
    private final class Lane {
        var queue: WorkerQueue
        /// What was left of a batch, from `next` on.
        var rest: RecordBatch?
        var next = 0
        init(_ consumer: Consumer, capacity: Int) throws(KafkaError) {
            queue = try WorkerQueue(consumer: consumer, capacity: capacity)
        }

        // Its messages stand in the queue's memory.
        deinit { rest = nil }
    }

    private let consumer: Consumer
    private let capacity: Int
    private var lanes: [Lane] = []

    /// - Parameters:
    ///   - properties: with a `group.id`, which librdkafka wants to see even where no group is joined.
    ///   - capacity: the most items that one `consume` hands over.
    package init(properties: [String: String], capacity: Int, log: @escaping ClientLogger) throws(KafkaError) {
        consumer = try Consumer(
            properties: properties.filter { $0.key != "group.instance.id" }.merging([
                "isolation.level": "read_committed", "enable.partition.eof": "true", "auto.offset.reset": "error",
            ]) { $1 }, log: log)
        self.capacity = capacity
    }

    /// The first offset that a partition still holds, and the one that its next record will get. Asks the broker.
    package func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try consumer.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// Reads from these positions on; what was assigned before, and what of it was already fetched, is dropped.
    /// - Parameter positions: one list a lane; its records come in batches whose slots are the places in that list.
    package func assign(_ positions: [[RecordPosition]]) throws(KafkaError) {
        lanes = []
        for position in positions.joined() { consumer.detachQueue(position.place) }
        if positions.allSatisfy(\.isEmpty) {
            try consumer.unassign()
        } else {
            try consumer.assign(Array(positions.joined()))
        }
        for places in positions {
            let lane = try Lane(consumer, capacity: capacity)
            for position in places { lane.queue.attach(position.place) }
            lanes.append(lane)
        }
    }

    /// Waits for one record of a lane, takes what else is there without waiting, and hands all of it over at once.
    /// - Returns: how many items there were; `body` is not called for none.
    @discardableResult
    package func consume<Failure: Error>(
        lane: Int = 0, max: Int = .max, timeoutMilliseconds: Int32,
        _ body: (borrowing RecordBatch) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        guard lanes.indices.contains(lane) else { return 0 }
        return try lanes[lane].queue.consume(max: max, timeoutMilliseconds: timeoutMilliseconds, body)
    }

    /// How handing over item by item ended.
    package enum Taken: Sendable, Equatable {
        /// There was nothing, or nothing is left.
        case all
        /// An item is left, and is the first one next time.
        case left
    }

    /// Hands the items of a lane over one by one, as long as `body` takes them. Waits for the first one alone.
    /// - Parameter body: is told the batch and the item's place in it; false leaves the item.
    package func take<Failure: Error>(
        lane: Int, timeoutMilliseconds: Int32, _ body: (borrowing RecordBatch, Int) throws(Failure) -> Bool
    ) throws(Failure) -> Taken {
        guard lanes.indices.contains(lane) else { return .all }
        let lane = lanes[lane]
        var batch = lane.rest.take() ?? lane.queue.next(timeoutMilliseconds: timeoutMilliseconds)
        while let items = batch.take() {
            while lane.next < items.count {
                guard try body(items, lane.next) else {
                    lane.rest = consume items
                    return .left
                }
                lane.next += 1
            }
            lane.next = 0
            _ = consume items
            batch = lane.queue.next(timeoutMilliseconds: 0)
        }
        return .all
    }

    /// An error of the client as a whole that doesn't pass by itself; nil where there is none. Doesn't wait.
    package func takeError() -> KafkaError? {
        while let event = consumer.poll(timeoutMilliseconds: 0) {
            if case .error(let error) = event, error.disposition != .retry { return error }
        }
        return nil
    }

    /// - Returns: false where the client wasn't gone by the deadline; it then goes on by itself.
    @discardableResult
    package func close(deadlineMilliseconds: Int) -> Bool {
        lanes = []
        return consumer.close(deadlineMilliseconds: deadlineMilliseconds)
    }
}

extension RecordPosition {
    fileprivate var place: TopicPartition { TopicPartition(topic: topic, partition: partition) }
}
