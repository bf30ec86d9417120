internal import CRdKafka

/// Gets the client, the message and the client's context.
typealias DeliveryCallback =
    @convention(c) (OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?) -> Void

/// librdkafka's configuration until a client is made of it.
struct ClientConfiguration: ~Copyable {
    private let pointer: OpaquePointer

    /// - Throws: librdkafka's own words where a property is unknown or its value is wrong.
    init(properties: [String: String]) throws(KafkaError) {
        pointer = rd_kafka_conf_new()
        // In order of name, so that of several wrong properties it is always the same one that is named.
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
            var reason = [CChar](repeating: 0, count: 512)
            guard rd_kafka_conf_set(pointer, name, value, &reason, reason.count) == RD_KAFKA_CONF_OK else {
                throw KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: String(nullTerminated: reason))
            }
        }
    }

    deinit { rd_kafka_conf_destroy(pointer) }

    /// Events come over the client's queue instead of by callback.
    borrowing func enable(events: Int32) { rd_kafka_conf_set_events(pointer, events) }

    borrowing func reportDeliveries(to callback: @escaping DeliveryCallback) {
        rd_kafka_conf_set_dr_msg_cb(pointer, callback)
    }

    /// Makes the client, which takes the configuration over; where it fails, the configuration is freed here.
    consuming func client(_ type: rd_kafka_type_t, context: ClientContext) throws(KafkaError) -> OpaquePointer {
        rd_kafka_conf_set_log_cb(pointer, forwardLog)
        let retained = Unmanaged.passRetained(context)
        rd_kafka_conf_set_opaque(pointer, retained.toOpaque())
        var reason = [CChar](repeating: 0, count: 512)
        guard let client = rd_kafka_new(type, pointer, &reason, reason.count) else {
            retained.release()
            // `rd_kafka_new` frees the configuration only where it succeeds; here its own `deinit` does.
            _ = consume self
            throw KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: String(nullTerminated: reason))
        }
        discard self
        return client
    }
}
