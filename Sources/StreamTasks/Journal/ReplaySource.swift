internal import Foundation
package import KafkaClient
package import Records

/// The inputs of one replaying task beside its features partition: read one record at a time, of the input that the
/// journal names next, so that nothing has to be kept. Made where partitions are assigned, used by one worker, blocking. It
/// belongs to one thread at a time.
package final class ReplaySource: @unchecked Sendable {
    private let reader: ManualReader
    /// The place of each input's lane.
    private let lanes: [TopicPartition: Int]
    /// How many seconds may pass without the record that must be there.
    private let patience: Double

    private static let brokerTimeout: Int32 = 30_000

    /// - Parameter inputs: those that the replay needs.
    package init(
        _ replay: JournalReplay, inputs: [TopicPartition], properties: [String: String], patience: Double,
        log: @escaping ClientLogger
    ) throws(KafkaError) {
        self.patience = patience
        lanes = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ($1, $0) })
        reader = try ManualReader(properties: properties, capacity: 1, log: log)
        var positions: [[RecordPosition]] = []
        for input in inputs {
            let needed = replay.position(of: input)?.rawValue ?? 0
            // What retention has taken may never have been consumed; what was, is missed when its turn comes.
            let low = try reader.watermarks(input, timeoutMilliseconds: Self.brokerTimeout).low
            positions.append([
                RecordPosition(topic: input.topic, partition: input.partition, next: NextOffset(max(needed, low)))
            ])
        }
        try reader.assign(positions)
    }

    /// How a wait for one record ended.
    package enum Outcome: Equatable, Sendable {
        case read
        /// The input ends at or after the run's end, and the run's last record didn't come.
        case end(NextOffset)
        /// Whoever wants the task back can't wait any longer.
        case over
        /// Neither a record nor an end.
        case silent(seconds: Double)
    }

    /// Waits for the next record of a run's input, and hands it over.
    /// - Throws: `KafkaError` as the broker says; what `body` throws.
    package func next(
        of run: InputRun, isOver: () -> Bool, _ body: (InputRecord) throws -> Void
    ) throws -> Outcome {
        guard let lane = lanes[run.input] else { return .silent(seconds: 0) }
        let deadline = Date(timeIntervalSinceNow: patience)
        var outcome: Outcome?
        while true {
            try reader.consume(lane: lane, max: 1, timeoutMilliseconds: 50) { batch in
                switch batch.kind(0) {
                case .record:
                    try body(batch.record(0))
                    outcome = .read
                case .endOfPartition:
                    // An end before the run's may be that of a transaction which is still open.
                    let end = NextOffset(batch.offset(0))
                    if end >= run.to { outcome = .end(end) }
                case .error:
                    if let error = batch.error(0), error.disposition != .retry { throw error }
                }
            }
            if let outcome { return outcome }
            if let error = reader.takeError() { throw error }
            if isOver() { return .over }
            guard deadline.timeIntervalSinceNow > 0 else { return .silent(seconds: patience) }
        }
    }

    /// Ends the client elsewhere than on this thread, which has records to process.
    package func close() { DispatchQueue.global().async { self.reader.close(deadlineMilliseconds: 2_000) } }
}
