import OnlineLearning
import Records
import TestSupport
import Testing

/// What holds of every encoder, whatever its features are.
@Suite struct FeatureEncoderChecksTests {
    private func label(_ cells: [String: Cell]) -> Label {
        guard case .number(let a) = cells["a"] else { return .classIndex(0) }
        return .classIndex(a > 0 ? 1 : 0)
    }

    @Test func `encoding changes nothing, and the state comes back byte for byte`() throws {
        var generator = SplitMix64(seed: 91)
        let one = EncoderBench(EncoderBench.everything)
        let other = EncoderBench(EncoderBench.everything)
        for round in 0..<600 {
            let cells = EncoderBench.record(&generator)
            if round % 97 == 0 {
                let before = one.state
                _ = one.encode(cells)
                #expect(one.state == before)
                try other.restore(before)
            }
            #expect(one.encode(cells) == other.encode(cells), "round \(round)")
            one.update(cells, label: label(cells))
            other.update(cells, label: label(cells))
        }
        #expect(one.state == other.state)
    }

    @Test func `steps of sequences come back byte for byte`() throws {
        let one = EncoderBench(EncoderBench.sequences)
        let other = EncoderBench(EncoderBench.sequences)
        var generator = SplitMix64(seed: 92)
        func cells() -> [String: Cell] {
            let steps = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                [Float.random(in: 0...9, using: &generator), Float.random(in: -9...9, using: &generator)]
            }
            return ["steps": .steps(steps), "a": .number(Float.random(in: 0...1, using: &generator))]
        }
        for _ in 0..<50 { one.update(cells()) }
        try other.restore(one.state)
        let next = cells()
        #expect(one.encode(next) == other.encode(next) && one.state == other.state)
    }

    @Test func `hostile values give finite inputs within the limit, and good ones are encoded after them`() {
        let bench = EncoderBench(EncoderBench.everything)
        var generator = SplitMix64(seed: 93)
        for round in 0..<300 {
            var cells = EncoderBench.record(&generator)
            if round % 3 == 0 {
                let hostile = [Float.nan, .infinity, -.infinity, 3e38, -3e38, 0, 1e-38].randomElement(
                    using: &generator)!
                cells["a"] = .number(hostile)
                cells["b"] = .number(hostile)
                cells["pixels"] = .vector([hostile, 1, hostile])
            }
            let input = bench.encode(cells)
            #expect(input.dense.allSatisfy { abs($0) <= 10_000 }, "round \(round)")
            #expect(input.sparse.allSatisfy { abs($0.value) <= 10_000 && $0.index < 1 << 12 }, "round \(round)")
            bench.update(cells, label: round % 50 == 7 ? .classIndex(9) : label(cells))
        }
        #expect(Set(bench.encode(EncoderBench.record(&generator)).dense).count > 2)
    }

    @Test func `memory stays as it was after a hundred thousand values`() {
        let bench = EncoderBench(EncoderBench.everything)
        func size() -> Int { bench.state.names.reduce(0) { $0 + (bench.state[$1]?.bytes.count ?? 0) } }
        let before = size()
        for id in 0..<100_000 {
            bench.update(["shop": .category(.text("\(id)")), "a": .number(1)], label: .classIndex(1))
        }
        #expect(size() == before)
    }

    @Test func `a tensor that can't be is refused, and the encoder is of use afterwards`() throws {
        let bench = EncoderBench(EncoderBench.everything)
        var generator = SplitMix64(seed: 94)
        for _ in 0..<300 {
            let cells = EncoderBench.record(&generator)
            bench.update(cells, label: label(cells))
        }
        let sound = bench.state
        for name in sound.names {
            let tensor = try #require(sound[name])
            for wrong in [[UInt8](repeating: 0xFF, count: tensor.bytes.count), Array(tensor.bytes.dropLast(8))] {
                var archive = sound
                archive.put(
                    name, .init(element: tensor.element, shape: [wrong.count / tensor.element.size], bytes: wrong))
                #expect(throws: StateError.self, "\(name)") { try bench.restore(archive) }
            }
        }
        try bench.restore(sound)
        #expect(bench.state == sound)
    }

    @Test func `any byte of a vocabulary may be wrong, and nothing traps`() throws {
        let bench = EncoderBench(EncoderBench.everything)
        var generator = SplitMix64(seed: 95)
        for _ in 0..<200 { bench.update(EncoderBench.record(&generator)) }
        let sound = bench.state
        for round in 0..<300 {
            var archive = sound
            let name = ["encoder/vocabulary/0/values", "encoder/vocabulary/0/freed", "encoder/quantiles"][round % 3]
            var tensor = try #require(sound[name])
            tensor.bytes[Int.random(in: 0..<tensor.bytes.count, using: &generator)] ^= UInt8.random(
                in: 1...255, using: &generator)
            archive.put(name, tensor)
            do throws(StateError) { try bench.restore(archive) } catch { continue }
            for _ in 0..<20 {
                let cells = EncoderBench.record(&generator)
                #expect(bench.encode(cells).dense.allSatisfy { abs($0) <= 10_000 }, "round \(round)")
                bench.update(cells, label: label(cells))
            }
        }
    }

    // Unoptimized Swift itself allocates.
    #if !DEBUG
        @Test func `a record allocates nothing`() {
            let configuration = FeatureEncoderConfiguration(
                features: EncoderBench.everything.features, interactions: EncoderBench.everything.interactions)
            for configuration in [configuration, EncoderBench.sequences] {
                let bench = EncoderBench(configuration)
                var generator = SplitMix64(seed: 96)
                var cells = EncoderBench.record(&generator)
                cells["steps"] = .steps([[1, 2], [3, 4]])
                bench.fill(cells)
                var total = 0
                let allocations = countAllocations {
                    for _ in 0..<1000 {
                        total += bench.encoder.encode(bench.row).dense.count
                        bench.encoder.update(bench.row)
                    }
                }
                #expect(allocations == 0 && total > 0)
            }
        }
    #endif
}
