internal import CRdKafka
internal import Foundation
internal import Synchronization

extension Consumer {
    /// Leaves the group and destroys the client. The worker queues should be gone by then: the client lives until the
    /// last one is.
    ///
    /// - Parameter handler: gets the events that still come. A closing revoke comes this way too: commit and drop the
    ///   state in it; the partitions are released when it returns. Commit results come until the group is left.
    /// - Returns: false where the client wasn't gone by the deadline. It then goes on by itself, or never ends, and the
    ///   process may exit all the same.
    @discardableResult
    package func close(deadlineMilliseconds: Int, handler: (ConsumerEvent) -> Void = { _ in }) -> Bool {
        let deadline = Date(timeIntervalSinceNow: Double(deadlineMilliseconds) / 1000)
        guard let handles = try? handles() else { return true }
        for event in ownEvents.withLock({ $0 }) { handler(event) }
        if handles.hasGroup { leaveGroup(handles, until: deadline, handler: handler) }
        let destroyed = handles.client.destroyed
        return release(consume handles) && destroyed.wait(until: deadline)
    }

    /// Serves the closing revoke: without that the close never ends.
    private func leaveGroup(_ handles: OpenConsumer, until deadline: Date, handler: (ConsumerEvent) -> Void) {
        let client = handles.client.pointer
        if let error = KafkaError(consuming: rd_kafka_consumer_close_queue(client, handles.events)) {
            return handler(.error(error))
        }
        while rd_kafka_consumer_closed(client) == 0, deadline.timeIntervalSinceNow > 0 {
            guard let event = rd_kafka_queue_poll(handles.events, 50) else { continue }
            defer { rd_kafka_event_destroy(event) }
            let isRebalance = rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE
            let read = read(event, of: client)
            handler(read)
            if isRebalance { giveUp(read, until: deadline) }
        }
    }

    /// Answers a last rebalance. librdkafka waits without end for the group's own thread to take the answer, which is about
    /// to end: so another thread waits for it, and this one only until the deadline.
    private func giveUp(_ event: ConsumerEvent, until deadline: Date) {
        let answered = Latch()
        Thread.detachNewThread { [self] in
            switch event {
            case .revoked(let partitions, _) where rebalanceProtocol == .cooperative:
                if (try? incrementalUnassign(partitions)) == nil { try? unassign() }
            default: try? unassign()  // also where a last assignment comes in between
            }
            answered.open()
        }
        _ = answered.wait(until: deadline)
    }

    private func release(_ handles: consuming OpenConsumer) -> Bool { takeHandles() != nil }
}
