import Records
import Settings
import Snapshots
import StreamTasks
import StreamTestSupport
import TestSupport
import Testing

/// Tasks with late labels, cut anywhere, and snapshots that can't be.
@Suite struct LabelRestoreTests {
    private static func settings(_ more: String = "", labels: String = "") throws -> PipelineSettings {
        try SampleSettings.binary(
            """
            topics.labels: sample.labels
            labels: {wait: 20s, pending: 120, early: 20, answered: 100, memory: 65536\(labels)}
            \(more)
            """)
    }

    private func feed(_ driver: inout TaskDriver, _ events: some Sequence<LabelFaults.Event>) {
        for event in events {
            if event.isLabel {
                driver.label(
                    event.value.map { Array($0.utf8) }, key: Array(event.key.utf8), timestamp: event.timestamp)
            } else {
                driver.pipe(event.value ?? "", key: event.key, timestamp: event.timestamp)
            }
        }
    }

    @Test(arguments: [
        ("", ""), (", corrected: learn, expired: negative", "learning: {batch: 7}"),
        (", join: key", "evaluation.window: 10s"),
    ])
    func `wherever it is cut, a task with late labels goes on from a snapshot byte for byte`(
        labels: String, more: String
    ) throws {
        let settings = try Self.settings(more, labels: labels)
        let seed = UInt64.random(in: 0...UInt64.max)
        print("late labels: seed \(seed)")
        var faults = LabelFaults(seed: seed, prefix: "e")
        let events = faults.next(records: 900)
        var whole = try TaskDriver(settings)
        for event in events {
            feed(&whole, [event])
            #expect(whole.task.labelsAddUp == true, "seed \(seed)")
        }
        let counted = whole.task.labelCounters
        let counters = try #require(counted)
        // After a negative every label is a second one; tombstones come after records, and places are enough.
        let never = ["replaced", "revoked", "unkeyed", "evicted"] + (labels.contains("negative") ? ["late"] : [])
        for (name, count) in counters.named where !never.contains(name) {
            #expect(count > 0, "\(name), seed \(seed)")
        }
        var random = SplitMix64(seed: seed)
        for cut in (0..<12).map({ _ in Int.random(in: 0...events.count, using: &random) }) + [0, events.count] {
            var first = try TaskDriver(settings)
            feed(&first, events[..<cut])
            let snapshot = try SnapshotFormat.decode(SnapshotFormat.encode(first.task.snapshot(writtenAt: 5)))
            var second = try TaskDriver(settings)
            try second.restore(snapshot)
            let isRestored = second.task.snapshot(writtenAt: 5) == first.task.snapshot(writtenAt: 5)
            #expect(isRestored, "cut at \(cut), seed \(seed)")
            feed(&second, events[cut...])
            let isSame = second.task.snapshot(writtenAt: 0) == whole.task.snapshot(writtenAt: 0)
            #expect(isSame, "cut at \(cut), seed \(seed)")
            let predicts = whole.sink.predictions.suffix(second.sink.predictions.count)
                .elementsEqual(second.sink.predictions)
            #expect(predicts, "cut at \(cut), seed \(seed)")
        }
    }

    @Test func `a silent replay leaves the same state`() throws {
        let settings = try Self.settings()
        var faults = LabelFaults(seed: 41, prefix: "e")
        let events = faults.next(records: 400)
        var live = try TaskDriver(settings)
        feed(&live, events)
        var task = try StreamTask(settings, partition: 0, position: NextOffset(0))
        var sink = SilentSink()
        for event in events {
            let offset = event.isLabel ? task.labelPosition.rawValue : task.position.rawValue
            let topic = event.isLabel ? "sample.labels" : "sample.features"
            Array(event.key.utf8).withUnsafeBytes { key in
                let value = event.value.map { Array($0.utf8) }
                func take(_ value: UnsafeRawBufferPointer?) {
                    let record = InputRecord(
                        key: key, value: value, timestamp: event.timestamp, partition: 0, offset: offset)
                    if event.isLabel {
                        _ = task.take(record, of: topic, into: &sink)
                    } else {
                        task.process(record, into: &sink)
                    }
                }
                if let value { value.withUnsafeBytes { take($0) } } else { take(nil) }
            }
        }
        #expect(task.snapshot(writtenAt: 0) == live.task.snapshot(writtenAt: 0))
    }

    @Test func `a snapshot that no task can have written is refused, and nothing traps`() throws {
        let settings = try Self.settings()
        var faults = LabelFaults(seed: 42, prefix: "e")
        var driver = try TaskDriver(settings)
        feed(&driver, faults.next(records: 200))
        let good = driver.task.snapshot(writtenAt: 0)
        let entries = try good.state.counters("labels/entries")
        let bytes = try good.state.bytes("labels/bytes")
        var random = SplitMix64(seed: 43)
        var refused = 0
        for round in 0..<300 {
            var bad = good
            var rows = entries
            var content = bytes
            switch round % 5 {
            case 0: rows[Int.random(in: rows.indices, using: &random)] = random.next()
            case 1: rows[Int.random(in: rows.indices, using: &random)] &+= 1
            case 2: rows.removeLast(Int.random(in: 1...40, using: &random))
            case 3: content.removeLast(Int.random(in: 1...100, using: &random))
            default: rows += rows.suffix(14)
            }
            bad.state.put("labels/entries", counters: rows)
            bad.state.put("labels/bytes", bytes: content)
            var other = try TaskDriver(settings)
            do {
                try other.restore(bad)
                // Some changes are those of another task that could have been.
                feed(&other, faults.next(records: 3))
            } catch { refused += 1 }
        }
        #expect(refused > 200, "\(refused)")
        for name in ["labels/entries", "labels/bytes", "labels/counters", "labels/clock", "labels/delays"] {
            var bad = good
            bad.state.put(name, floats: [1])
            var other = try TaskDriver(settings)
            #expect(throws: StateError.self, "\(name)") { try other.restore(bad) }
        }
    }

    @Test func `a snapshot of a pipeline without late labels is as it was`() throws {
        var driver = try TaskDriver(SampleSettings.binary())
        for record in sampleRecords(50, seed: 44) { driver.pipe(record) }
        let snapshot = driver.task.snapshot(writtenAt: 0)
        #expect(!snapshot.state.names.contains { $0.hasPrefix("labels/") || $0.contains("delay") })
        #expect(snapshot.metadata.positions.map(\.description) == ["sample.features/0@50"])
    }
}
