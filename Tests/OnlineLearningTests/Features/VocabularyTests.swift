import OnlineLearning
import Records
import Testing

@Suite struct VocabularyTests {
    private func bench(_ cap: Int, _ minimum: Int, _ expiry: Int = 0) -> EncoderBench {
        let limits = VocabularyLimits(cap: cap, minimum: minimum, expiry: expiry)
        return EncoderBench([FeatureDeclaration(name: "x", kind: .category(.vocabulary(limits)))])
    }

    private func column(_ bench: EncoderBench, _ value: String) -> Int? {
        bench.encode(["x": .category(.text(value))]).dense.firstIndex(of: 1)
    }

    private func update(_ bench: EncoderBench, _ value: String) { bench.update(["x": .category(.text(value))]) }

    @Test func `a value has a column once it came often enough, and the last one till then`() {
        let bench = bench(3, 2)
        #expect(column(bench, "a") == 3)
        update(bench, "a")
        #expect(column(bench, "a") == 3)
        update(bench, "a")
        #expect(column(bench, "a") == 0 && column(bench, "b") == 3)
        #expect(bench.encode([:]).dense == [0, 0, 0, 0])
    }

    @Test func `columns are given out to the cap, and stay with their values`() {
        let bench = bench(3, 1)
        for value in ["a", "b", "c", "d", "e"] { update(bench, value) }
        #expect(["a", "b", "c", "d", "e"].map { column(bench, $0) } == [0, 1, 2, 3, 3])
        for _ in 0..<100 { for other in 0..<40 { update(bench, "o\(other)") } }
        #expect(["a", "b", "c", "d"].map { column(bench, $0) } == [0, 1, 2, 3])
    }

    @Test func `a value that doesn't come for long loses its column to another`() {
        let bench = bench(2, 1, 10)
        update(bench, "a")
        update(bench, "b")
        for _ in 0..<8 { update(bench, "b") }
        // `a` came ten records before the next one.
        #expect(column(bench, "a") == 0)
        update(bench, "b")
        #expect(column(bench, "a") == 2 && column(bench, "b") == 1)
        update(bench, "b")
        update(bench, "c")
        #expect(column(bench, "c") == 0)
        update(bench, "a")
        #expect(column(bench, "a") == 2)
    }

    @Test func `the frequent values get the columns though thousands of others come`() {
        let bench = bench(16, 5)
        for round in 0..<4000 {
            update(bench, "rare\(round)")
            update(bench, "often\(round % 16)")
        }
        #expect(Set((0..<16).compactMap { column(bench, "often\($0)") }) == Set(0..<16))
    }
}
