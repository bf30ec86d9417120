internal import CRdKafka

/// One setting of a topic or a broker, as the cluster has it.
package struct ConfigEntry: Sendable, Equatable {
    package var name: String
    /// Nil where the broker doesn't say (a secret).
    package var value: String?
    /// Nobody has set it for this very topic.
    package var isDefault: Bool
}

extension Admin {
    /// A topic's settings, the defaults included, by name.
    package func topicConfig(_ name: String, timeoutMilliseconds: Int32) throws(KafkaError) -> [String: ConfigEntry] {
        try describe(RD_KAFKA_RESOURCE_TOPIC, name, timeoutMilliseconds)
    }

    /// A broker's settings by name.
    package func brokerConfig(_ broker: Int32, timeoutMilliseconds: Int32) throws(KafkaError) -> [String: ConfigEntry] {
        try describe(RD_KAFKA_RESOURCE_BROKER, String(broker), timeoutMilliseconds)
    }

    private func describe(
        _ type: rd_kafka_ResourceType_t, _ name: String, _ timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: ConfigEntry] {
        var wanted: [OpaquePointer?] = [rd_kafka_ConfigResource_new(type, name)]
        guard wanted[0] != nil else { throw KafkaError(code: RD_KAFKA_RESP_ERR__INVALID_ARG) }
        defer { rd_kafka_ConfigResource_destroy(wanted[0]) }
        return try request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeoutMilliseconds: timeoutMilliseconds) {
            rd_kafka_DescribeConfigs($0, &wanted, 1, $1, $2)
        } read: { event throws(KafkaError) in
            var count = 0
            let result = rd_kafka_event_DescribeConfigs_result(event)
            guard let resource = rd_kafka_DescribeConfigs_result_resources(result, &count)?[0], count > 0 else {
                return [:]
            }
            let code = rd_kafka_ConfigResource_error(resource)
            if code != RD_KAFKA_RESP_ERR_NO_ERROR {
                throw KafkaError(
                    code: code, message: rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) })
            }
            return Self.entries(of: resource)
        }
    }

    private static func entries(of resource: OpaquePointer) -> [String: ConfigEntry] {
        var count = 0
        let list = rd_kafka_ConfigResource_configs(resource, &count)
        var entries: [String: ConfigEntry] = [:]
        for index in 0..<count {
            guard let entry = list?[index], let text = rd_kafka_ConfigEntry_name(entry) else { continue }
            let name = String(cString: text)
            entries[name] = ConfigEntry(
                name: name, value: rd_kafka_ConfigEntry_value(entry).map { String(cString: $0) },
                isDefault: rd_kafka_ConfigEntry_source(entry) != RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG
                    && rd_kafka_ConfigEntry_is_default(entry) != 0)
        }
        return entries
    }
}
