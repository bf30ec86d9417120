internal import CRdKafka
internal import Foundation

/// Owns one librdkafka client. It is destroyed when the last part that uses it has let go, never before.
///
/// `rd_kafka_destroy` waits for every queue, topic and message that is still alive. So all of those hold this object,
/// and the wait happens on a thread of its own: whoever closes the client waits with a deadline instead.
final class ClientHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let context: ClientContext
    /// Opens when the client is gone.
    let destroyed = Latch()

    init(
        _ type: rd_kafka_type_t, configuration: consuming ClientConfiguration, context: ClientContext
    ) throws(KafkaError) {
        self.context = context
        pointer = try configuration.client(type, context: context)
    }

    deinit {
        let ending = EndingClient(pointer: pointer, context: context, destroyed: destroyed)
        // A client that only a blocked thread holds can't be waited for; the process may still exit.
        Thread.detachNewThread { ending.destroy() }
    }
}

/// A client on its way out.
private struct EndingClient: @unchecked Sendable {
    var pointer: OpaquePointer
    var context: ClientContext
    var destroyed: Latch

    func destroy() {
        // A consumer that wanted to leave its group has done so by now; here nobody would serve the revoke.
        rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
        // No callback can come any more: librdkafka's own reference ends.
        Unmanaged.passUnretained(context).release()
        destroyed.open()
    }
}

/// Opens once, and stays open.
final class Latch: @unchecked Sendable {
    private let condition = NSCondition()
    private var isOpen = false

    func open() {
        condition.lock()
        isOpen = true
        condition.broadcast()
        condition.unlock()
    }

    func wait(milliseconds: Int) -> Bool { wait(until: Date(timeIntervalSinceNow: Double(milliseconds) / 1000)) }

    /// - Returns: false where it is still shut at the deadline.
    func wait(until deadline: Date) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while !isOpen {
            guard condition.wait(until: deadline) else { return isOpen }
        }
        return true
    }
}
