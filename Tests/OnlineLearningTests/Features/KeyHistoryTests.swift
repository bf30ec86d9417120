import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct KeyHistoryTests {
    private func bench(
        _ history: HistoryConfiguration = HistoryConfiguration(features: ["a", "b"], steps: 3, keys: 8)
    ) -> EncoderBench {
        EncoderBench(
            FeatureEncoderConfiguration(
                features: ["a", "b", "c"].map { FeatureDeclaration(name: $0, scaling: .none, missing: .zero) }
                    + [FeatureDeclaration(name: "who", kind: .category(.hashed(bits: 8)))],
                history: history))
    }

    /// What the model sees of a record, which is taken in afterwards.
    private func steps(_ bench: EncoderBench, _ a: Float, key: UInt64, who: String? = nil) -> [[Float]] {
        var cells: [String: Cell] = ["a": .number(a), "b": .number(-a), "c": .number(100)]
        cells["who"] = who.map { .category(.text($0)) }
        let input = bench.encode(cells, key: key)
        bench.update(cells, key: key)
        let width = bench.encoder.shape.dense
        return (0..<input.steps).map { Array(input.dense[$0 * width..<($0 + 1) * width]) }
    }

    @Test func `a key's last records are the steps, oldest first, with the record itself as the last one`() {
        let bench = bench()
        let shape = bench.encoder.shape
        #expect(shape.steps == 3 && shape.dense == 3)
        #expect(steps(bench, 1, key: 7) == [[1, -1, 100]])
        #expect(steps(bench, 2, key: 7) == [[1, -1, 100], [2, -2, 100]])
        #expect(steps(bench, 9, key: 8) == [[9, -9, 100]])
        #expect(steps(bench, 3, key: 7) == [[1, -1, 100], [2, -2, 100], [3, -3, 100]])
        #expect(steps(bench, 4, key: 7) == [[2, -2, 100], [3, -3, 100], [4, -4, 100]])
    }

    @Test func `a record without a key stands alone and isn't remembered`() {
        let bench = bench()
        for value in 1...3 { #expect(steps(bench, Float(value), key: 0) == [[Float(value), Float(-value), 100]]) }
    }

    @Test func `a category can be the key`() {
        let bench = bench(HistoryConfiguration(features: ["a"], steps: 2, keys: 8, category: "who"))
        let asksKey = bench.encoder.asksKey
        #expect(!asksKey)
        _ = steps(bench, 1, key: 5, who: "x")
        _ = steps(bench, 2, key: 5, who: "y")
        #expect(steps(bench, 3, key: 5, who: "x").map { $0[0] } == [1, 3])
        #expect(steps(bench, 4, key: 5).map { $0[0] } == [4])
        let shape = bench.encoder.shape
        #expect(shape.sparse == 0 && shape.dense == 3, "the key is no input")
    }

    @Test func `encoding changes nothing`() {
        let bench = bench()
        _ = steps(bench, 1, key: 7)
        let before = bench.state
        _ = bench.encode(["a": .number(5)], key: 7)
        _ = bench.encode(["a": .number(5)], key: 9)
        #expect(bench.state == before)
    }

    @Test func `of more keys than fit the one that didn't come for longest is forgotten`() {
        let bench = bench()
        for key in 1...8 { _ = steps(bench, Float(key), key: UInt64(key)) }
        _ = steps(bench, 10, key: 1)
        _ = steps(bench, 11, key: 9)
        #expect(steps(bench, 12, key: 2).count == 1, "forgotten for the ninth key")
        #expect(steps(bench, 13, key: 1).map { $0[0] } == [1, 10, 13])
        #expect(steps(bench, 14, key: 9).map { $0[0] } == [11, 14])
    }

    @Test func `state comes back byte for byte, and the rest is the same`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        let records = (0..<400).map { _ in
            (Float.random(in: -5...5, using: &random), UInt64.random(in: 0...20, using: &random))
        }
        let whole = bench(HistoryConfiguration(features: ["b", "a"], steps: 5, keys: 16))
        var expected: [[[Float]]] = []
        for record in records { expected.append(steps(whole, record.0, key: record.1)) }
        let first = bench(HistoryConfiguration(features: ["b", "a"], steps: 5, keys: 16))
        for record in records[..<150] { _ = steps(first, record.0, key: record.1) }
        let second = bench(HistoryConfiguration(features: ["b", "a"], steps: 5, keys: 16))
        try second.restore(first.state)
        #expect(second.state == first.state, "seed \(seed)")
        for index in 150..<400 {
            #expect(steps(second, records[index].0, key: records[index].1) == expected[index], "seed \(seed)")
        }
        #expect(second.state == whole.state)
    }

    @Test func `a state that can't be is refused`() throws {
        let bench = bench()
        _ = steps(bench, 1, key: 7)
        for (name, counters) in [("keys", [UInt64](repeating: 3, count: 8)), ("last", [99, 0, 0, 0, 0, 0, 0, 0])] {
            var state = bench.state
            state.put("encoder/history/\(name)", counters: counters)
            #expect(throws: StateError.self, "\(name)") { try bench.restore(state) }
        }
    }

    // Unoptimized Swift itself allocates.
    #if !DEBUG
        @Test func `nothing is allocated for a record`() {
            let bench = bench(HistoryConfiguration(features: ["a", "b"], steps: 8, keys: 64))
            bench.fill(["a": .number(1), "b": .number(2), "c": .number(3)])
            var total = 0
            let allocations = countAllocations {
                for key in 1...1_000 {
                    total += bench.encoder.encode(bench.row, key: UInt64(key)).steps
                    bench.encoder.update(bench.row, key: UInt64(key))
                }
            }
            #expect(allocations == 0 && total > 0)
        }
    #endif
}
