package import RecordCodecs
package import Records

/// Where a task's output goes: to Kafka, to a test, or nowhere while it replays.
///
/// A sink copies what it keeps: the bytes it is handed live until the call returns.
package protocol OutputSink: ~Copyable {
    /// True while the task replays: then nothing is encoded or handed over.
    var isSilent: Bool { get }

    mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64)
    mutating func emitDrift(_ output: DriftOutput, for record: InputRecord)
    mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString)
    /// What the task tells the other tasks of its model, for the task's own partition of the mix topic.
    mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord)

    /// Looks at an accepted record: what was predicted, and its numbers, NaN where one is missing.
    mutating func saw(_ observation: Observation, row: UnsafeBufferPointer<Float>, partition: Int32)
    /// Looks at a prediction whose label has come, as it was made.
    /// - Parameters:
    ///   - observation: with the loss and the error.
    ///   - probabilities: of each class where there are several; else empty.
    mutating func judged(
        _ example: LabelledExample, _ observation: Observation, probabilities: UnsafeBufferPointer<Float>,
        partition: Int32)
}

/// Who only writes has nothing to look at.
extension OutputSink where Self: ~Copyable {
    @inline(__always)
    package mutating func saw(_ observation: Observation, row: UnsafeBufferPointer<Float>, partition: Int32) {}
    @inline(__always)
    package mutating func judged(
        _ example: LabelledExample, _ observation: Observation, probabilities: UnsafeBufferPointer<Float>,
        partition: Int32
    ) {}
}

/// Takes nothing: for replay, and for measuring the engine alone.
package struct SilentSink: OutputSink {
    package init() {}
    package var isSilent: Bool { true }
    package mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {}
    package mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) {}
    package mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {}
    package mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {}
}
