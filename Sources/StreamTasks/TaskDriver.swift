package import RecordCodecs
package import Records
package import Settings
package import Snapshots

/// Runs one task without a broker: records are piped in, and what it wrote is read out. For tests, `millrace evaluate` and
/// anyone who wants to know what a pipeline does with a record.
package struct TaskDriver: ~Copyable {
    package var task: StreamTask
    package var sink = CollectingSink()
    private var offset: Int64

    package init(_ settings: PipelineSettings, partition: Int32 = 0, startingAt offset: Int64 = 0) throws {
        task = try StreamTask(settings, partition: partition, position: NextOffset(offset))
        self.offset = offset
    }

    /// Pipes one record in at the next offset.
    package mutating func pipe(_ value: [UInt8]?, key: [UInt8]? = nil, timestamp: Int64 = -1) {
        Self.withView(of: value) { value in
            Self.withView(of: key) { key in
                pipe(
                    InputRecord(
                        key: key, value: value, timestamp: timestamp, partition: task.partition, offset: offset))
            }
        }
    }

    package mutating func pipe(_ text: String, key: String? = nil, timestamp: Int64 = -1) {
        pipe(Array(text.utf8), key: key.map { Array($0.utf8) }, timestamp: timestamp)
    }

    package mutating func pipe(_ record: InputRecord) {
        task.process(record, into: &sink)
        offset = record.offset + 1
    }

    /// Hands over a message of another task, as `takeMix` has it.
    @discardableResult
    package mutating func mix(_ message: [UInt8]?, from partition: Int32, offset: Int64) -> MixError? {
        guard let message else { return task.takeMix(nil, from: partition, offset: offset) }
        return message.withUnsafeBytes { task.takeMix($0, from: partition, offset: offset) }
    }

    /// Pipes one record of the labels partition in, at its next offset.
    package mutating func label(_ value: [UInt8]?, key: [UInt8]? = nil, timestamp: Int64 = -1) {
        let offset = task.labelPosition.rawValue
        Self.withView(of: value) { value in
            Self.withView(of: key) { key in
                label(
                    InputRecord(
                        key: key, value: value, timestamp: timestamp, partition: task.partition, offset: offset))
            }
        }
    }

    package mutating func label(_ text: String, key: String? = nil, timestamp: Int64 = -1) {
        label(Array(text.utf8), key: key.map { Array($0.utf8) }, timestamp: timestamp)
    }

    package mutating func label(_ record: InputRecord) {
        var record = record
        record.input = .labels
        task.takeLabel(record, into: &sink)
    }

    /// Takes a snapshot's state over and goes on where it stands.
    package mutating func restore(_ snapshot: Snapshot) throws(StateError) {
        try task.restore(snapshot)
        offset = task.position.rawValue
    }

    private static func withView(of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBytes(body)
    }
}

/// Keeps everything that a task writes.
package struct CollectingSink: OutputSink {
    package struct Output: Sendable, Equatable {
        package var value: [UInt8]
        package var offset: Int64
        package var timestamp: Int64
        package var text: String { String(decoding: value, as: UTF8.self) }
    }

    package struct DeadLetter: Sendable {
        package var value: [UInt8]?
        package var offset: Int64
        package var input: InputKind
        package var reason: DecodeReason
        package var stage: String
    }

    package var predictions: [Output] = []
    package var drift: [DriftOutput] = []
    package var deadLetters: [DeadLetter] = []
    /// Messages to the other tasks.
    package var mixes: [[UInt8]] = []

    package init() {}

    package var isSilent: Bool { false }

    package mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {
        predictions.append(Output(value: [UInt8](value), offset: record.offset, timestamp: timestamp))
    }

    package mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) { drift.append(output) }

    package mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {
        deadLetters.append(
            DeadLetter(
                value: record.value.map { [UInt8]($0) }, offset: record.offset, input: record.input, reason: reason,
                stage: "\(stage)"))
    }

    package mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {
        mixes.append([UInt8](message))
    }
}
