internal import CRdKafka
package import Records
internal import Synchronization

extension Consumer {
    /// Commits without waiting. The result comes as `.committed` or `.commitFailed`, and is counted.
    ///
    /// The positions are the NEXT records to read.
    package func commitAsync(_ positions: [RecordPosition]) {
        guard !positions.isEmpty else { return }
        commits.withLock { $0.requested += 1 }
        do throws(KafkaError) {
            let handles = try handles()
            let list = PartitionList(positions: positions)
            try check(rd_kafka_commit_queue(handles.client.pointer, list.pointer, handles.events, nil, nil))
        } catch {
            // No event follows a call that failed: it is made here.
            let event = finishCommit(positions, error)
            ownEvents.withLock { $0.append(event) }
        }
    }

    /// Commits and waits for the broker's answer.
    /// - Throws: what the broker said of the whole, or else of the first partition that failed. `isTimeout` where no answer
    ///   came in time: the commit may still take effect then.
    package func commitSync(_ positions: [RecordPosition], timeoutMilliseconds: Int32) throws(KafkaError) {
        guard !positions.isEmpty else { return }
        let client = try client()
        // librdkafka's own waiting call knows no end. The queue is this call's alone: the answer must neither wait behind
        // the group's events nor be taken for that of a commit nobody waits for.
        let answers = rd_kafka_queue_new(client.pointer)
        defer {
            rd_kafka_queue_destroy(answers)
            withExtendedLifetime(client) {}
        }
        let list = PartitionList(positions: positions)
        try check(rd_kafka_commit_queue(client.pointer, list.pointer, answers, nil, nil))
        guard let answer = rd_kafka_queue_poll(answers, timeoutMilliseconds) else {
            throw KafkaError(
                code: RD_KAFKA_RESP_ERR__TIMED_OUT,
                message: "the group's coordinator hasn't answered a commit within \(timeoutMilliseconds) ms")
        }
        defer { rd_kafka_event_destroy(answer) }
        try check(rd_kafka_event_error(answer))
        for element in rd_kafka_event_topic_partition_list(answer)?.elements ?? .init(start: nil, count: 0) {
            try check(element.err)
        }
    }
}
