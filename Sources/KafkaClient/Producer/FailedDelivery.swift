internal import CRdKafka

/// A record that was enqueued and then not delivered, with all that is needed to send it again or to dead-letter it.
package struct FailedDelivery: Sendable {
    package var token: UInt64
    package var error: KafkaError
    /// The broker may have it all the same: its answer was lost, not the record.
    package var isPossiblyPersisted: Bool
    package var topic: String
    /// -1 where the partitioner hadn't chosen one yet.
    package var partition: Int32
    package var key: [UInt8]?
    package var value: [UInt8]?
    /// Milliseconds since 1970.
    package var timestamp: Int64
    package var headers: [RecordHeader]

    /// Copies the message, which librdkafka frees when its callback returns.
    init(_ pointer: UnsafePointer<rd_kafka_message_t>) {
        let message = pointer.pointee
        token = UInt64(UInt(bitPattern: message._private))
        error = KafkaError(code: message.err)
        isPossiblyPersisted = rd_kafka_message_status(pointer) != RD_KAFKA_MSG_STATUS_NOT_PERSISTED
        topic = message.rkt.flatMap { rd_kafka_topic_name($0) }.map { String(cString: $0) } ?? ""
        partition = message.partition
        key = Self.copy(message.key, message.key_len)
        value = Self.copy(message.payload, message.len)
        timestamp = Self.timestamp(of: pointer)
        headers = RecordHeader.all(of: pointer)
    }

    /// librdkafka keeps the timestamp but denies it to messages with an error, whose event time would then be lost
    /// with a second sending. The message is its own heap memory, and nobody else looks at it during the callback.
    private static func timestamp(of pointer: UnsafePointer<rd_kafka_message_t>) -> Int64 {
        let message = UnsafeMutablePointer(mutating: pointer)
        let error = message.pointee.err
        message.pointee.err = RD_KAFKA_RESP_ERR_NO_ERROR
        defer { message.pointee.err = error }
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        return rd_kafka_message_timestamp(message, &kind)
    }

    private static func copy(_ start: UnsafeMutableRawPointer?, _ count: Int) -> [UInt8]? {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }
}
