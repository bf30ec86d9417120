internal import ArgumentParser

/// What every benchmark over a broker takes.
struct BenchOptions: ParsableArguments {
    @Option(help: "host:port of a Kafka to use; the embedded broker where none is given.")
    var brokers: String?

    @Option(help: "A librdkafka property for all clients, name=value; may be given again.")
    var kafka: [String] = []

    @Flag(help: "Print one JSON object.")
    var json = false

    func properties() throws -> [String: String] { try Self.properties(kafka) }

    /// `name=value` arguments as properties.
    static func properties(_ arguments: [String]) throws -> [String: String] {
        try arguments.reduce(into: [:]) { properties, text in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw CommandError("--kafka takes name=value, not `\(text)`")
            }
            properties[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
    }
}
