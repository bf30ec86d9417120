internal import CRdKafka

/// A topic to produce to. It belongs to the producer that made it and ends with it.
package struct ProducerTopic: Sendable {
    package let name: String
    nonisolated(unsafe) let pointer: OpaquePointer
    nonisolated(unsafe) let client: OpaquePointer
}

/// One producer, plain or transactional.
///
/// It belongs to one thread at a time, which may block in `serve`, `flush`, the transactions and `close` as long as their
/// timeouts say: none of them belongs on Swift's cooperative pool.
package final class Producer: @unchecked Sendable {
    /// Nil once the producer is closed.
    private var handle: ClientHandle?
    /// The same client without the counting of references, for each record; nil once closed.
    private var client: OpaquePointer?
    private let reports: DeliveryReports
    private var topics: [String: ProducerTopic] = [:]

    /// - Parameter properties: librdkafka's own, as text.
    /// - Throws: librdkafka's words where a property is unknown or wrong.
    package init(properties: [String: String], log: @escaping ClientLogger) throws(KafkaError) {
        let configuration = try ClientConfiguration(properties: properties)
        configuration.reportDeliveries(to: collectDelivery)
        let reports = DeliveryReports(log: log)
        let handle = try ClientHandle(RD_KAFKA_PRODUCER, configuration: configuration, context: reports)
        self.reports = reports
        self.handle = handle
        client = handle.pointer
    }

    deinit { destroyTopics() }

    /// The topic by that name, made once. Asks no broker: an unknown topic is found when a record is delivered.
    package func topic(_ name: String) throws(KafkaError) -> ProducerTopic {
        guard let client else { throw .closed }
        if let known = topics[name] { return known }
        guard let pointer = rd_kafka_topic_new(client, name, nil) else {
            throw KafkaError(code: rd_kafka_last_error())  // set by the call before, on this very thread
        }
        let topic = ProducerTopic(name: name, pointer: pointer, client: client)
        topics[name] = topic
        return topic
    }

    /// Enqueues a record; everything is copied. Never blocks, and allocates nothing of ours.
    ///
    /// - Parameters:
    ///   - partition: -1 leaves it to the partitioner.
    ///   - key: nil for a record without a key.
    ///   - value: nil for a tombstone.
    ///   - timestamp: milliseconds since 1970; 0 for now.
    ///   - token: comes back with the record's delivery report, all 64 bits of it.
    package func produce(
        _ topic: borrowing ProducerTopic, partition: Int32 = -1, key: UnsafeRawBufferPointer?,
        value: UnsafeRawBufferPointer?, timestamp: Int64, headers: borrowing HeaderList, token: UInt64
    ) -> ProduceResult {
        guard let client, topic.client == client else { return .refused(.closed) }
        let somewhere = UnsafeRawPointer(client)
        let code = rdkafka_produce_copy(
            client, topic.pointer, partition, Self.address(key, orElse: somewhere), key?.count ?? 0,
            Self.address(value, orElse: somewhere), value?.count ?? 0, timestamp, headers.views, headers.count, token)
        switch code {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return .enqueued
        case RD_KAFKA_RESP_ERR__QUEUE_FULL: return .queueFull
        case RD_KAFKA_RESP_ERR__FATAL: return .refused(.fatal(of: client) ?? KafkaError(code: code))
        default: return .refused(KafkaError(code: code))
        }
    }

    /// Empty bytes may have no address, but for C no address is no bytes: a tombstone.
    private static func address(
        _ bytes: UnsafeRawBufferPointer?, orElse somewhere: UnsafeRawPointer
    ) -> UnsafeRawPointer? {
        guard let bytes else { return nil }
        return bytes.baseAddress ?? somewhere
    }

    /// Waits for delivery reports for at most so long, then hands over all that have come, those of a flush or a commit
    /// included: first the tokens of the delivered records, then the failures one by one.
    package func serve(
        timeoutMilliseconds: Int32, delivered: (UnsafeBufferPointer<UInt64>) -> Void,
        failed: (borrowing FailedDelivery) -> Void
    ) {
        if let client { rd_kafka_poll(client, timeoutMilliseconds) }
        reports.handOver(delivered: delivered, failed: failed)
    }

    /// Sends without lingering and waits until every record has its report; `serve` hands the reports over.
    /// - Returns: false where some are still outstanding when the time is over.
    package func flush(timeoutMilliseconds: Int32) -> Bool {
        guard let client else { return true }
        return rd_kafka_flush(client, timeoutMilliseconds) == RD_KAFKA_RESP_ERR_NO_ERROR
    }

    /// Gives up what is queued and in flight. Each such record is reported as failed (`_PURGE_QUEUE`, `_PURGE_INFLIGHT`).
    package func purge() {
        guard let client else { return }
        rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    }

    /// Records without a report, and reports that weren't served.
    package var outstanding: Int { client.map { Int(rd_kafka_outq_len($0)) } ?? 0 }

    /// An error after which the producer can only be closed.
    package var fatalError: KafkaError? { client.flatMap { KafkaError.fatal(of: $0) } }

    /// Gives up what is outstanding and destroys the client. Reports that have come stay for a last `serve`.
    /// - Returns: false where the client wasn't gone by the deadline; it then goes on by itself.
    @discardableResult
    package func close(deadlineMilliseconds: Int) -> Bool {
        guard let client, let destroyed = handle?.destroyed else { return true }
        // A record in flight keeps the client alive until its own timeout.
        purge()
        rd_kafka_poll(client, 0)
        destroyTopics()
        self.client = nil
        handle = nil
        return destroyed.wait(milliseconds: deadlineMilliseconds)
    }

    /// Topics go before the client: it would wait for them.
    private func destroyTopics() {
        for topic in topics.values { rd_kafka_topic_destroy(topic.pointer) }
        topics = [:]
    }

    var openClient: OpaquePointer? { client }
}
