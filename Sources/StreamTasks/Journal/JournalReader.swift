internal import Foundation
package import KafkaClient
package import Records
package import Snapshots

/// Reads tasks' partitions of the journal topic, from their snapshots on to its end. Blocks the thread, and belongs to it.
package final class JournalReader {
    /// What was read, and the position behind it.
    package struct Reading: Sendable {
        package var chain: JournalChain
        package var next: Int64
    }

    private let properties: [String: String]
    private let log: ClientLogger
    private var opened: ManualReader?
    /// How many seconds may pass until the journal reaches what the group has committed: as long as the broker may take to
    /// end a transaction of a process that died.
    private let patience: Double

    private static let brokerTimeout: Int32 = 30_000
    private static let newest: Int64 = 1_000

    package init(properties: [String: String], patience: Double, log: @escaping ClientLogger) {
        self.properties = properties
        self.patience = patience
        self.log = log
    }

    /// What a task that begins anew has to know of the journal that others have left: its end, and a mark before the new
    /// task's first entry whose epoch none of theirs is above.
    package func beginning(of journal: TopicPartition) throws -> (mark: JournalMark, next: Int64) {
        let reader = try reader()
        let marks = try reader.watermarks(journal, timeoutMilliseconds: Self.brokerTimeout)
        var epoch: UInt64 = 0
        // The newest ones are of the newest owner, but for a few of one that had lost the task.
        var position = max(marks.low, marks.high - Self.newest)
        try readAll(journal, from: &position, with: reader) { entry, _ in epoch = max(epoch, entry.mark.epoch) }
        return (JournalMark(epoch: epoch, writer: 0, sequence: 0), position)
    }

    /// - Parameters:
    ///   - start: where the snapshot stands.
    ///   - position: from where on the snapshot says that the journal is to be read.
    ///   - committed: what the group has committed of `input`; the entries must lead there.
    /// - Throws: `JournalError` where they don't, or don't follow each other; `KafkaError` with what the broker says.
    package func read(
        _ journal: TopicPartition, from start: JournalStanding, at position: Int64, committed: NextOffset,
        of input: TopicPartition
    ) throws -> Reading {
        let deadline = Date(timeIntervalSinceNow: patience)
        while true {
            let reading = try read(journal, from: start, at: position, with: reader())
            do {
                try reading.chain.reach(committed, of: input)
                return reading
            } catch {
                // The broker marks the end of a transaction in one partition after the other.
                guard deadline.timeIntervalSinceNow > 0 else { throw error }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    private func read(
        _ journal: TopicPartition, from start: JournalStanding, at position: Int64, with reader: ManualReader
    ) throws -> Reading {
        let marks = try reader.watermarks(journal, timeoutMilliseconds: Self.brokerTimeout)
        guard position <= marks.high else {
            throw JournalError(.endedEarlier(high: marks.high, needed: position), journal: journal)
        }
        // What retention has taken is missed only where the snapshot needs it: the chain finds that out.
        var reading = Reading(chain: JournalChain(journal, from: start), next: max(position, marks.low))
        var next = reading.next
        try readAll(journal, from: &next, with: reader) { entry, offset in
            try reading.chain.append(entry, at: offset)
        }
        reading.next = next
        return reading
    }

    /// Reads from a position to the present end, where the position then stands.
    private func readAll(
        _ journal: TopicPartition, from position: inout Int64, with reader: ManualReader,
        _ body: (JournalEntry, _ offset: Int64) throws -> Void
    ) throws {
        try reader.assign([
            [RecordPosition(topic: journal.topic, partition: journal.partition, next: NextOffset(position))]
        ])
        var deadline = Date(timeIntervalSinceNow: patience)
        var isOver = false
        while !isOver {
            let taken = try reader.consume(timeoutMilliseconds: 100) { batch in
                for index in 0..<batch.count where !isOver {
                    isOver = try Self.take(batch, index, of: journal, &position, body)
                }
            }
            if taken > 0 { deadline = Date(timeIntervalSinceNow: patience) }
            if let error = reader.takeError() { throw error }
            guard isOver || deadline.timeIntervalSinceNow > 0 else {
                throw JournalError(.silent(at: position, seconds: patience), journal: journal)
            }
        }
    }

    /// - Returns: whether that was the end.
    private static func take(
        _ batch: borrowing RecordBatch, _ index: Int, of journal: TopicPartition, _ position: inout Int64,
        _ body: (JournalEntry, _ offset: Int64) throws -> Void
    ) throws -> Bool {
        switch batch.kind(index) {
        case .endOfPartition:
            position = max(position, batch.offset(index))
            return true
        case .error:
            if let error = batch.error(index), error.disposition != .retry { throw error }
            return false
        case .record:
            let record = batch.record(index)
            guard record.offset >= position else { return false }
            let entry = try JournalEntry(
                decoding: record.value.map(Array.init), journal: journal, offset: record.offset)
            try body(entry, record.offset)
            position = record.offset + 1
            return false
        }
    }

    /// What is needed to replay a task's other inputs; nil where the replay needs none.
    package func source(for replay: JournalReplay, beside features: TopicPartition) throws(KafkaError) -> ReplaySource?
    {
        let inputs = replay.needed.subtracting([features]).sorted()
        guard !inputs.isEmpty else { return nil }
        return try ReplaySource(replay, inputs: inputs, properties: properties, patience: patience, log: log)
    }

    private func reader() throws(KafkaError) -> ManualReader {
        if let opened { return opened }
        let reader = try ManualReader(properties: properties, capacity: 256, log: log)
        opened = reader
        return reader
    }

    package func close() {
        opened?.close(deadlineMilliseconds: 2_000)
        opened = nil
    }
}
