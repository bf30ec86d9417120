import KafkaClient
import Records
import TestSupport
import Snapshots
import StreamTasks
import TestSupport

let journal = TopicPartition(topic: "sample.journal", partition: 0)
let features = TopicPartition(topic: "sample.features", partition: 0)
let mixes = TopicPartition(topic: "sample.mix", partition: 1)

/// A task that only notes what it consumes, live: batches of two inputs in a random order, and commits at random.
///
/// The offsets have holes, as transaction markers leave them.
struct RecordedRun {
    struct Taken: Equatable {
        var input: TopicPartition
        var offset: Int64
    }

    /// The inputs' offsets.
    var records: [TopicPartition: [Int64]] = [features: [], mixes: []]
    /// What was consumed, in order.
    var consumed: [Taken] = []
    var entries: [JournalEntry] = []
    /// The standing after each entry; the first is before any.
    var standings: [JournalStanding] = []

    init(seed: UInt64, batches: Int) throws {
        var random = SplitMix64(seed: seed)
        var next: [TopicPartition: Int64] = [features: 100, mixes: 5]
        var positions = next.mapValues { NextOffset($0) }
        var recorder = JournalRecorder(after: .none, writer: 1)
        standings = [JournalStanding(mark: .none, records: 0, positions: positions)]
        for batch in 0..<batches {
            let input = Int.random(in: 0..<3, using: &random) == 0 ? mixes : features
            let from = positions[input, default: NextOffset(0)]
            var to = from
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let offset = next[input, default: 0] + (Int.random(in: 0..<4, using: &random) == 0 ? 2 : 0)
                records[input, default: []].append(offset)
                consumed.append(Taken(input: input, offset: offset))
                next[input] = offset + 1
                to = NextOffset(after: offset)
            }
            recorder.consumed(input, from: from, to: to)
            positions[input] = to
            guard batch == batches - 1 || Int.random(in: 0..<4, using: &random) == 0 else { continue }
            guard let entry = recorder.takeEntry(records: UInt64(consumed.count)) else { continue }
            entries.append(entry)
            standings.append(
                JournalStanding(mark: entry.mark, records: UInt64(consumed.count), positions: positions))
        }
    }

    /// The chain from one standing over the entries up to another one.
    func chain(from start: Int, to end: Int) throws(JournalError) -> JournalChain {
        var chain = JournalChain(journal, from: standings[start])
        // One before, as a snapshot's journal position may lie before its entry.
        for index in max(start - 1, 0)..<end { try chain.append(entries[index], at: Int64(index)) }
        return chain
    }
}

/// Follows a replay with inputs that arrive in any order; what was taken, in order.
func follow(
    _ replay: JournalReplay, _ records: [TopicPartition: [Int64]], records consumed: UInt64,
    using random: inout SplitMix64
) throws -> [RecordedRun.Taken] {
    var replay = replay
    var taken: [RecordedRun.Taken] = []
    var cursors = [Int](repeating: 0, count: replay.inputs.count)
    while !replay.isLive {
        let input = Int.random(in: 0..<replay.inputs.count, using: &random)
        let offsets = records[replay.inputs[input]] ?? []
        guard cursors[input] < offsets.count else {
            if replay.nextInput == input { throw replay.missing(next: NextOffset(after: offsets.last ?? -1)) }
            continue
        }
        let offset = offsets[cursors[input]]
        switch try replay.admit(input, offset: offset) {
        case .skip: cursors[input] += 1
        case .wait, .live: continue
        case .take:
            cursors[input] += 1
            taken.append(RecordedRun.Taken(input: replay.inputs[input], offset: offset))
            try replay.took(input, offset: offset, consumed: consumed + UInt64(taken.count))
        }
    }
    return taken
}
