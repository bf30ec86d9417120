internal import CRdKafka
internal import Records
internal import Synchronization

extension Consumer {
    /// The next event, or nil where none came in time. Allocates where there is an event.
    package func poll(timeoutMilliseconds: Int32) -> ConsumerEvent? {
        if let own = ownEvents.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return own }
        guard let handles = try? handles() else { return nil }
        guard let event = rd_kafka_queue_poll(handles.events, timeoutMilliseconds) else {
            return ownEvents.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
        defer { rd_kafka_event_destroy(event) }
        return read(event, of: handles.client.pointer)
    }

    func read(_ event: OpaquePointer, of client: OpaquePointer) -> ConsumerEvent {
        switch rd_kafka_event_type(event) {
        case RD_KAFKA_EVENT_REBALANCE: return readRebalance(event, of: client)
        case RD_KAFKA_EVENT_OFFSET_COMMIT: return readCommit(event)
        case RD_KAFKA_EVENT_ERROR: return .error(readError(event, of: client))
        case RD_KAFKA_EVENT_FETCH:
            guard let message = rd_kafka_event_message_next(event) else { return .other("Fetch") }
            let topic = rd_kafka_topic_name(message.pointee.rkt).map { String(cString: $0) } ?? ""
            return .strayed(
                RecordPosition(
                    topic: topic, partition: message.pointee.partition, next: NextOffset(message.pointee.offset)))
        default: return .other(String(cString: rd_kafka_event_name(event)))
        }
    }

    private func readRebalance(_ event: OpaquePointer, of client: OpaquePointer) -> ConsumerEvent {
        let partitions = rd_kafka_event_topic_partition_list(event)?.elements.map(\.topicPartition) ?? []
        switch rd_kafka_event_error(event) {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS: return .assigned(partitions)
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            return .revoked(partitions, lost: rd_kafka_assignment_lost(client) != 0)
        default:
            // The rebalance itself failed: librdkafka wants the assignment dropped, whatever it was.
            return .revoked(assignment(), lost: true)
        }
    }

    /// Failures never stop the stream by themselves: the caller reads `isStale` and the disposition.
    private func readCommit(_ event: OpaquePointer) -> ConsumerEvent {
        let elements = rd_kafka_event_topic_partition_list(event)?.elements
        let positions = elements?.map(\.position) ?? []
        var code = rd_kafka_event_error(event)
        // The list as a whole may be fine where one partition isn't.
        if code == RD_KAFKA_RESP_ERR_NO_ERROR {
            code = elements?.first { $0.err != RD_KAFKA_RESP_ERR_NO_ERROR }?.err ?? RD_KAFKA_RESP_ERR_NO_ERROR
        }
        return finishCommit(positions, KafkaError(unlessNone: code))
    }

    func finishCommit(_ positions: [RecordPosition], _ error: KafkaError?) -> ConsumerEvent {
        commits.withLock { counts in
            switch error {
            case nil: counts.succeeded += 1
            case let error?: if error.isStale { counts.stale += 1 } else { counts.failed += 1 }
            }
        }
        return error.map { .commitFailed(positions, $0) } ?? .committed(positions)
    }

    private func readError(_ event: OpaquePointer, of client: OpaquePointer) -> KafkaError {
        if rd_kafka_event_error_is_fatal(event) != 0, let fatal = KafkaError.fatal(of: client) { return fatal }
        return KafkaError(
            code: rd_kafka_event_error(event), message: rd_kafka_event_error_string(event).map { String(cString: $0) })
    }
}
