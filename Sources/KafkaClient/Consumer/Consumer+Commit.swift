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

    /// Commits and waits for the broker's answer, however long that takes.
    /// - Throws: what the broker said of the whole, or else of the first partition that failed.
    package func commitSync(_ positions: [RecordPosition]) throws(KafkaError) {
        guard !positions.isEmpty else { return }
        let list = PartitionList(positions: positions)
        try check(rd_kafka_commit(try client().pointer, list.pointer, 0))
        for element in list.pointer.elements { try check(element.err) }
    }
}
