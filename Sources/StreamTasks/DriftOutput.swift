internal import RecordCodecs
internal import Records

/// One record for the drift topic: a window's metrics, or, with CloudEvents headers, an alert, a recovery or a gap in the
/// input.
package struct DriftOutput: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case window
        case alert
        case recovery
        case gap
    }

    package var kind: Kind
    /// The watched signal, or `input` for a gap; the record's key.
    package var signal: String
    /// Nil where no detector watches the signal.
    package var detector: String?
    /// The input's number within the task, from 1.
    package var record: UInt64
    package var value: [UInt8]
    package var headers: [Header]
    /// Milliseconds since 1970, from the input.
    package var timestamp: Int64

    package var isAlert: Bool { kind == .alert }

    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String
    }
}

extension DriftOutput {
    /// Encodes a report. Its id and time come from the input, so a replay and a re-send give the same bytes.
    init(_ report: WatchReport) {
        switch report {
        case .window(let window): self.init(window)
        case .alert(let alert, _): self.init(.alert, alert.origin, alert.encoded())
        case .recovery(let recovery, _): self.init(.recovery, recovery.origin, recovery.encoded())
        }
    }

    private init(_ report: DriftReport) {
        let metrics = DriftMetrics(
            time: report.time, signal: report.signal, detector: report.detector,
            window: Int(report.last - report.first + 1), statistic: report.statistic, threshold: report.threshold,
            drift: report.drift, warning: report.warning, records: report.last,
            values: [DriftMetrics.Value("values", Double(report.records))]
                + report.metrics.map { DriftMetrics.Value($0.name, $0.value) })
        kind = .window
        signal = report.signal
        detector = report.detector
        record = report.last
        timestamp = report.time
        value = DriftRecordEncoder.encode(metrics)
        headers = []
    }

    private init(_ kind: Kind, _ origin: DriftOrigin, _ encoded: (headers: [RecordHeader], value: [UInt8])) {
        self.kind = kind
        signal = origin.signal
        detector = origin.detector
        record = origin.records
        timestamp = origin.time
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
        kind = .gap
        signal = InputGapNotice.signal
        detector = nil
        record = consumed + 1
        timestamp = time
        value = encoded.value
        headers = encoded.headers.map { Header(name: $0.name, value: $0.value) }
    }
}
