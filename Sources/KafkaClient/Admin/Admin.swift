internal import CRdKafka
internal import Foundation
internal import Synchronization

/// Asks and changes the cluster: topics, their settings, their records. Every call blocks up to its timeout.
package final class Admin: @unchecked Sendable {
    private let open: Mutex<ClientHandle?>

    /// - Parameter properties: librdkafka's own; those that only a group's member or a transactional producer has are
    ///   left out, so that the same set serves here.
    package init(properties: [String: String], log: @escaping ClientLogger) throws(KafkaError) {
        let own: Set = ["group.id", "group.instance.id", "transactional.id"]
        let configuration = try ClientConfiguration(properties: properties.filter { !own.contains($0.key) })
        // A consumer's client: asking a producer's about a topic would create it.
        open = Mutex(
            try ClientHandle(RD_KAFKA_CONSUMER, configuration: configuration, context: ClientContext(log: log)))
    }

    @discardableResult
    package func close(deadlineMilliseconds: Int) -> Bool {
        let destroyed = open.withLock { handle in
            defer { handle = nil }
            return handle?.destroyed
        }
        return destroyed?.wait(milliseconds: deadlineMilliseconds) ?? true
    }

    /// The cluster's id; nil where no broker answered in time.
    package func clusterID(timeoutMilliseconds: Int32) throws(KafkaError) -> String? {
        let client = try client()
        guard let text = rd_kafka_clusterid(client.pointer, timeoutMilliseconds) else { return nil }
        defer { rd_kafka_mem_free(client.pointer, text) }
        return String(cString: text)
    }

    func client() throws(KafkaError) -> ClientHandle {
        guard let client = open.withLock({ $0 }) else { throw .closed }
        return client
    }

    /// Makes one request and waits for its result, which `read` gets with the event's error checked.
    func request<Result>(
        _ operation: rd_kafka_admin_op_t, timeoutMilliseconds: Int32,
        send: (_ client: OpaquePointer, _ options: OpaquePointer, _ queue: OpaquePointer) -> Void,
        read: (_ event: OpaquePointer) throws(KafkaError) -> Result
    ) throws(KafkaError) -> Result {
        let client = try client()
        let queue = rd_kafka_queue_new(client.pointer)!
        let options = rd_kafka_AdminOptions_new(client.pointer, operation)!
        defer {
            rd_kafka_AdminOptions_destroy(options)
            rd_kafka_queue_destroy(queue)
        }
        var words = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_AdminOptions_set_request_timeout(options, timeoutMilliseconds, &words, words.count)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(code: code, message: String(nullTerminated: words)) }
        // The controller answers when the work is done, not when it is accepted; not every request knows this option.
        rd_kafka_AdminOptions_set_operation_timeout(options, timeoutMilliseconds, nil, 0)
        send(client.pointer, options, queue)
        guard let event = rd_kafka_queue_poll(queue, timeoutMilliseconds + 1000) else {
            throw KafkaError(code: RD_KAFKA_RESP_ERR__TIMED_OUT)
        }
        defer { rd_kafka_event_destroy(event) }
        let failure = rd_kafka_event_error(event)
        if failure != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(code: failure, message: rd_kafka_event_error_string(event).map { String(cString: $0) })
        }
        return try read(event)
    }
}
