internal import Foundation
package import KafkaClient
package import Records

/// The inputs of one replaying task beside its features partition: read one record at a time, of the input that the
/// journal names next, so that nothing has to be kept. Made where partitions are assigned, used by one worker, blocking.
package final class ReplaySource {
    private let reader: ManualReader
    private let journal: TopicPartition
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
        journal = replay.journal
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

    /// Waits for the next record of the input that `replay` asks for, and hands it over.
    /// - Parameter isOver: whether whoever wants the task back can't wait any longer.
    /// - Returns: false where it was over.
    /// - Throws: `JournalError` where the input ends before the run does, or nothing comes; `KafkaError` as the broker says.
    package func next(
        _ replay: JournalReplay, isOver: () -> Bool, _ body: (InputRecord) throws -> Void
    ) throws -> Bool {
        guard let run = replay.next, let lane = lanes[run.input] else { return true }
        let deadline = Date(timeIntervalSinceNow: patience)
        var isDone = false
        while !isDone {
            try reader.consume(lane: lane, max: 1, timeoutMilliseconds: 50) { batch in
                switch batch.kind(0) {
                case .record:
                    try body(batch.record(0))
                    isDone = true
                case .endOfPartition:
                    let end = NextOffset(batch.offset(0))
                    // An end before the run's may be that of a transaction which is still open.
                    if end >= run.to { throw replay.missing(next: end) }
                case .error:
                    if let error = batch.error(0), error.disposition != .retry { throw error }
                }
            }
            if isDone { break }
            if let error = reader.takeError() { throw error }
            if isOver() { return false }
            guard deadline.timeIntervalSinceNow > 0 else {
                throw JournalError(.silentInput(run, seconds: patience), journal: journal)
            }
        }
        return true
    }

    package func close() { reader.close(deadlineMilliseconds: 2_000) }
}
