internal import Foundation
internal import KafkaClient
internal import Records
internal import Settings
internal import StreamTasks

/// Reads the mix topic for one worker, and hands each message to all of its live tasks; each takes what it hasn't consumed.
///
/// It also reads the journal's partitions of these tasks, of which only the positions are of use: a snapshot says from
/// where on whoever restores it has to read. It belongs to the worker's thread and never makes it wait for a record; what
/// isn't taken stays in librdkafka's bounded queues.
final class MixReader {
    private let reader: ManualReader
    private let topic: String
    private var runners: [TaskRunner] = []
    /// The partitions by the slots of their records.
    private var places: [RecordPosition] = []
    private var lastRead = -Double.infinity
    /// Says of a message that a task has refused, the first of each partition.
    private let onRefused: (RecordPosition, MixError) -> Void
    private var refused: Set<Int32> = []

    /// As many messages as are taken at once.
    private static let batchSize = 1_024
    /// Seconds between two looks. Each look ends the features' run in the journal: it must not be made at every batch.
    private static let pause = 0.005
    private static let brokerTimeout: Int32 = 60_000

    init(
        _ settings: PipelineSettings, log: @escaping @Sendable (ClientLog) -> Void,
        onRefused: @escaping (RecordPosition, MixError) -> Void
    ) throws(KafkaError) {
        self.onRefused = onRefused
        topic = settings.topics.mix
        reader = try ManualReader(properties: settings.readerProperties, capacity: Self.batchSize, log: log)
        // So that the client knows the brokers of its partitions by the time it reads them: it would ask a second later.
        for topic in [settings.topics.mix, settings.topics.journal] {
            _ = try reader.watermarks(
                TopicPartition(topic: topic, partition: 0), timeoutMilliseconds: Self.brokerTimeout)
        }
    }

    /// Takes a live task in. Where it has consumed less than the others, reading goes back; they pass over what they have.
    func join(_ runner: TaskRunner) throws(KafkaError) {
        runners.append(runner)
        try begin()
    }

    func leave(_ leaving: [TaskRunner]) throws(KafkaError) {
        let count = runners.count
        runners.removeAll { runner in leaving.contains { $0 === runner } }
        if runners.count < count { try begin() }
    }

    /// Reads from the earliest position that any task needs.
    private func begin() throws(KafkaError) {
        var needed: [TopicPartition: NextOffset] = [:]
        for runner in runners {
            for position in runner.otherPositions {
                let place = TopicPartition(topic: position.topic, partition: position.partition)
                needed[place] = min(needed[place] ?? position.next, position.next)
            }
        }
        places = needed.sorted { $0.key < $1.key }.map {
            RecordPosition(topic: $0.key.topic, partition: $0.key.partition, next: $0.value)
        }
        try reader.assign([places])
    }

    /// Hands over what has come, without waiting.
    /// - Throws: what doesn't pass by itself.
    func read(now: Double) throws(KafkaError) {
        guard now - lastRead >= Self.pause, !runners.isEmpty else { return }
        lastRead = now
        try reader.consume(timeoutMilliseconds: 0) { batch throws(KafkaError) in
            // By partition, so that one look makes one run of each.
            for slot in places.indices {
                for index in 0..<batch.count where batch.slot(index) == slot { try take(batch, index) }
            }
        }
        if let error = reader.takeError() { throw error }
    }

    private func take(_ batch: borrowing RecordBatch, _ index: Int) throws(KafkaError) {
        let slot = batch.slot(index)
        switch batch.kind(index) {
        case .record:
            if places[slot].topic == topic {
                let record = batch.record(index)
                for runner in runners {
                    if let refusal = runner.takeMix(record, of: topic) { note(refusal, at: record) }
                }
            } else {
                reached(NextOffset(after: batch.offset(index)), ofJournal: places[slot].partition)
            }
        case .endOfPartition:
            if places[slot].topic != topic {
                reached(NextOffset(batch.offset(index)), ofJournal: places[slot].partition)
            }
        case .error:
            if let error = batch.error(index), error.disposition != .retry { throw error }
        }
    }

    private func note(_ refusal: MixError, at record: InputRecord) {
        guard refused.insert(record.partition).inserted else { return }
        onRefused(
            RecordPosition(topic: topic, partition: record.partition, next: NextOffset(record.offset)), refusal)
    }

    private func reached(_ next: NextOffset, ofJournal partition: Int32) {
        runners.first { $0.partition.partition == partition }?.journalReached(next)
    }

    func close() { reader.close(deadlineMilliseconds: 2_000) }
}
