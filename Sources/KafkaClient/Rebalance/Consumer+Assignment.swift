internal import CRdKafka
package import Records

extension Consumer {
    /// The protocol that the group has agreed on; `none` before the first rebalance.
    package var rebalanceProtocol: RebalanceProtocol {
        guard let client = try? client() else { return .none }
        return rd_kafka_rebalance_protocol(client.pointer).flatMap { RebalanceProtocol(rawValue: String(cString: $0)) }
            ?? .none
    }

    /// Takes a partition's queue away from the consumer's own, to be called BEFORE the partition is assigned: records
    /// that were fetched before a worker has its queue would otherwise land among the events.
    package func detachQueue(_ partition: TopicPartition) {
        guard let client = try? client(), let queue = client.queue(of: partition) else { return }
        rd_kafka_queue_forward(queue, nil)
        rd_kafka_queue_destroy(queue)
    }

    /// Answers `.assigned`, or assigns without a group: fetching starts at these positions.
    package func assign(_ positions: [RecordPosition]) throws(KafkaError) {
        let list = PartitionList(positions: positions)
        try check(rd_kafka_assign(try client().pointer, list.pointer))
    }

    package func unassign() throws(KafkaError) { try check(rd_kafka_assign(try client().pointer, nil)) }

    package func incrementalAssign(_ positions: [RecordPosition]) throws(KafkaError) {
        let list = PartitionList(positions: positions)
        if let error = KafkaError(consuming: rd_kafka_incremental_assign(try client().pointer, list.pointer)) {
            throw error
        }
    }

    package func incrementalUnassign(_ partitions: [TopicPartition]) throws(KafkaError) {
        let list = PartitionList(partitions)
        if let error = KafkaError(consuming: rd_kafka_incremental_unassign(try client().pointer, list.pointer)) {
            throw error
        }
    }

    /// Answers `.assigned` as the protocol in force wants it.
    package func acceptAssignment(_ positions: [RecordPosition]) throws(KafkaError) {
        switch rebalanceProtocol {
        case .cooperative: try incrementalAssign(positions)
        case .eager, .none: try assign(positions)
        }
    }

    /// Answers `.revoked` as the protocol in force wants it.
    package func releaseAssignment(_ partitions: [TopicPartition]) throws(KafkaError) {
        switch rebalanceProtocol {
        case .cooperative: try incrementalUnassign(partitions)
        case .eager, .none: try unassign()
        }
    }

    /// What is assigned at present.
    package func assignment() -> [TopicPartition] {
        guard let client = try? client() else { return [] }
        var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard rd_kafka_assignment(client.pointer, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
        return PartitionList(owning: list).partitions()
    }
}

extension ClientHandle {
    /// A reference to the partition's own queue, to be destroyed by the caller.
    func queue(of partition: TopicPartition) -> OpaquePointer? {
        rd_kafka_queue_get_partition(pointer, partition.topic, partition.partition)
    }
}
