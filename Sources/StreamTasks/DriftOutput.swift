internal import RecordCodecs
internal import Records

/// One record for the drift topic: a window's metrics, or, with CloudEvents headers, an alert or a gap in the input.
package struct DriftOutput: Sendable, Equatable {
    /// The watched signal, or `input` for a gap; the record's key.
    package var signal: String
    /// Nil where no detector watches the signal.
    package var detector: String?
    package var isAlert: Bool
    /// The input's number within the task, from 1.
    package var record: UInt64
    package var value: [UInt8]
    package var headers: [Header]
    /// Milliseconds since 1970, from the input.
    package var timestamp: Int64

    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String
    }
}

extension DriftOutput {
    /// Encodes a report. Its id and time come from the input, so a replay and a re-send give the same bytes.
    init(_ report: DriftReport, pipeline: String, partition: Int32) {
        let metrics = DriftMetrics(
            time: report.time, signal: report.signal, detector: report.detector,
            window: Int(report.last - report.first + 1), statistic: report.statistic, threshold: report.threshold,
            drift: report.drift, warning: report.warning, records: report.last,
            values: [DriftMetrics.Value("values", Double(report.records))]
                + report.metrics.map { DriftMetrics.Value($0.name, $0.value) })
        signal = report.signal
        detector = report.detector
        isAlert = report.isAlert
        record = report.last
        timestamp = report.time
        guard report.isAlert else {
            value = DriftRecordEncoder.encode(metrics)
            headers = []
            return
        }
        // A label's offset is one of another topic, and one record can end many waits.
        let cause = report.label.map { "label-\($0)" } ?? "\(report.offset)"
        let alert = DriftAlert(
            id: "\(pipeline)-\(partition)-\(cause)-\(report.signal)-\(report.detector ?? "")",
            source: "/millrace/\(pipeline)/\(partition)", metrics: metrics)
        let encoded = DriftRecordEncoder.encode(alert)
        value = encoded.value
        headers = encoded.headers.map { Header(name: $0.name, value: $0.value) }
    }

    /// Encodes that a gap was passed over, before the input that comes after `consumed` others.
    /// - Parameter time: milliseconds since 1970, from that input.
    init(_ gap: InputGap, pipeline: String, time: Int64, consumed: UInt64) {
        let notice = InputGapNotice(
            time: time, pipeline: pipeline, topic: gap.topic, partition: gap.partition, from: gap.from.rawValue,
            to: gap.to.rawValue, records: consumed)
        let encoded = notice.encoded()
        signal = InputGapNotice.signal
        detector = nil
        isAlert = false
        record = consumed + 1
        timestamp = time
        value = encoded.value
        headers = encoded.headers.map { Header(name: $0.name, value: $0.value) }
    }
}
