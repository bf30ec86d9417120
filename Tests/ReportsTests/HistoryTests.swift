import OnlineLearning
import Records
import Settings
import StreamTasks
import TestSupport
import Testing

@Suite struct HistoryTests {
    @Test func `moments of two stretches add up to those of both`() {
        var generator = SplitMix64(seed: 5)
        var (whole, first, second) = (ValueMoments(), ValueMoments(), ValueMoments())
        for index in 0..<1_000 {
            let value = Double.random(in: 1e6..<1e6 + 10, using: &generator)
            let weight = Double.random(in: 0.1..<3, using: &generator)
            whole.add(value, weight: weight)
            if index < 300 { first.add(value, weight: weight) } else { second.add(value, weight: weight) }
        }
        first.merge(second)
        first.merge(ValueMoments())
        #expect(abs((first.mean ?? 0) - (whole.mean ?? 1)) < 1e-6)
        #expect(abs((first.deviation ?? 0) - (whole.deviation ?? 1)) < 1e-6)
        var hostile = whole
        for value in [Double.nan, .infinity, -.infinity, 1e200] { hostile.add(value) }
        hostile.add(1, weight: 0)
        hostile.add(1, weight: .nan)
        #expect(hostile == whole)
    }

    @Test(arguments: [1, 25, 26, 2_999, 3_000, 3_001, 6_001, 100_000])
    func `a stream of any length is at most 120 windows of equal length that hold every record once`(records: Int) {
        var series = StretchedSeries<ValueWindow>()
        for record in 1...records { series.withWindow(of: record) { $0.values.add(Double(record)) } }
        #expect(series.windows.count <= 120 && series.windows.count * series.width >= records)
        #expect(records < 3_001 || series.windows.count >= 60)
        for (index, window) in series.windows.enumerated() {
            let last = min((index + 1) * series.width, records)
            let first = index * series.width + 1
            #expect(window.values.weight == Double(last - first + 1))
            #expect(abs((window.values.mean ?? 0) - Double(first + last) / 2) < 1e-6)
        }
    }

    @Test func `what is late finds its own window again`() {
        var series = StretchedSeries<ValueWindow>()
        for record in 1...10_000 { series.withWindow(of: record) { $0.values.add(0) } }
        series.withWindow(of: 1) { $0.missing += 1 }
        series.withWindow(of: 10_000) { $0.missing += 1 }
        #expect(series.windows.first?.missing == 1 && series.windows.last?.missing == 1)
    }

    @Test func `a sample keeps all of few, and of many an even share`() {
        var sample = PairSample(seed: 42)
        for index in 0..<20_000 { sample.add(score: Double(index), truth: .nan) }
        #expect(sample.pairs.map(\.score) == (0..<20_000).map(Double.init))
        for index in 20_000..<200_000 { sample.add(score: Double(index), truth: 0) }
        sample.add(score: .nan, truth: 0)
        #expect(sample.pairs.count == 20_000 && sample.seen == 200_000)
        let mean = sample.pairs.reduce(0) { $0 + $1.score } / 20_000
        // Its deviation is 57,735 / √20,000 = 408.
        #expect(abs(mean - 100_000) < 2_500, "\(mean)")
    }
}
