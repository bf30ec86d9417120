internal import CRdKafka
internal import Records
internal import Synchronization

/// One consumer of a process: the group's membership, the assignment, commits and positions.
///
/// `poll` and `close` belong to one thread; everything else may be called from any. Calls block the thread as long as
/// their timeouts say, so none belongs on Swift's cooperative pool. Records are read through `WorkerQueue`.
package final class Consumer: @unchecked Sendable {
    /// Nil once the consumer is closed. A call holds the client while it runs, so closing never pulls it away.
    private let open: Mutex<OpenConsumer?>
    let commits = Mutex(CommitCounts())
    /// Events that no queue of librdkafka's carries: commits that failed at once.
    let ownEvents = Mutex<[ConsumerEvent]>([])

    /// - Parameter properties: librdkafka's own, as text; `group.id` is needed even to assign by hand. Offsets are neither stored nor committed behind the
    ///   caller's back unless the properties say so.
    /// - Throws: librdkafka's words where a property is unknown or wrong.
    package init(properties: [String: String], log: @escaping ClientLogger) throws(KafkaError) {
        let careful = ["enable.auto.commit": "false", "enable.auto.offset.store": "false"]
        let configuration = try ClientConfiguration(properties: careful.merging(properties) { $1 })
        configuration.enable(
            events: RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_OFFSET_COMMIT)
        let client = try ClientHandle(RD_KAFKA_CONSUMER, configuration: configuration, context: ClientContext(log: log))
        // One queue for everything but records; polling it is also what `max.poll.interval.ms` looks at.
        rd_kafka_poll_set_consumer(client.pointer)
        open = Mutex(OpenConsumer(client: client))
    }

    /// Joins the group. What is assigned comes as events.
    package func subscribe(_ topics: [String]) throws(KafkaError) {
        let list = PartitionList(topics.map { TopicPartition(topic: $0, partition: -1) })
        try check(rd_kafka_subscribe(try client().pointer, list.pointer))
    }

    /// Leaves the group in good order; `poll` then reports the revoke.
    package func unsubscribe() throws(KafkaError) {
        try check(rd_kafka_unsubscribe(try client().pointer))
    }

    /// The member's id within the group; nil before the first join.
    package var memberID: String? {
        guard let client = try? client(), let text = rd_kafka_memberid(client.pointer) else { return nil }
        defer { rd_kafka_mem_free(client.pointer, text) }
        return text.pointee == 0 ? nil : String(cString: text)
    }

    /// An error after which the consumer can only be closed.
    package var fatalError: KafkaError? {
        guard let client = try? client() else { return nil }
        return .fatal(of: client.pointer)
    }

    package var commitCounts: CommitCounts { commits.withLock { $0 } }

    func client() throws(KafkaError) -> ClientHandle { try handles().client }

    func handles() throws(KafkaError) -> OpenConsumer {
        guard let open = open.withLock({ $0 }) else { throw .closed }
        return open
    }

    /// Lets go of the client; further calls find the consumer closed.
    func takeHandles() -> OpenConsumer? {
        open.withLock { open in
            defer { open = nil }
            return open
        }
    }

    func check(_ code: rd_kafka_resp_err_t) throws(KafkaError) {
        if let error = KafkaError(unlessNone: code) { throw error }
    }
}

/// The client together with the queue of its events, which must go first.
final class OpenConsumer: @unchecked Sendable {
    let client: ClientHandle
    let events: OpaquePointer
    /// Without a `group.id` there is nothing to leave, and librdkafka only answers questions: no assignment, no commit.
    let hasGroup: Bool

    init(client: ClientHandle) {
        self.client = client
        let own = rd_kafka_queue_get_consumer(client.pointer)
        hasGroup = own != nil
        events = own ?? rd_kafka_queue_get_main(client.pointer)
    }

    deinit { rd_kafka_queue_destroy(events) }
}
