internal import CRdKafka

/// A topic to create.
package struct NewTopic: Sendable {
    package var name: String
    package var partitions: Int
    /// -1 for the broker's default.
    package var replication: Int
    package var config: [String: String]

    package init(name: String, partitions: Int, replication: Int = -1, config: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.config = config
    }
}

extension Admin {
    /// Creates topics. Metadata may lag: a client may not see them at once.
    /// - Returns: what went wrong, by topic; empty where all were created.
    package func createTopics(
        _ topics: [NewTopic], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: KafkaError] {
        var wanted: [OpaquePointer?] = []
        defer { for topic in wanted { rd_kafka_NewTopic_destroy(topic) } }
        for topic in topics {
            var words = [CChar](repeating: 0, count: 512)
            guard
                let new = rd_kafka_NewTopic_new(
                    topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication), &words,
                    words.count)
            else { throw KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: String(nullTerminated: words)) }
            wanted.append(new)
            for (name, value) in topic.config.sorted(by: { $0.key < $1.key }) {
                let code = rd_kafka_NewTopic_set_config(new, name, value)
                if let error = KafkaError(unlessNone: code) { throw error }
            }
        }
        guard !wanted.isEmpty else { return [:] }
        return try request(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMilliseconds: timeoutMilliseconds) {
            rd_kafka_CreateTopics($0, &wanted, wanted.count, $1, $2)
        } read: { event throws(KafkaError) in
            var count = 0
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
            return Self.failures(results, count)
        }
    }

    /// Deletes topics.
    /// - Returns: what went wrong, by topic.
    package func deleteTopics(_ names: [String], timeoutMilliseconds: Int32) throws(KafkaError) -> [String: KafkaError]
    {
        guard !names.isEmpty else { return [:] }
        var wanted = names.map { rd_kafka_DeleteTopic_new($0) }
        defer { for topic in wanted { rd_kafka_DeleteTopic_destroy(topic) } }
        return try request(RD_KAFKA_ADMIN_OP_DELETETOPICS, timeoutMilliseconds: timeoutMilliseconds) {
            rd_kafka_DeleteTopics($0, &wanted, wanted.count, $1, $2)
        } read: { event throws(KafkaError) in
            var count = 0
            let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count)
            return Self.failures(results, count)
        }
    }

    private static func failures(_ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) -> [String: KafkaError]
    {
        var failures: [String: KafkaError] = [:]
        for index in 0..<count {
            guard let result = results?[index], let name = rd_kafka_topic_result_name(result) else { continue }
            let code = rd_kafka_topic_result_error(result)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            failures[String(cString: name)] = KafkaError(
                code: code, message: rd_kafka_topic_result_error_string(result).map { String(cString: $0) })
        }
        return failures
    }
}
