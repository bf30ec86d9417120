internal import CRdKafka

extension Admin {
    /// All topics with their numbers of partitions.
    package func partitionCounts(timeoutMilliseconds: Int32) throws(KafkaError) -> [String: Int] {
        let client = try client()
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(client.pointer, 1, nil, &metadata, timeoutMilliseconds)
        if let error = KafkaError(unlessNone: code) { throw error }
        guard let metadata else { return [:] }
        defer { rd_kafka_metadata_destroy(metadata) }
        var counts: [String: Int] = [:]
        for topic in UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt))
        where topic.err == RD_KAFKA_RESP_ERR_NO_ERROR {
            counts[String(cString: topic.topic)] = Int(topic.partition_cnt)
        }
        return counts
    }

    /// A topic's number of partitions; nil where there is no such topic. Never creates it.
    package func partitionCount(of name: String, timeoutMilliseconds: Int32) throws(KafkaError) -> Int? {
        let client = try client()
        guard let topic = rd_kafka_topic_new(client.pointer, name, nil) else {
            throw KafkaError(code: rd_kafka_last_error())
        }
        defer { rd_kafka_topic_destroy(topic) }
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(client.pointer, 0, topic, &metadata, timeoutMilliseconds)
        if let error = KafkaError(unlessNone: code) { throw error }
        guard let metadata else { return nil }
        defer { rd_kafka_metadata_destroy(metadata) }
        guard metadata.pointee.topic_cnt > 0 else { return nil }
        let found = metadata.pointee.topics[0]
        if let error = KafkaError(unlessNone: found.err) {
            if error.isUnknownTopic { return nil }
            throw error
        }
        return Int(found.partition_cnt)
    }

    package func brokerCount(timeoutMilliseconds: Int32) throws(KafkaError) -> Int {
        let client = try client()
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(client.pointer, 0, nil, &metadata, timeoutMilliseconds)
        if let error = KafkaError(unlessNone: code) { throw error }
        guard let metadata else { return 0 }
        defer { rd_kafka_metadata_destroy(metadata) }
        return Int(metadata.pointee.broker_cnt)
    }
}
