import KafkaClient
import Records
import Snapshots
import StreamTasks
import TestSupport
import Testing

@Suite struct JournalFaultTests {
    private let run: RecordedRun
    init() throws { run = try RecordedRun(seed: 12, batches: 80) }

    private func problem(_ entries: [JournalEntry], from start: Int = 0) -> JournalError.Problem? {
        var chain = JournalChain(journal, from: run.standings[start])
        do {
            for (index, entry) in entries.enumerated() { try chain.append(entry, at: Int64(index)) }
            return nil
        } catch {
            return error.problem
        }
    }

    @Test func `a dropped entry is found, wherever it was`() {
        for index in run.entries.indices.dropLast() {
            var entries = run.entries
            entries.remove(at: index)
            let allowed = UInt64(index + 1)
            #expect(problem(entries) == .sequence(found: allowed + 1, allowed: allowed...allowed))
        }
    }

    @Test func `a dropped last entry is found by what the group has committed`() throws {
        let last = try #require(run.entries.lastIndex { $0.runs.contains { $0.input == features } })
        let chain = try run.chain(from: 0, to: last)
        let end = try #require(run.standings[last + 1].positions[features])
        let found = try #require(chain.end.positions[features])
        #expect {
            try chain.reach(end, of: features)
        } throws: {
            ($0 as? JournalError)?.problem == .behindCommitted(features, found: found, committed: end)
        }
        try chain.reach(found, of: features)
        try run.chain(from: 0, to: last + 1).reach(found, of: features)
    }

    @Test func `a doubled entry is found, wherever it was`() {
        for index in run.entries.indices {
            var entries = run.entries
            entries.insert(entries[index], at: index)
            let allowed = UInt64(index + 2)
            #expect(problem(entries) == .sequence(found: allowed - 1, allowed: allowed...allowed))
        }
    }

    @Test func `a run that overlaps, leaves out or is of another input is found`() {
        let position = run.entries[4].runs[0].from
        for change in [-1, 1] as [Int64] {
            var entries = run.entries
            entries[4].runs[0].from = NextOffset(position.rawValue + change)
            #expect(problem(entries) == .notContinued(entries[4].runs[0], allowed: position))
        }
        var entries = run.entries
        entries[4].runs[0].input = TopicPartition(topic: "other", partition: 0)
        #expect(
            problem(entries)
                == .unknownInput(TopicPartition(topic: "other", partition: 0), allowed: [features, mixes]))
        entries = run.entries
        entries[4].records = 1
        #expect(problem(entries) == .recordsGoBack(found: 1, before: entries[3].records))
    }

    @Test func `a journal that belongs to another snapshot is found`() {
        var entries = run.entries
        entries[2].records += 1
        #expect(
            problem(Array(entries[2...]), from: 3)
                == .otherSnapshot(found: run.entries[2].records + 1, snapshot: run.entries[2].records))
        #expect(problem(Array(run.entries[4...]), from: 3) == .sequence(found: 5, allowed: 4...4))
    }

    /// What an owner writes that goes on after `standing`: one run a record.
    private func entries(
        after standing: JournalStanding, epoch: UInt64, writer: UInt32, count: Int
    ) -> [JournalEntry] {
        let before = JournalMark(epoch: epoch - 1, writer: 0, sequence: standing.mark.sequence)
        var recorder = JournalRecorder(after: before, writer: writer)
        let position = standing.positions[features]?.rawValue ?? 0
        return (0..<Int64(count)).compactMap { index in
            recorder.consumed(features, from: NextOffset(position + index), to: NextOffset(position + index + 1))
            return recorder.takeEntry(records: standing.records + UInt64(index) + 1)
        }
    }

    @Test func `what an owner wrote after it had lost the task doesn't count`() throws {
        let lost = run.standings[3]
        let old = entries(after: lost, epoch: 1, writer: 1, count: 3)
        let new = entries(after: lost, epoch: 2, writer: 2, count: 4)
        let orders: [[JournalEntry]] = [
            // Too late, after the new owner's first entry.
            [new[0]] + old + new[1...],
            // Before it, but after the new owner had read the journal.
            [old[0], old[1]] + [new[0], old[2]] + new[1...],
            // Of one that took the same epoch and was slower.
            [new[0]] + entries(after: lost, epoch: 2, writer: 7, count: 2) + new[1...],
        ]
        for entries in orders {
            var chain = try run.chain(from: 1, to: 3)
            for (index, entry) in entries.enumerated() { try chain.append(entry, at: Int64(10 + index)) }
            #expect(chain.links.map(\.entry) == run.entries[1..<3] + new)
            #expect(chain.end.mark == JournalMark(epoch: 2, writer: 2, sequence: 7))
            #expect(chain.strays == entries.count - new.count)
        }
    }

    @Test func `a newer owner that goes on before the snapshot, or leaves something out, is refused`() {
        let ahead = entries(after: run.standings[5], epoch: 2, writer: 2, count: 1)
        #expect(problem([run.entries[3]] + ahead, from: 3) == .sequence(found: 6, allowed: 4...5))
        let behind = entries(after: run.standings[2], epoch: 2, writer: 2, count: 1)
        #expect(problem(behind, from: 3) == .sequence(found: 3, allowed: 4...4))
    }

    @Test func `records that retention has taken are found, at a run's end and inside of it`() throws {
        var random = SplitMix64(seed: 5)
        let chain = try run.chain(from: 2, to: run.entries.count)
        let start = try #require(chain.start.positions[features])
        let needed = (run.records[features] ?? []).filter { NextOffset($0) >= start }
        for gone in 1...needed.count {
            var records = run.records
            records[features]?.removeAll { $0 <= needed[gone - 1] }
            let error = #expect(throws: JournalError.self, "\(gone) gone") {
                try follow(JournalReplay(chain), records, records: chain.start.records, using: &random)
            }
            switch error?.problem {
            case .missingRecords(let run, _): #expect(run.input == features)
            case .otherRecords(let found, let written): #expect(found < written)
            default: Issue.record("\(gone) gone: \(String(describing: error))")
            }
        }
    }

    @Test func `an allowed gap is passed over, and everything after it is followed in its order`() throws {
        var random = SplitMix64(seed: 6)
        let chain = try run.chain(from: 2, to: run.entries.count)
        let start = try #require(chain.start.positions[features])
        let needed = (run.records[features] ?? []).filter { NextOffset($0) >= start }
        for gone in 1...needed.count {
            let low = NextOffset(after: needed[gone - 1])
            var records = run.records
            records[features]?.removeAll { NextOffset($0) < low }
            var replay = JournalReplay(chain)
            replay.skip(features, to: low)
            let taken = try follow(replay, records, records: chain.start.records, using: &random)
            let expected = run.consumed[Int(chain.start.records)...].filter {
                $0.input != features || NextOffset($0.offset) >= low
            }
            #expect(taken == expected, "\(gone) gone")
        }
    }
}
