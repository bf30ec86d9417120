import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

/// Labels and predictions brought together, without a task or a record.
@Suite struct LabelJoinTests {
    @Test func `a label finds its prediction, with the input and the prediction as they were`() {
        var join = LabelJoin.sample()
        join.predict("e-1", score: 0.25, values: [1, -2], time: 1_000)
        join.predict("e-2", score: 0.75, values: [3, 4], time: 2_000)
        #expect(join.pending == 2)
        let found = join.label("e-1", 1, time: 9_000)
        #expect(found == .init(score: 0.25, classIndex: 0, values: [1, -2], weight: 2, offset: 1))
        #expect(join.pending == 1 && join.counters.matched == 1)
        #expect(join.delays.quantile(0.5).map { abs($0 - 8_000) / 8_000 < 1 / 64.0 } == true)
        #expect(join.addsUp == true)
    }

    @Test func `inputs of any length come back, dense and sparse, whatever ids stand before them`() {
        var random = SplitMix64(seed: 11)
        var join = LabelJoin.sample(shape: InputShape(dense: 3, sparse: 1 << 20, steps: 50), classes: 4)
        var kept: [String: Found] = [:]
        for number in 0..<300 {
            let id = String(repeating: "x", count: Int.random(in: 1...200, using: &random)) + "\(number)"
            let steps = Int.random(in: 1...50, using: &random)
            var found = Found(score: 0.5, classIndex: number % 4, values: [], weight: 2, offset: Int64(number) + 1)
            found.values = (0..<3 * steps).map { _ in Float.random(in: -9...9, using: &random) }
            found.sparse = (0..<Int.random(in: 0...90, using: &random)).map { _ in
                SparseValue(index: UInt32.random(in: 0..<1 << 20, using: &random), value: .random(in: -1...1))
            }
            found.steps = steps
            found.probabilities = (0..<4).map { _ in Float.random(in: 0...1, using: &random) }
            kept[id] = found
            join.predict(id, found, time: Int64(number))
            // Some go at once, so that the blocks of those that follow lie scattered.
            if number % 3 == 0, let old = kept.keys.sorted().first {
                #expect(join.label(old, 0, time: Int64(number)) == kept.removeValue(forKey: old))
            }
        }
        for (id, found) in kept { #expect(join.label(id, 0, time: 400) == found) }
        #expect(join.pending == 0 && join.addsUp)
    }

    @Test func `a label that comes before its record is kept, and meets it`() {
        var join = LabelJoin.sample()
        #expect(join.label("e-1", 1, time: 500) == nil)
        #expect(join.early == 1 && join.addsUp)
        let label = join.predict("e-1", score: 0.5, values: [1, 2], time: 700)
        #expect(label == ArrivedLabel(.classIndex(1), weight: 1, timestamp: 500))
        #expect(join.early == 0 && join.pending == 0 && join.counters.matched == 1 && join.addsUp)
        // The delay of a label that was there before is none.
        #expect(join.delays.quantile(1) == 0)
    }

    @Test func `a second label is a duplicate where it says the same, and counted as a correction where it doesn't`() {
        var join = LabelJoin.sample()
        join.predict("e-1", score: 0.5, values: [1, 2], time: 0)
        #expect(join.label("e-1", 1, time: 1) != nil)
        #expect(join.label("e-1", 1, time: 2) == nil)
        #expect(join.label("e-1", 0, time: 3) == nil)
        #expect(join.label("e-1", 1, time: 4) == nil)
        #expect(join.counters.duplicates == 2 && join.counters.corrected == 1 && join.addsUp)
    }

    @Test func `corrections are learned from the same input where the settings say so`() {
        var join = LabelJoin.sample(LabelSettings(corrected: .learn))
        join.predict("e-1", score: 0.25, values: [7, 8], time: 0)
        let first = join.label("e-1", 1, time: 1)
        #expect(join.label("e-1", 0, time: 2) == first)
        #expect(join.label("e-1", 0, time: 3) == nil)
        #expect(join.label("early", 1, time: 4) == nil)
        #expect(join.label("early", 0, time: 5) == nil)
        #expect(join.predict("early", score: 0.5, values: [1, 2], time: 6)?.label == .classIndex(0))
        #expect(join.counters.corrected == 2 && join.counters.duplicates == 1 && join.addsUp)
    }

    @Test func `a prediction waits as long as the settings say, by event time, and its label is late after that`() {
        var join = LabelJoin.sample(LabelSettings(waitMilliseconds: 1_000))
        join.predict("e-1", score: 0.5, values: [1, 2], time: 10_000)
        join.predict("e-2", score: 0.5, values: [1, 2], time: 10_001)
        #expect(join.pass(11_000).isEmpty && join.pending == 2)
        #expect(join.pass(11_001).isEmpty && join.pending == 1 && join.counters.expired == 1)
        #expect(join.label("e-1", 1, time: 11_001) == nil)
        #expect(join.label("e-2", 1, time: 11_001) != nil)
        #expect(join.counters.late == 1 && join.counters.matched == 1 && join.addsUp)
    }

    @Test func `without its label a prediction is a negative where the settings say so, and a late label corrects it`()
    {
        var join = LabelJoin.sample(
            LabelSettings(waitMilliseconds: 1_000, expired: .negative, corrected: .learn))
        join.predict("e-1", score: 0.9, values: [5, 6], time: 0)
        let negative = join.pass(1_001)
        #expect(negative == [.init(score: 0.9, classIndex: 1, values: [5, 6], weight: 2, offset: 1)])
        #expect(join.label("e-1", 1, time: 1_002) == negative.first)
        #expect(join.label("e-1", 1, time: 1_003) == nil)
        #expect(join.counters.expired == 1 && join.counters.corrected == 1 && join.counters.duplicates == 1)
        #expect(join.addsUp == true)
    }

    @Test func `a label whose record never comes is an orphan once its time or its room is over`() {
        var join = LabelJoin.sample(LabelSettings(waitMilliseconds: 1_000, early: 2))
        for number in 0..<3 { #expect(join.label("e-\(number)", 1, time: 0) == nil) }
        #expect(join.early == 2 && join.counters.orphans == 1)
        #expect(join.pass(1_001).isEmpty && join.early == 0 && join.counters.orphans == 3)
        #expect(join.addsUp == true)
    }

    @Test func `a tombstone drops what waits, a label as well as a prediction, and nothing else`() {
        var join = LabelJoin.sample()
        join.predict("e-1", score: 0.5, values: [1, 2], time: 0)
        join.predict("e-2", score: 0.5, values: [1, 2], time: 0)
        #expect(join.label("e-2", 1, time: 0) != nil && join.label("e-3", 1, time: 0) == nil)
        for id in ["e-1", "e-2", "e-3", "e-4"] { join.tombstone(id) }
        #expect(join.pending == 0 && join.early == 0)
        #expect(join.counters.withdrawn == 1 && join.counters.revoked == 1 && join.counters.tombstones == 4)
        #expect(join.label("e-1", 1, time: 1) == nil && join.early == 1 && join.addsUp)
    }

    @Test func `another record of an id that waits takes its place, and one of an id that was answered waits anew`() {
        var join = LabelJoin.sample()
        join.predict("e-1", score: 0.1, values: [1, 1], time: 0)
        join.predict("e-1", score: 0.2, values: [2, 2], time: 1)
        #expect(join.label("e-1", 1, time: 2)?.values == [2, 2])
        join.predict("e-1", score: 0.3, values: [3, 3], time: 3)
        #expect(join.label("e-1", 1, time: 4)?.values == [3, 3])
        #expect(join.counters.replaced == 1 && join.counters.matched == 2 && join.addsUp)
    }

    @Test func `beyond the count the oldest prediction is given up`() {
        var join = LabelJoin.sample(LabelSettings(pending: 3))
        for number in 0..<5 { join.predict("e-\(number)", score: 0.5, values: [1, 2], time: 0) }
        #expect(join.pending == 3 && join.counters.evicted == 2)
        #expect(join.label("e-1", 1, time: 0) == nil && join.label("e-2", 1, time: 0) != nil)
        #expect(join.addsUp == true)
    }

    @Test func `where bytes are short, what was answered is forgotten before a prediction is given up`() {
        var join = LabelJoin.sample(LabelSettings(memory: 65_536), shape: InputShape(dense: 1_000))
        let values = [Float](repeating: 1, count: 1_000)
        for number in 0..<16 { join.predict("e-\(number)", score: 0.5, values: values, time: 0) }
        #expect(join.counters.evicted == 0 && join.pending == 16)
        for number in 0..<8 { #expect(join.label("e-\(number)", 1, time: 0) != nil) }
        for number in 16..<24 { join.predict("e-\(number)", score: 0.5, values: values, time: 0) }
        #expect(join.counters.evicted == 0)
        join.predict("more", score: 0.5, values: values, time: 0)
        #expect(join.counters.evicted == 1 && join.label("e-8", 1, time: 0) == nil)
        // An input that has no room even in an empty memory doesn't wait, and costs nobody else the place.
        let before = join.pending
        join.predict("huge", .init(score: 0, classIndex: 0, values: .init(repeating: 0, count: 20_000)), time: 0)
        #expect(join.pending == before && join.counters.evicted == 2 && join.addsUp)
    }

    @Test func `a time far ahead of the broker's own ends no wait`() {
        var join = LabelJoin.sample(LabelSettings(waitMilliseconds: 1_000))
        let now: Int64 = 1_700_000_000_000
        join.predict("e-1", score: 0.5, values: [1, 2], time: now)
        join.advance(to: now + 3_600_001, brokerTime: now)
        #expect(join.clock.now == now && join.nextExpired() == nil && join.pending == 1)
        join.advance(to: now + 3_600_000, brokerTime: now)
        #expect(join.nextExpired() == nil && join.pending == 0 && join.addsUp)
    }
}
