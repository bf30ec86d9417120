internal import CRdKafka
package import Records

/// What one wait brought: records, and the ends of partitions. It owns librdkafka's messages and frees them when it
/// ends, with which every view of them ends too.
package struct RecordBatch: ~Copyable {
    package enum Kind: Sendable { case record, endOfPartition, error }

    /// At least 1.
    package let count: Int
    private let messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>
    private let slots: UnsafeMutablePointer<Int32>

    init(
        messages: UnsafeMutablePointer<UnsafeMutablePointer<rd_kafka_message_t>?>, slots: UnsafeMutablePointer<Int32>,
        count: Int
    ) {
        self.messages = messages
        self.slots = slots
        self.count = count
    }

    deinit { for index in 0..<count { rd_kafka_message_destroy(messages[index]) } }

    /// The slot that `WorkerQueue.attach` gave the item's partition.
    package func slot(_ index: Int) -> Int {
        precondition(index >= 0 && index < count)
        return Int(slots[index])
    }

    package func kind(_ index: Int) -> Kind {
        switch message(index).err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: .record
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: .endOfPartition
        default: .error
        }
    }

    /// Of a record: its offset. Of the end of a partition: the offset that its next record will get.
    package func offset(_ index: Int) -> Int64 { message(index).offset }

    package func partition(_ index: Int) -> Int32 { message(index).partition }

    /// The item's topic and partition. Allocates.
    package func topicPartition(_ index: Int) -> TopicPartition {
        let message = message(index)
        return TopicPartition(
            topic: rd_kafka_topic_name(message.rkt).map { String(cString: $0) } ?? "", partition: message.partition)
    }

    /// What is wrong with an item of kind `error`: its payload is words then, not a record. Allocates.
    package func error(_ index: Int) -> KafkaError? {
        let message = message(index)
        guard kind(index) == .error else { return nil }
        let words = message.payload.map {
            String(decoding: UnsafeRawBufferPointer(start: $0, count: message.len), as: UTF8.self)
        }
        return KafkaError(code: message.err, message: words)
    }

    /// A view of the record, valid as long as the batch is. Allocates nothing of ours.
    ///
    /// Cost: about 150 ns, nearly all of it librdkafka's look for headers, which allocates even where there are none.
    package func record(_ index: Int) -> InputRecord {
        let pointer = pointer(index)
        let message = pointer.pointee
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        return InputRecord(
            key: Self.bytes(message.key, message.key_len), value: Self.bytes(message.payload, message.len),
            timestamp: rd_kafka_message_timestamp(pointer, &kind), partition: message.partition,
            offset: message.offset, traceparent: Self.traceparent(of: pointer), origin: UnsafeRawPointer(pointer))
    }

    /// The record's headers in their order, also those of the same name. A header may have no value.
    package func forEachHeader(
        _ index: Int, _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void
    ) {
        RecordHeader.forEach(of: pointer(index), body)
    }

    private func pointer(_ index: Int) -> UnsafeMutablePointer<rd_kafka_message_t> {
        precondition(index >= 0 && index < count)
        return messages[index]!
    }

    private func message(_ index: Int) -> rd_kafka_message_t { pointer(index).pointee }

    /// No pointer is no bytes at all (a tombstone); a pointer to none is an empty value.
    private static func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
        start.map { UnsafeRawBufferPointer(start: $0, count: count) }
    }

    private static func traceparent(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> UnsafeRawBufferPointer? {
        var headers: OpaquePointer?
        guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR, let headers else { return nil }
        var value: UnsafeRawPointer?
        var size = 0
        guard rd_kafka_header_get_last(headers, "traceparent", &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR
        else { return nil }
        return value.map { UnsafeRawBufferPointer(start: $0, count: size) }
    }
}
