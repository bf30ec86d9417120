/// One label of a sample.
package struct Label: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Writes Prometheus' text format.
/// - Source: Prometheus, "Exposition formats", text format 0.0.4.
package struct PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var text = ""

    package init() {}

    package mutating func beginFamily(_ family: MetricFamily) {
        text += "# HELP \(family.name) \(Self.escapedHelp(family.help))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    }

    package mutating func sample(_ name: String, _ labels: [Label] = [], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{"
            text += labels.map { "\($0.name)=\"\(Self.escapedValue($0.value))\"" }.joined(separator: ",")
            text += "}"
        }
        text += " \(Self.spelled(value))\n"
    }

    /// The cumulative buckets, the sum and the count, in seconds.
    package mutating func histogram(_ name: String, _ durations: DurationBuckets) {
        var below: UInt64 = 0
        for (bucket, bound) in durations.range.bounds.enumerated() {
            below += durations[bucket]
            sample(name + "_bucket", [Label("le", Self.spelled(Double(bound) / 1e9))], Double(below))
        }
        sample(name + "_bucket", [Label("le", "+Inf")], Double(durations.count))
        sample(name + "_sum", [], durations.sum / 1e9)
        sample(name + "_count", [], Double(durations.count))
    }

    static func spelled(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), value.magnitude < 0x1p53 { return String(Int64(value)) }
        return String(value)
    }

    static func escapedHelp(_ text: String) -> String { escaped(text, quotes: false) }
    static func escapedValue(_ text: String) -> String { escaped(text, quotes: true) }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        // By scalar: a carriage return with its line feed is one Character, and the line feed must not slip through.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
