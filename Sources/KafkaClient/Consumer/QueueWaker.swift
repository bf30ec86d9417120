internal import CRdKafka
internal import Synchronization

/// Wakes the thread that waits in a worker's queue.
package struct QueueWaker: Sendable {
    let handle: QueueHandle

    /// Ends the wait that is going on, or else the next one. Does nothing once the queue is gone.
    package func wake() { handle.wake() }
}

/// Owns a worker's queue. Wakers may outlive it; so the client, which can't be destroyed while a queue lives, is held
/// only until `close`.
final class QueueHandle: @unchecked Sendable {
    private let open: Mutex<OpaquePointer?>
    private let pointer: OpaquePointer
    private(set) var client: ClientHandle?

    init(client: ClientHandle) {
        self.client = client
        pointer = rd_kafka_queue_new(client.pointer)
        open = Mutex(pointer)
    }

    /// Called once, by the queue's owner.
    func close() {
        open.withLock { open in
            if let open { rd_kafka_queue_destroy(open) }
            open = nil
        }
        client = nil
    }

    func wake() { open.withLock { if let pointer = $0 { rd_kafka_queue_yield(pointer) } } }

    func forward(_ queue: OpaquePointer) { rd_kafka_queue_forward(queue, pointer) }

    func unforward(_ queue: OpaquePointer) {
        rd_kafka_queue_forward(queue, nil)
        rd_kafka_queue_destroy(queue)
    }

    /// The owner's thread only.
    func take(
        into messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>, max: Int,
        _ timeoutMilliseconds: Int32
    ) -> Int {
        guard rd_kafka_consume_batch_queue(pointer, timeoutMilliseconds, messages, 1) == 1 else { return 0 }
        guard max > 1 else { return 1 }
        return 1 + Swift.max(0, rd_kafka_consume_batch_queue(pointer, 0, messages + 1, max - 1))
    }
}
