internal import CRdKafka
internal import Foundation
package import Records

extension Consumer {
    /// The group's committed positions; a partition without one is absent.
    package func committed(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: NextOffset] {
        try committedPositions(partitions, timeoutMilliseconds: timeoutMilliseconds).mapValues(\.next)
    }

    /// The group's committed positions with their notes; a partition without one is absent.
    ///
    /// Asked again while the broker says unstable (a transaction with offsets is open) or has no coordinator yet.
    /// - Throws: the last error where the time is over.
    package func committedPositions(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int
    ) throws(KafkaError) -> [TopicPartition: RecordPosition] {
        let client = try client()
        let deadline = Date(timeIntervalSinceNow: Double(timeoutMilliseconds) / 1000)
        while true {
            let list = PartitionList(partitions)
            let remaining = max(1, Int32(clamping: Int(deadline.timeIntervalSinceNow * 1000)))
            var code = rd_kafka_committed(client.pointer, list.pointer, remaining)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR {
                code =
                    list.pointer.elements.first { $0.err != RD_KAFKA_RESP_ERR_NO_ERROR }?.err
                    ?? RD_KAFKA_RESP_ERR_NO_ERROR
            }
            guard let error = KafkaError(unlessNone: code) else { return found(in: list) }
            guard error.isRetriable, deadline.timeIntervalSinceNow > 0 else { throw error }
            Thread.sleep(forTimeInterval: min(0.05, max(0, deadline.timeIntervalSinceNow)))
        }
    }

    private func found(in list: borrowing PartitionList) -> [TopicPartition: RecordPosition] {
        var positions: [TopicPartition: RecordPosition] = [:]
        for element in list.pointer.elements where element.offset >= 0 {
            positions[element.topicPartition] = element.position
            positions[element.topicPartition]?.note = element.note
        }
        return positions
    }

    /// The first offset that the partition still holds, and the one that its next record will get. Asks the broker.
    package func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        try check(
            rd_kafka_query_watermark_offsets(
                try client().pointer, partition.topic, partition.partition, &low, &high, timeoutMilliseconds))
        return (low, high)
    }

    /// The partition's end as the last fetch told it: asks no broker. Nil before the first fetch.
    package func knownEnd(of partition: TopicPartition) -> Int64? {
        guard let client = try? client() else { return nil }
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_get_watermark_offsets(
            client.pointer, partition.topic, partition.partition, &low, &high)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
    }

    /// The first position of each partition whose record is at or after `timestamp` (milliseconds since 1970).
    /// Partitions without such a record are absent.
    package func offsets(
        of partitions: [TopicPartition], at timestamp: Int64, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: NextOffset] {
        let list = PartitionList(
            positions: partitions.map {
                RecordPosition(topic: $0.topic, partition: $0.partition, next: NextOffset(timestamp))
            })
        try check(rd_kafka_offsets_for_times(try client().pointer, list.pointer, timeoutMilliseconds))
        for element in list.pointer.elements { try check(element.err) }
        return found(in: list).mapValues(\.next)
    }
}
