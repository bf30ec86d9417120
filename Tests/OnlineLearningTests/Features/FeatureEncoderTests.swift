import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct FeatureEncoderTests {
    @Test func `plain numbers are what the scaler makes of them, bit for bit`() {
        let features = (0..<6).map { FeatureDeclaration(name: "f\($0)") }
        let bench = EncoderBench(features)
        var scaler = FeatureScaler(features: features)
        for example in examples(200, features: 6, target: .regression, seed: 81) {
            let cells = Dictionary(uniqueKeysWithValues: example.x.enumerated().map { ("f\($0)", Cell.number($1)) })
            #expect(bench.encode(cells) == .init(dense: scaler.transform(example.x), sparse: [], steps: 1))
            bench.update(cells)
            scaler.update(example.x)
        }
        #expect(bench.state["encoder/mean"] == scaler.state["scaler/mean"])
    }

    @Test func `each declared value has its column, and others have none`() {
        let values = [ClassName.text("b"), .number(1, spelling: "1"), .boolean(true), .text("a")]
        let bench = EncoderBench([FeatureDeclaration(name: "x", kind: .category(.oneHot(values: values)))])
        for (index, value) in values.enumerated() {
            #expect(bench.encode(["x": .category(value)]).dense == (0..<4).map { $0 == index ? 1 : 0 })
        }
        #expect(bench.encode(["x": .category(.text("1"))]).dense == [0, 0, 0, 0])
        #expect(bench.encode([:]).dense == [0, 0, 0, 0])
    }

    @Test func `an indicator is 1 where its feature is missing`() {
        let bench = EncoderBench([
            FeatureDeclaration(name: "a", scaling: .none, missing: .indicator),
            FeatureDeclaration(name: "b", scaling: .none, missing: .constant, constant: 7),
        ])
        bench.update(["a": .number(3), "b": .number(3)])
        #expect(bench.encode(["a": .number(5), "b": .number(6)]).dense == [5, 6, 0])
        #expect(bench.encode([:]).dense == [3, 7, 1])
    }

    @Test func `times go round circles of a day, a week and a year`() {
        let bench = EncoderBench([FeatureDeclaration(name: "t", kind: .timestamp)])
        func phases(_ milliseconds: Int64) -> [Float] { bench.encode(["t": .time(milliseconds)]).dense }
        // 2024-01-01T00:00:00Z, a Monday and the first of a leap year.
        let start: Int64 = 1_704_067_200_000
        #expect(phases(start) == [0, 1, 0, 1, 0, 1])
        let day: Int64 = 86_400_000
        #expect(phases(start + day / 4)[0...1] == [1, Float(0)] || abs(phases(start + day / 4)[1]) < 1e-6)
        #expect(phases(start + 7 * day)[2...3] == [0, 1])
        // 366 days later it is another year, 365 days later it isn't.
        #expect(phases(start + 366 * day)[4...5] == [0, 1])
        #expect(phases(start + 365 * day)[4] < 0)
        for day in stride(from: Int64(0), through: 2_932_896, by: 365) {
            let values = phases(day * 86_400_000)
            #expect(values.allSatisfy { abs($0) <= 1 } && values[0] == 0)
        }
        #expect(bench.encode([:]).dense == [0, 0, 0, 0, 0, 0])
    }

    @Test func `features that come, go or change places move nobody's coordinate`() {
        let city = FeatureDeclaration(name: "city", kind: .category(.hashed(bits: 16)))
        let shop = FeatureDeclaration(name: "shop", kind: .category(.hashed(bits: 16)))
        let number = FeatureDeclaration(name: "n")
        let cross = FeatureInteraction("city", "shop")
        let cells: [String: Cell] = ["city": .category(.text("Bern")), "shop": .category(.text("x")), "n": .number(1)]
        let alone = EncoderBench([city]).encode(cells).sparse
        let both = EncoderBench([city, shop], interactions: [cross]).encode(cells).sparse
        let turned = EncoderBench([shop, number, city], interactions: [FeatureInteraction("shop", "city")])
            .encode(cells).sparse
        #expect(alone.count == 1 && both.count == 3)
        #expect(both.first == alone.first)
        #expect(Set(turned) == Set(both))
        #expect(EncoderBench([city, shop]).encode(["shop": .category(.text("x"))]).sparse == [both[1]])
    }

    @Test func `hashed coordinates are spread evenly, and half of their signs are minus`() {
        let bench = EncoderBench([FeatureDeclaration(name: "id", kind: .category(.hashed(bits: 6)))])
        var counts = [Int](repeating: 0, count: 64)
        var minus = 0
        for id in 0..<6400 {
            let value = bench.encode(["id": .category(.number(Double(id), spelling: ""))]).sparse[0]
            counts[Int(value.index)] += 1
            if value.value < 0 { minus += 1 }
            #expect(abs(value.value) == 1)
        }
        // A hundred each on average, with a deviation of ten; 3,200 with one of forty.
        #expect(counts.allSatisfy { (50...150).contains($0) } && (3000...3400).contains(minus))
    }

    @Test func `words add up at their coordinates`() {
        let bench = EncoderBench([FeatureDeclaration(name: "t", kind: .text(bits: 18))])
        let once = bench.encode(["t": .words(["a"])]).sparse
        let more = bench.encode(["t": .words(["a", "b", "a"])]).sparse
        #expect(more.count == 3 && more[0] == once[0] && more[2] == once[0] && more[1].index != once[0].index)
    }

    @Test func `an interaction of numbers is their product, and of a number and a category its value there`() {
        let features = [
            FeatureDeclaration(name: "a", scaling: .none), FeatureDeclaration(name: "b", scaling: .none),
            FeatureDeclaration(name: "c", kind: .category(.oneHot(values: [.text("x"), .text("y")]))),
        ]
        let bench = EncoderBench(features, interactions: [FeatureInteraction("a", "b"), FeatureInteraction("c", "a")])
        #expect(bench.encoder.shape == InputShape(dense: 4, sparse: 1 << FeatureInteraction.usualBits))
        let x = bench.encode(["a": .number(3), "b": .number(5), "c": .category(.text("x"))])
        #expect(x.sparse.map { abs($0.value) } == [15, 3])
        let y = bench.encode(["a": .number(3), "b": .number(5), "c": .category(.text("y"))])
        #expect(y.sparse[0] == x.sparse[0] && y.sparse[1].index != x.sparse[1].index)
        #expect(bench.encode(["a": .number(3), "c": .category(.text("x"))]).sparse.count == 1)
        #expect(bench.encode(["a": .number(1e4), "b": .number(1e4)]).sparse[0].value.magnitude == 1e4)
    }

    @Test func `every step of a sequence has its own values and then the record's`() {
        let bench = EncoderBench(EncoderBench.sequences)
        #expect(bench.encoder.shape == InputShape(dense: 3, sparse: 256, steps: 4))
        bench.update(["steps": .steps([[0, 0], [2, 20], [4, 40]]), "a": .number(1)])
        bench.update(["steps": .steps([[2, 20]]), "a": .number(3)])
        let input = bench.encode([
            "steps": .steps([[2, 20], [2, .nan]]), "a": .number(3), "city": .category(.text("x")),
        ])
        #expect(input.dense == [0, 0, 1, 0, 0, 1])
        #expect(input.steps == 2 && input.sparse.count == 1)
        #expect(bench.encode(["a": .number(1)]) == .init(dense: [0, 0, -1], sparse: [], steps: 1))
    }

    @Test func `dense values that are a picture and nothing else have its shape`() {
        let picture = FeatureDeclaration(name: "p", kind: .vector(length: 12, image: [3, 2, 2]))
        let number = FeatureDeclaration(name: "n")
        #expect(
            FeatureEncoderConfiguration(features: [picture]).shape
                == InputShape(dense: 12, image: ImageShape(channels: 3, height: 2, width: 2)))
        #expect(FeatureEncoderConfiguration(features: [picture, number]).shape == InputShape(dense: 13))
        #expect(
            FeatureEncoderConfiguration(features: EncoderBench.everything.features).shape.dense == 5 + 6 + 7 + 6 + 2)
    }
}
