package import RecordCodecs
package import Records

/// Keeps alerts, the first refusal, the message to other tasks and what is asked of the run's history; predictions are only
/// made.
package struct OfflineSink: OutputSink {
    package struct Alert: Sendable {
        package var partition: Int32
        package var output: DriftOutput
    }

    package var alerts: [Alert] = []
    package var firstReason: String?
    /// Messages of all tasks to the others.
    package var mixes = 0
    /// How the predictions fared whose labels came with the last record, in their order.
    package private(set) var judgements: [Judgement] = []
    /// Nil where nobody draws it.
    package private(set) var history: RunHistory?
    private let partitions: Int
    private let target: Target
    private var mix: [UInt8]?

    init(target: Target, partitions: Int, history: RunHistory?) {
        self.target = target
        self.partitions = partitions
        self.history = history
    }

    /// The number in the whole stream, from 1, of a record that was dealt to a partition.
    package func record(partition: Int32, offset: Int64) -> Int { Int(offset) * partitions + Int(partition) + 1 }

    mutating func beginRecord() { judgements.removeAll(keepingCapacity: true) }

    package var isSilent: Bool { false }

    package mutating func emitPrediction(_ value: UnsafeRawBufferPointer, for record: InputRecord, timestamp: Int64) {}

    package mutating func emitDrift(_ output: DriftOutput, for record: InputRecord) {
        if output.isAlert { alerts.append(Alert(partition: record.partition, output: output)) }
    }

    package mutating func emitDeadLetter(for record: InputRecord, reason: DecodeReason, stage: StaticString) {
        guard firstReason == nil else { return }
        let place = record.partition == 0 ? "" : "partition \(record.partition), "
        firstReason = "\(place)record \(record.offset + 1): \(reason.className): \(reason.message)"
    }

    package mutating func emitMix(_ message: UnsafeRawBufferPointer, for record: InputRecord) {
        mixes += 1
        mix = [UInt8](message)
    }

    mutating func takeMix() -> [UInt8]? { mix.take() }

    package mutating func saw(_ observation: Observation, row: UnsafeBufferPointer<Float>, partition: Int32) {
        let number = record(partition: partition, offset: observation.offset)
        history?.add(record: number, score: observation.prediction.score, row: row)
    }

    package mutating func judged(
        _ example: LabelledExample, _ observation: Observation, probabilities: UnsafeBufferPointer<Float>,
        partition: Int32
    ) {
        let number = record(partition: partition, offset: observation.offset)
        judgements.append(Judgement(record: number, example, target: target, probabilities: probabilities))
        history?.add(record: number, example, loss: observation.loss, error: observation.error)
    }
}
