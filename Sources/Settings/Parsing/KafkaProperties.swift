/// What may stand under `kafka`: everything that librdkafka knows but what Millrace decides itself.
package enum KafkaProperties {
    /// A property that Millrace sets, and the setting that stands for it.
    package struct Owned: Sendable, Equatable {
        package var name: String
        package var allowed: String
        package var advice: String
    }

    package static let owned: [Owned] = [
        Owned(name: "isolation.level", allowed: "always `read_committed`", advice: "remove it"),
        Owned(
            name: "enable.auto.commit", allowed: "Millrace commits itself",
            advice: "use `commit.interval` and `commit.records`"),
        Owned(
            name: "auto.commit.interval.ms", allowed: "Millrace commits itself", advice: "use `commit.interval`"),
        Owned(name: "enable.auto.offset.store", allowed: "Millrace commits itself", advice: "remove it"),
        Owned(name: "auto.offset.reset", allowed: "the first start begins at the earliest offset", advice: "remove it"),
        Owned(name: "enable.partition.eof", allowed: "always on", advice: "remove it"),
        Owned(name: "transactional.id", allowed: "made from the pipeline's name", advice: "use `delivery`"),
        Owned(name: "transaction.timeout.ms", allowed: "Millrace's own", advice: "use `delivery`"),
        Owned(name: "enable.idempotence", allowed: "always on", advice: "use `delivery`"),
        Owned(name: "partitioner", allowed: "always `murmur2_random`, as Java clients do", advice: "remove it"),
        Owned(name: "acks", allowed: "always `all`", advice: "remove it"),
        Owned(name: "request.required.acks", allowed: "always `all`", advice: "remove it"),
        Owned(name: "delivery.report.only.error", allowed: "always off", advice: "remove it"),
        Owned(name: "group.protocol", allowed: "always `classic`", advice: "remove it"),
        Owned(
            name: "group.remote.assignor", allowed: "the assignor of `partition.assignment.strategy`",
            advice: "remove it"),
        Owned(name: "allow.auto.create.topics", allowed: "always off", advice: "use `millrace topics apply`"),
        Owned(name: "test.mock.num.brokers", allowed: "a broker of your own", advice: "use `millrace demo`"),
        Owned(name: "enabled_events", allowed: "Millrace's own", advice: "remove it"),
        Owned(name: "opaque", allowed: "Millrace's own", advice: "remove it"),
    ]

    /// Whether a property's value must never be shown.
    package static func isSecret(_ name: String) -> Bool {
        name.hasSuffix("password") || name.hasSuffix("secret") || name.hasSuffix(".pem")
            || name == "sasl.oauthbearer.config" || name == "sasl.jaas.config"
    }
}

extension SettingsReader {
    /// The properties as librdkafka gets them, and the names of those that must not be shown.
    mutating func kafka(group: String?) -> (properties: [String: String], secrets: Set<String>) {
        var properties: [String: String] = [:]
        var secrets: Set<String> = []
        if let entry = root["kafka"], case .section(let section) = entry.node {
            for entry in section.entries { take(entry, &properties, &secrets) }
        } else if let entry = root["kafka"], entry.node.scalar?.isNull != true {
            collect(
                "kafka", entry.node.place, entry.node.found, "a section of librdkafka's properties",
                "write `kafka: {bootstrap.servers: localhost:9092}`")
            return ([:], [])
        }
        if root["kafka"].map({ Self.names($0.node).contains("bootstrap.servers") }) != true {
            let declaration = Declared.bootstrapServers.declaration
            collect(
                declaration.key, root["kafka"]?.place, "isn't given", declaration.allowed,
                "add `bootstrap.servers: \(declaration.example)` under `kafka`")
        }
        if let group, properties["group.id"] == nil { properties["group.id"] = group }
        return (properties, secrets)
    }

    private mutating func take(
        _ entry: SourceSection.Entry, _ properties: inout [String: String], _ secrets: inout Set<String>
    ) {
        let path = "kafka.\(entry.key)"
        if let owned = KafkaProperties.owned.first(where: { $0.name == entry.key }) {
            collect(path, entry.place, "belongs to Millrace", owned.allowed, owned.advice)
            return
        }
        guard let scalar = entry.node.scalar, !scalar.isNull, !scalar.text.isEmpty || entry.key != "bootstrap.servers"
        else {
            collect(
                path, entry.node.place, entry.node.found, "the text of one librdkafka property",
                "write its whole dotted name, like `\(path.dropFirst(6)).KEY: value`")
            return
        }
        properties[entry.key] = scalar.text
        if scalar.isSecret || KafkaProperties.isSecret(entry.key) { secrets.insert(entry.key) }
    }

    private static func names(_ node: SourceNode) -> [String] {
        if case .section(let section) = node { section.entries.map(\.key) } else { [] }
    }
}
