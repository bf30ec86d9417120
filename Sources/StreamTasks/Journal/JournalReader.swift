internal import Foundation
package import KafkaClient
package import Records
internal import Snapshots

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

    package init(properties: [String: String], patience: Double, log: @escaping ClientLogger) {
        self.properties = properties
        self.patience = patience
        self.log = log
    }

    /// The journal's present end.
    package func end(of journal: TopicPartition) throws(KafkaError) -> Int64 {
        try reader().watermarks(journal, timeoutMilliseconds: Self.brokerTimeout).high
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
        let first = max(position, marks.low)
        var reading = Reading(chain: JournalChain(journal, from: start), next: first)
        try reader.assign([
            [RecordPosition(topic: journal.topic, partition: journal.partition, next: NextOffset(first))]
        ])
        var deadline = Date(timeIntervalSinceNow: patience)
        var isOver = false
        while !isOver {
            let taken = try reader.consume(timeoutMilliseconds: 100) { batch in
                for index in 0..<batch.count where !isOver { isOver = try Self.take(batch, index, into: &reading) }
            }
            if taken > 0 { deadline = Date(timeIntervalSinceNow: patience) }
            if let error = reader.takeError() { throw error }
            guard isOver || deadline.timeIntervalSinceNow > 0 else {
                throw JournalError(
                    .silent(at: reading.next, seconds: patience), journal: journal)
            }
        }
        return reading
    }

    /// - Returns: whether that was the end.
    private static func take(
        _ batch: borrowing RecordBatch, _ index: Int, into reading: inout Reading
    ) throws -> Bool {
        switch batch.kind(index) {
        case .endOfPartition:
            reading.next = max(reading.next, batch.offset(index))
            return true
        case .error:
            if let error = batch.error(index), error.disposition != .retry { throw error }
            return false
        case .record:
            let record = batch.record(index)
            guard record.offset >= reading.next else { return false }
            let entry = try JournalEntry(
                decoding: record.value.map(Array.init), journal: reading.chain.journal, offset: record.offset)
            try reading.chain.append(entry, at: record.offset)
            reading.next = record.offset + 1
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
