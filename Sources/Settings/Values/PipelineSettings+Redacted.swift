extension PipelineSettings {
    /// librdkafka's properties in the order of their names, for people to see: a secret's value is `(secret)`.
    package var redactedKafka: [(key: String, text: String)] {
        kafka.sorted { $0.key < $1.key }.map { ($0.key, secretKafka.contains($0.key) ? "(secret)" : $0.value) }
    }

    /// All settings and where they come from, one a line, without any secret: what `millrace check` shows.
    package var redacted: String {
        let own = resolved.map { "\($0.key): \($0.text)\($0.isDefault ? "  # default" : "")" }
        let kafka = redactedKafka.map { "kafka.\($0.key): \($0.text)" }
        return (own.prefix(1) + kafka + own.dropFirst()).joined(separator: "\n")
    }
}

/// Prints no secret, wherever it lands in a message or a log.
extension PipelineSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { redacted }
    package var debugDescription: String { redacted }
    package var customMirror: Mirror { Mirror(self, children: ["settings": redacted]) }
}
