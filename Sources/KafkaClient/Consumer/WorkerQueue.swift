internal import CRdKafka

/// One worker's queue: the partitions of its tasks are forwarded to it, so that one wait serves them all and a record
/// never changes thread. It belongs to the worker's thread; only its waker may be used elsewhere.
package struct WorkerQueue: ~Copyable {
    private let handle: QueueHandle
    private let messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private let slots: UnsafeMutablePointer<Int32>
    private let capacity: Int
    private var partitions = AttachedPartitions()

    /// - Parameter capacity: the most items that one `consume` hands over. Its memory is made here.
    package init(consumer: Consumer, capacity: Int = 1024) throws(KafkaError) {
        handle = QueueHandle(client: try consumer.client())
        self.capacity = max(1, capacity)
        messages = .allocate(capacity: self.capacity)
        messages.initialize(repeating: nil, count: self.capacity)
        slots = .allocate(capacity: self.capacity)
        slots.initialize(repeating: -1, count: self.capacity)
    }

    deinit {
        for queue in partitions.queues { handle.unforward(queue) }
        handle.close()
        messages.deallocate()
        slots.deallocate()
    }

    /// Ends a wait in `consume`, or the next one, from any thread. It holds neither the queue nor the client alive.
    package var waker: QueueWaker { QueueWaker(handle: handle) }

    /// Forwards the partition's records to this queue, those already fetched first. Call it after the assignment.
    /// - Returns: the slot, a small number by which batches name this partition until it is detached. Slots of
    ///   detached partitions are used again, the lowest first.
    @discardableResult
    package mutating func attach(_ partition: TopicPartition) -> Int {
        guard let client = handle.client, let queue = client.queue(of: partition) else { return -1 }
        let slot = partitions.add(partition, queue: queue)
        handle.forward(queue)
        return slot
    }

    /// Stops the partition's records at once: what is still queued of it will not be handed over.
    package mutating func detach(_ partition: TopicPartition) {
        guard let queue = partitions.remove(partition) else { return }
        handle.unforward(queue)
    }

    package func slot(of partition: TopicPartition) -> Int? { partitions.slot(of: partition) }

    /// Waits for one record, takes what else is there without waiting, and hands all of it over at once.
    ///
    /// librdkafka's own batch call would wait until the batch is full. Nothing of ours is allocated for a record.
    /// - Parameter timeoutMilliseconds: -1 waits for ever.
    /// - Returns: how many items there were; `body` is not called for none.
    @discardableResult
    package mutating func consume<Failure: Error>(
        max: Int = .max, timeoutMilliseconds: Int32, _ body: (borrowing RecordBatch) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        guard let batch = next(max: max, timeoutMilliseconds: timeoutMilliseconds) else { return 0 }
        try body(batch)
        return batch.count
    }

    /// The same, for whom it takes longer: the batch must be gone before the next one is taken, and before the queue is.
    mutating func next(max: Int = .max, timeoutMilliseconds: Int32) -> RecordBatch? {
        let taken = handle.take(into: messages, max: Swift.min(Swift.max(1, max), capacity), timeoutMilliseconds)
        let kept = keepAttached(of: taken)
        return kept > 0 ? RecordBatch(messages: messages, slots: slots, count: kept) : nil
    }

    /// librdkafka drops what an earlier assignment fetched; this drops what came between a revoke and its answer.
    private mutating func keepAttached(of taken: Int) -> Int {
        var kept = 0
        for index in 0..<taken {
            guard let message = messages[index] else { continue }
            let slot = partitions.slot(topic: message.pointee.rkt, partition: message.pointee.partition)
            guard slot >= 0 else {
                rd_kafka_message_destroy(message)
                continue
            }
            messages[kept] = message
            slots[kept] = slot
            kept += 1
        }
        return kept
    }
}
