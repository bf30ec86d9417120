import Reports
import Testing

@Suite struct AxisTests {
    @Test func `an axis holds all values and ends at round ones`() {
        let axis = Axis(holding: [0.842, 0.975, 0.9])
        #expect(axis.low <= 0.842 && axis.high >= 0.975)
        #expect(axis.low == axis.ticks.first && axis.high == axis.ticks.last)
        #expect(axis.ticks.map(axis.label) == ["0.80", "0.85", "0.90", "0.95", "1.00"])
    }

    @Test func `an axis goes no further than a share can`() {
        let axis = Axis(holding: [0.52, 0.999], limits: 0...1)
        #expect(axis.high == 1)
        #expect(axis.low >= 0)
    }

    @Test(
        arguments: [
            [], [.nan, .infinity], [0], [5, 5, 5], [-3e-9, -3e-9], [1e14, 1e14], [-1e149, 1e149], [1e-300, 2e-300],
        ] as [[Double]])
    func `whatever the values are, the axis has a length, a few ticks and places between 0 and 1`(values: [Double]) {
        for axis in [Axis(holding: values), Axis(holding: values, limits: 0...1)] {
            #expect(axis.low.isFinite && axis.high.isFinite && axis.high > axis.low)
            #expect((1...30).contains(axis.ticks.count), "\(axis)")
            for value in values { #expect((0...1).contains(axis.place(value)) || value.isNaN) }
        }
    }

    @Test func `an axis of records ends where they do, with round numbers between`() {
        let axis = Axis(from: 0, to: 45_312)
        #expect(axis.high == 45_312)
        #expect(axis.ticks.map(axis.label) == ["0", "10,000", "20,000", "30,000", "40,000"])
    }

    @Test func `numbers are short, and have a real minus`() {
        #expect(NumberText.short(0.07816) == "0.0782")
        #expect(NumberText.short(12.3456) == "12.35")
        #expect(NumberText.short(-1234.5) == "−1,234" || NumberText.short(-1234.5) == "−1,235")
        #expect(NumberText.short(.nan) == "–")
        #expect(NumberText.count(1_234_567) == "1,234,567")
        #expect(NumberText.coordinate(.infinity) == "0" && NumberText.coordinate(-12.34) == "-12.3")
    }
}
