internal import CRdKafka

/// librdkafka's cluster within the process, over real sockets: for the demo, and for what can't be provoked on a real
/// one. It keeps about 5 MB a partition, then drops the oldest; it doesn't hide aborted records; it answers a waiting
/// fetch only when `fetch.wait.max.ms` is over.
package struct MockCluster: ~Copyable, Sendable {
    private let owner: ClientHandle
    nonisolated(unsafe) private let cluster: OpaquePointer
    private let brokers: Int

    /// - Parameter brokers: at least 1; their ids start at 1.
    package init(brokers: Int = 1, log: @escaping ClientLogger = { _ in }) throws(KafkaError) {
        guard brokers > 0 else {
            throw KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: "a cluster has at least one broker")
        }
        let owner = try ClientHandle(
            RD_KAFKA_PRODUCER, configuration: ClientConfiguration(properties: [:]), context: ClientContext(log: log))
        let made = rd_kafka_mock_cluster_new(owner.pointer, Int32(clamping: brokers))
        guard let made else {
            throw KafkaError(code: RD_KAFKA_RESP_ERR__FAIL, message: "the mock cluster can't be made")
        }
        self.owner = owner
        cluster = made
        self.brokers = brokers
    }

    /// The clients should be closed by now: the brokers vanish with this.
    deinit { rd_kafka_mock_cluster_destroy(cluster) }

    /// For `bootstrap.servers`.
    package var bootstrapServers: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

    package func createTopic(_ name: String, partitions: Int, replication: Int = 1) throws(KafkaError) {
        // The mock aborts the process on numbers that can't be.
        guard partitions > 0, (1...brokers).contains(replication), !name.isEmpty else {
            throw KafkaError(
                code: RD_KAFKA_RESP_ERR__INVALID_ARG,
                message: "a topic of \(partitions) partitions, each on \(replication) of \(brokers) brokers")
        }
        try check(
            rd_kafka_mock_topic_create(cluster, name, Int32(clamping: partitions), Int32(clamping: replication)))
    }

    /// What requests about this topic are answered with; nil for none.
    package func setError(_ code: Int32?, ofTopic name: String) {
        rd_kafka_mock_topic_set_error(cluster, name, rd_kafka_resp_err_t(code ?? 0))
    }

    package func setRoundTrip(milliseconds: Int, broker: Int32 = 1) throws(KafkaError) {
        try check(rd_kafka_mock_broker_set_rtt(cluster, broker, Int32(clamping: milliseconds)))
    }

    package func takeDown(broker: Int32 = 1) throws(KafkaError) {
        try check(rd_kafka_mock_broker_set_down(cluster, broker))
    }

    package func bringUp(broker: Int32 = 1) throws(KafkaError) {
        try check(rd_kafka_mock_broker_set_up(cluster, broker))
    }

    package func setLeader(_ broker: Int32, of partition: TopicPartition) throws(KafkaError) {
        try check(rd_kafka_mock_partition_set_leader(cluster, partition.topic, partition.partition, broker))
    }

    package func setCoordinator(_ broker: Int32, ofGroup group: String) throws(KafkaError) {
        try check(rd_kafka_mock_coordinator_set(cluster, "group", group, broker))
    }

    package func setCoordinator(_ broker: Int32, ofTransactionalID id: String) throws(KafkaError) {
        try check(rd_kafka_mock_coordinator_set(cluster, "transaction", id, broker))
    }

    /// The next requests of this kind are answered with these error codes, one each.
    package func pushErrors(_ codes: [Int32], on request: MockRequest) {
        let errors = codes.map { rd_kafka_resp_err_t($0) }
        rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, errors.count, errors)
    }

    package func clearErrors(on request: MockRequest) {
        rd_kafka_mock_clear_request_errors(cluster, request.rawValue)
    }

    private func check(_ code: rd_kafka_resp_err_t) throws(KafkaError) {
        if let error = KafkaError(unlessNone: code) { throw error }
    }
}

/// The protocol's requests that faults can be pushed on, by their API keys.
package enum MockRequest: Int16, Sendable {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetCommit = 8
    case offsetFetch = 9
    case findCoordinator = 10
    case joinGroup = 11
    case heartbeat = 12
    case leaveGroup = 13
    case syncGroup = 14
    case initProducerID = 22
    case addPartitionsToTransaction = 24
    case addOffsetsToTransaction = 25
    case endTransaction = 26
    case commitOffsetsInTransaction = 28
}
