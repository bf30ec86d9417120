import RecordCodecs
import Records
import Settings
import Snapshots
import StreamTasks

/// What an uninterrupted run of the same inputs leaves behind, by tasks that know no broker.
struct ExpectedDelivery {
    /// One prediction for each accepted input, by input.
    var predictions: [String: SeenRecord.Content] = [:]
    /// One dead letter for each refused input, by input.
    var deadLetters: [String: SeenRecord.Content] = [:]
    /// Drift records, and how often each is due.
    var drift: [SeenRecord.Content: Int] = [:]
    var states: [Int32: FinalState] = [:]

    init(_ settings: PipelineSettings, inputs: [SeenRecord]) throws {
        for (partition, records) in Dictionary(grouping: inputs, by: \.partition) {
            let ordered = records.sorted { $0.offset < $1.offset }
            var driver = try TaskDriver(settings, partition: partition)
            for record in ordered { driver.pipe(record) }
            collect(driver.sink, of: ordered)
            let snapshot = try SnapshotFormat.decode(
                SnapshotFormat.encode(driver.task.snapshot(writtenAt: 0)))
            states[partition] = FinalState(snapshot, partition: partition)
        }
    }

    private mutating func collect(_ sink: CollectingSink, of records: [SeenRecord]) {
        let byOffset = Dictionary(uniqueKeysWithValues: records.map { ($0.offset, $0) })
        for output in sink.predictions {
            guard let input = byOffset[output.offset] else { continue }
            predictions[input.place] = SeenRecord.Content(
                key: input.content.key, value: output.value, timestamp: max(output.timestamp, 0),
                headers: input.outputHeaders)
        }
        for letter in sink.deadLetters {
            guard let input = byOffset[letter.offset] else { continue }
            let reason = DeadLetterHeaders.headers(
                topic: input.topic, partition: input.partition, offset: input.offset, stage: "decode",
                reason: letter.reason)
            let headers = reason.map { ($0.name, Array($0.value.utf8)) } + input.outputHeaders.map { ($0, $1) }
            deadLetters[input.place] = SeenRecord.Content(
                key: input.content.key, value: letter.value, timestamp: max(input.content.timestamp, 0),
                headers: input.content.headers.merging(headers) { $1 })
        }
        for output in sink.drift {
            // The input's number within the task, from 1: every record counts, refused ones too.
            let input = records[Int(output.record) - 1]
            let headers = output.headers.map { ($0.name, Array($0.value.utf8)) }
            let content = SeenRecord.Content(
                key: Array(output.signal.utf8), value: output.value, timestamp: max(output.timestamp, 0),
                headers: input.outputHeaders.merging(headers) { $1 })
            drift[content, default: 0] += 1
        }
    }
}

extension SeenRecord {
    /// What every record made from this one carries.
    fileprivate var outputHeaders: [String: [UInt8]] {
        var headers = ["millrace-input": Array(place.utf8)]
        headers["traceparent"] = content.headers["traceparent"]
        return headers
    }
}

extension TaskDriver {
    /// Pipes a record in at its own offset: offsets have gaps.
    fileprivate mutating func pipe(_ record: SeenRecord) {
        Self.withView(of: record.content.key) { key in
            Self.withView(of: record.content.value) { value in
                pipe(
                    InputRecord(
                        key: key, value: value, timestamp: record.content.timestamp, partition: record.partition,
                        offset: record.offset))
            }
        }
    }

    private static func withView(of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBytes(body)
    }
}
