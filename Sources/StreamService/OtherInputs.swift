internal import Foundation
internal import KafkaClient
internal import Records
internal import Settings
internal import StreamTasks

/// Reads, for one worker, what its live tasks consume beside their features: the mix topic, whose messages go to all tasks, each
/// of which takes what it hasn't consumed, and each task's own partition of the labels topic.
///
/// It also reads the journal's partitions of these tasks, of which only the positions are of use: a snapshot says from
/// where on whoever restores it has to read. It belongs to the worker's thread; what isn't taken stays in librdkafka's
/// bounded queues.
final class OtherInputs {
    private let reader: ManualReader
    private let topics: TopicNames
    private var runners: [TaskRunner] = []
    /// The partitions of the first lane by the slots of their records: of the mix topic and the journal.
    private var places: [RecordPosition] = []
    /// Of each task, whether the end of its labels was met, and nothing after it.
    private var labelsEnded: [Bool] = []
    private var lastRead = -Double.infinity
    /// Says of a message that a task has refused, the first of each partition.
    private let onRefused: (RecordPosition, MixError) -> Void
    private var refused: Set<Int32> = []

    /// As many records as are taken at once.
    private static let batchSize = 1_024
    /// Seconds between two looks. Each look ends the features' run in the journal: it must not be made at every batch.
    private static let pause = 0.005
    private static let brokerTimeout: Int32 = 60_000

    init(
        _ settings: PipelineSettings, log: @escaping @Sendable (ClientLog) -> Void,
        onRefused: @escaping (RecordPosition, MixError) -> Void
    ) throws(KafkaError) {
        self.onRefused = onRefused
        topics = settings.topics
        reader = try ManualReader(properties: settings.readerProperties, capacity: Self.batchSize, log: log)
        // So that the client knows the brokers of its partitions by the time it reads them: it would ask a second later.
        let mix = settings.mix == nil ? nil : topics.mix
        for topic in [mix, topics.labels, topics.journal].compactMap({ $0 }) {
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

    /// Reads from the earliest position that any task needs: in the first lane what all share, then a lane for each task's labels.
    private func begin() throws(KafkaError) {
        var needed: [TopicPartition: NextOffset] = [:]
        var lanes: [[RecordPosition]] = [[]]
        for runner in runners {
            let own = runner.otherPositions
            for position in own where position.topic != topics.labels {
                let place = TopicPartition(topic: position.topic, partition: position.partition)
                needed[place] = min(needed[place] ?? position.next, position.next)
            }
            lanes.append(own.filter { $0.topic == topics.labels })
        }
        places = needed.sorted { $0.key < $1.key }.map {
            RecordPosition(topic: $0.key.topic, partition: $0.key.partition, next: $0.value)
        }
        lanes[0] = places
        labelsEnded = Array(repeating: topics.labels == nil, count: runners.count)
        try reader.assign(lanes)
    }

    /// Hands over what has come, without waiting.
    /// - Throws: what doesn't pass by itself.
    func read(now: Double, into sink: inout KafkaSink) throws(KafkaError) {
        guard now - lastRead >= Self.pause, !runners.isEmpty else { return }
        lastRead = now
        try reader.consume(timeoutMilliseconds: 0) { batch throws(KafkaError) in
            // By partition, so that one look makes one run of each.
            for slot in places.indices {
                for index in 0..<batch.count where batch.slot(index) == slot { try take(batch, index, into: &sink) }
            }
        }
        for place in runners.indices where topics.labels != nil {
            runners[place].pace?.look(before: nil)
            try readLabels(at: place, waitMilliseconds: 0, into: &sink)
        }
        if let error = reader.takeError() { throw error }
    }

    // MARK: Labels

    /// Hands over the labels that come before a features record of `runner`, where it is time to look for them.
    /// - Returns: false where the broker hasn't said yet whether there are any: ask again, in a while.
    func readLabels(
        of runner: TaskRunner, before time: Int64, waitMilliseconds: Int32, into sink: inout KafkaSink
    ) throws(KafkaError) -> Bool {
        guard let place = runners.firstIndex(where: { $0 === runner }) else { return true }
        runner.pace?.look(before: time)
        return try readLabels(at: place, waitMilliseconds: waitMilliseconds, into: &sink)
    }

    @discardableResult
    private func readLabels(
        at place: Int, waitMilliseconds: Int32, into sink: inout KafkaSink
    ) throws(KafkaError) -> Bool {
        let runner = runners[place]
        let taken = try reader.take(lane: 1 + place, timeoutMilliseconds: waitMilliseconds) {
            batch, index throws(KafkaError) in
            switch batch.kind(index) {
            case .record:
                let record = batch.record(index)
                guard runner.pace?.allows(record.timestamp) ?? true, !sink.isStalled else { return false }
                labelsEnded[place] = false
                runner.take(record, of: topics.labels ?? "", into: &sink)
            case .endOfPartition:
                labelsEnded[place] = true
                runner.reachLabelsEnd(at: NextOffset(batch.offset(index)))
            case .error:
                if let error = batch.error(index), error.disposition != .retry { throw error }
            }
            return true
        }
        return taken == .left || labelsEnded[place]
    }

    // MARK: The other tasks' messages

    private func take(
        _ batch: borrowing RecordBatch, _ index: Int, into sink: inout KafkaSink
    ) throws(KafkaError) {
        let slot = batch.slot(index)
        switch batch.kind(index) {
        case .record:
            if places[slot].topic == topics.mix {
                let record = batch.record(index)
                for runner in runners {
                    if let refusal = runner.take(record, of: topics.mix, into: &sink) { note(refusal, at: record) }
                }
            } else {
                reached(NextOffset(after: batch.offset(index)), ofJournal: places[slot].partition)
            }
        case .endOfPartition:
            if places[slot].topic != topics.mix {
                reached(NextOffset(batch.offset(index)), ofJournal: places[slot].partition)
            }
        case .error:
            if let error = batch.error(index), error.disposition != .retry { throw error }
        }
    }

    private func note(_ refusal: MixError, at record: InputRecord) {
        guard refused.insert(record.partition).inserted else { return }
        onRefused(
            RecordPosition(topic: topics.mix, partition: record.partition, next: NextOffset(record.offset)), refusal)
    }

    private func reached(_ next: NextOffset, ofJournal partition: Int32) {
        runners.first { $0.partition.partition == partition }?.journalReached(next)
    }

    func close() { reader.close(deadlineMilliseconds: 2_000) }
}
