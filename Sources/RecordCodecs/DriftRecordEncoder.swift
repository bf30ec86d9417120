/// One window of one watched signal, for the drift topic.
package struct DriftMetrics: Sendable, Equatable {
    /// Milliseconds since 1970, of the window's last record.
    package var time: Int64
    package var signal: String
    /// Nil where no detector watches the signal.
    package var detector: String?
    /// Records in the window.
    package var window: Int
    package var statistic: Double?
    package var threshold: Double?
    package var drift: Bool
    package var warning: Bool
    /// Records consumed at the window's end.
    package var records: UInt64
    /// Further numbers by name, such as `mean` or `accuracy`.
    package var values: [Value]

    package struct Value: Sendable, Equatable {
        package var name: String
        package var value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    package init(
        time: Int64, signal: String, detector: String? = nil, window: Int, statistic: Double? = nil,
        threshold: Double? = nil, drift: Bool = false, warning: Bool = false, records: UInt64, values: [Value] = []
    ) {
        self.time = time
        self.signal = signal
        self.detector = detector
        self.window = window
        self.statistic = statistic
        self.threshold = threshold
        self.drift = drift
        self.warning = warning
        self.records = records
        self.values = values
    }
}

/// Records of the drift topic. Times and ids are handed in, so that a record sent again is the same.
package enum DriftRecordEncoder {
    /// The object, its members in a fixed order. A number that JSON has no word for becomes null.
    ///
    /// Written straight into bytes as predictions are: with many features a window's end has dozens of these, and a tree
    /// of values for each would cost more than all of the window's records.
    package static func encode(_ metrics: DriftMetrics) -> [UInt8] {
        var output = JSONBuffer(capacity: 512)
        output.append("{\"time\":")
        output.append(integer: metrics.time)
        output.append(",\"signal\":")
        output.append(string: metrics.signal)
        output.append(",\"detector\":")
        if let detector = metrics.detector { output.append(string: detector) } else { output.append("null") }
        output.append(",\"window\":")
        output.append(integer: Int64(metrics.window))
        append(",\"statistic\":", metrics.statistic, to: &output)
        append(",\"threshold\":", metrics.threshold, to: &output)
        output.append(metrics.drift ? ",\"drift\":true" : ",\"drift\":false")
        output.append(metrics.warning ? ",\"warning\":true" : ",\"warning\":false")
        output.append(",\"records\":")
        output.append(unsigned: metrics.records)
        for value in metrics.values {
            output.append(",")
            output.append(string: value.name)
            append(":", value.value, to: &output)
        }
        output.append("}")
        return Array(output.bytes)
    }

    private static func append(_ key: StaticString, _ number: Double?, to output: inout JSONBuffer) {
        output.append(key)
        if let number, number.isFinite { output.append(number: number) } else { output.append("null") }
    }
}
