import Telemetry
import TestSupport
import Testing

struct LatencyHistogramTests {
    @Test func `percentiles are exact to three digits`() {
        var histogram = LatencyHistogram()
        for value in 1...100_000 { histogram.record(nanoseconds: Int64(value) * 1_000) }
        #expect(histogram.count == 100_000)
        #expect(abs(Double(histogram.p50) / 50_000_000 - 1) < 0.001)
        #expect(abs(Double(histogram.p99) / 99_000_000 - 1) < 0.001)
        #expect(abs(histogram.milliseconds(atPercentile: 99.9) / 99.9 - 1) < 0.001)
    }

    @Test func `an empty histogram has a tail of zero`() {
        #expect(LatencyHistogram().p99 == 0)
    }

    @Test func `a duration below zero or beyond an hour is counted at the end of the range`() {
        var histogram = LatencyHistogram()
        histogram.record(nanoseconds: -5)
        histogram.record(nanoseconds: .max)
        histogram.record(nanoseconds: .min)
        #expect(histogram.count == 3)
        #expect(histogram.p50 == 0)
        #expect(abs(Double(histogram.longestRecorded) / 3.6e12 - 1) < 0.001)
    }

    @Test func `a merge is what recording all in one would have been`() {
        var one = LatencyHistogram()
        var two = LatencyHistogram()
        var both = LatencyHistogram()
        for value: Int64 in 0..<5_000 {
            let duration = value * value
            if value % 3 == 0 { one.record(nanoseconds: duration) } else { two.record(nanoseconds: duration) }
            both.record(nanoseconds: duration)
        }
        one.merge(two)
        #expect(one.count == both.count)
        for percent in [0.0, 1, 50, 90, 99, 99.9, 100] {
            #expect(one.nanoseconds(atPercentile: percent) == both.nanoseconds(atPercentile: percent))
        }
    }

    @Test func `a stall counts for the work that had to wait behind it`() {
        var plain = LatencyHistogram()
        var corrected = LatencyHistogram()
        // 99 pieces of work of 1 ms, due every 10 ms, and one that held up all that was due for a second.
        for histogram in 0..<2 {
            for _ in 0..<99 {
                if histogram == 0 {
                    plain.record(nanoseconds: 1_000_000)
                } else {
                    corrected.record(nanoseconds: 1_000_000, expectedInterval: 10_000_000)
                }
            }
        }
        plain.record(nanoseconds: 1_000_000_000)
        corrected.record(nanoseconds: 1_000_000_000, expectedInterval: 10_000_000)
        // 1,000, 990, … 10 ms.
        #expect(corrected.count == 99 + 100)
        #expect(plain.milliseconds(atPercentile: 90) < 1.01)
        #expect(abs(corrected.milliseconds(atPercentile: 75) / 500 - 1) < 0.03)
    }

    // Generics that aren't specialised allocate, so this is true of what the optimizer makes.
    #if !DEBUG
        @Test func `recording allocates nothing`() {
            var histogram = LatencyHistogram()
            histogram.record(nanoseconds: 1)
            let allocations = countAllocations {
                for value: Int64 in 0..<10_000 { histogram.record(nanoseconds: value * 100_003, count: 2) }
            }
            #expect(allocations == 0)
            #expect(histogram.count == 20_001)
        }
    #endif
}
