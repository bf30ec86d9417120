import DriftDetection
import TestSupport
import Testing

/// The numbers are those of scipy 1.17.1, by the call that stands beside them, where they can't be had by hand.
@Suite struct TwoSampleTests {
    @Test func `the Kolmogorov-Smirnov distance is the largest gap between the distribution functions`() {
        #expect(distance([1, 2, 3, 4, 5, 6, 7], [2.5, 3.5, 8, 9, 10]) == 0.6)
        #expect(distance([1, 2, 3], [4, 5]) == 1)
        #expect(distance([1, 2, 3], [1, 2, 3]) == 0)
        // Equal values of both samples are passed together.
        #expect(abs(distance([1, 1, 2, 3], [1, 2, 2, 2, 5]) - 0.3) < 1e-15)
    }

    @Test func `the exact chance of a distance counts lattice paths`() {
        // Of the 3 ways to order one value among two, two keep them apart.
        #expect(abs(KolmogorovSmirnov.exactPValue(1, counts: 1, 2) - 2.0 / 3) < 1e-15)
        // Of 20 orders of three and three, two keep them apart.
        #expect(abs(KolmogorovSmirnov.exactPValue(1, counts: 3, 3) - 0.1) < 1e-15)
        // ks_2samp(a, b, method="exact") of the samples above, and of range(20) against range(12.5, 27.5).
        #expect(abs(KolmogorovSmirnov.exactPValue(0.6, counts: 7, 5) - 1.0 / 6) < 1e-14)
        #expect(abs(KolmogorovSmirnov.exactPValue(0.65, counts: 20, 15) - 0.0006441418143536723) < 1e-16)
        #expect(KolmogorovSmirnov.exactPValue(0, counts: 20, 15) == 1)
    }

    @Test func `the limit distribution is Kolmogorov's`() {
        // scipy.special.kolmogorov
        let known = [
            (0.3, 0.9999906941986655), (0.8, 0.5441424115741981), (0.99, 0.2808738392255489),
            (1.0, 0.26999967167735456), (1.36, 0.049485876755377876), (3, 3.045995948942526e-08),
            (6, 1.0760372320042276e-31),
        ]
        for (point, chance) in known {
            #expect(abs(KolmogorovSmirnov.limitTail(point) / chance - 1) < 1e-12, "\(point)")
        }
        #expect(KolmogorovSmirnov.limitTail(0) == 1)
    }

    @Test func `of large samples the limit with its correction is close to the exact chance`() {
        for statistic in [0.1, 0.15, 0.2, 0.25] {
            let exact = KolmogorovSmirnov.exactPValue(statistic, counts: 200, 200)
            let limit = KolmogorovSmirnov.asymptoticPValue(statistic, effectiveCount: 100)
            #expect(abs(limit - exact) < 0.1 * exact + 0.002, "\(statistic): \(exact) \(limit)")
        }
    }

    @Test func `the Wasserstein distance is how far values have to be moved`() {
        #expect(abs(moved([0, 1, 3], [5, 6, 8, 9]) - 17.0 / 3) < 1e-14)
        #expect(moved([0, 1, 1, 3.5], [0.5, 1, 2]) == 0.625)
        #expect(moved([1, 2, 3], [1, 2, 3]) == 0)
        #expect(moved([1, 2, 3], [11, 12, 13]) == 10)
    }

    @Test func `the chi-squared distribution's tail keeps its digits far out`() {
        // scipy.stats.chi2.sf
        let known = [
            (3.84, 1.0, 0.05004352124870519), (1, 5, 0.9625657732472964), (20, 5, 0.0012497305630313773),
            (200, 9, 3.312992393909567e-38), (0.1, 12, 0.9999999999792086), (1000, 3, 1.7994208765314067e-216),
        ]
        for (statistic, degrees, chance) in known {
            let found = ChiSquaredDistribution.upperTail(statistic, degrees: degrees)
            #expect(abs(found / chance - 1) < 1e-11, "\(statistic), \(degrees): \(found)")
        }
        #expect(ChiSquaredDistribution.upperTail(0, degrees: 3) == 1)
        #expect(ChiSquaredDistribution.upperTail(.infinity, degrees: 3) == 0)
        #expect(ChiSquaredDistribution.upperTail(5, degrees: 0) == 1)
    }

    @Test func `distances of histograms are those of the textbook`() {
        let (before, now) = ([10.0, 20, 30, 40], [20.0, 20, 20, 60])
        // chi2_contingency([before, now], correction=False)
        let pearson = over(before, now) { HistogramDistance.chiSquared($0, $1) }
        #expect(abs(pearson.statistic - 7.5777777777777775) < 1e-13 && pearson.degrees == 3)
        // jensenshannon(before, now, base=2)
        #expect(abs(over(before, now) { HistogramDistance.jensenShannon($0, $1) } - 0.1584896743919996) < 1e-14)
        // ((q - p) * log(q / p)).sum()
        #expect(abs(over(before, now) { HistogramDistance.populationStability($0, $1) } - 0.14081833726256804) < 1e-14)
    }

    @Test func `an empty bin is no infinite shift, and one empty in both is no bin`() {
        let (before, now) = ([50.0, 50, 0, 0], [50.0, 0, 0, 50])
        #expect(over(before, now) { HistogramDistance.chiSquared($0, $1) }.degrees == 2)
        #expect(abs(over(before, now) { HistogramDistance.jensenShannon($0, $1) } - 0.5.squareRoot()) < 1e-15)
        let stability = over(before, now) { HistogramDistance.populationStability($0, $1) }
        // Twice (0.5 - 0.005) × ln(0.5 / 0.005).
        #expect(abs(stability - 0.99 * 4.605170185988091) < 1e-12)
    }

    @Test func `one sample needn't be sorted, and ties, infinities and samples of one value are no exception`() {
        var random = SplitMix64(seed: 21)
        for round in 0..<200 {
            let counts = (Int.random(in: 1...80, using: &random), Int.random(in: 1...40, using: &random))
            func draw(_ count: Int) -> [Double] {
                (0..<count).map { _ in
                    let value = Double.random(in: -1...1, using: &random)
                    return value > 0.9 ? .infinity : round.isMultiple(of: 2) ? (4 * value).rounded() : value
                }
            }
            let (first, second) = (draw(counts.0).sorted(), draw(counts.1))
            let expected = distance(first, second.sorted())
            var tallies = [UInt32](repeating: 0, count: 2 * first.count + 1)
            let found = tallies.withUnsafeMutableBufferPointer { tallies in
                over(first, second) { KolmogorovSmirnov.statistic($0, unsorted: $1, tallies: tallies) }
            }
            #expect(found == expected, "\(first) \(second)")
            #expect(tallies.allSatisfy { $0 == 0 })
        }
    }

    private func distance(_ first: [Double], _ second: [Double]) -> Double {
        over(first, second) { KolmogorovSmirnov.statistic($0, $1) }
    }

    private func moved(_ first: [Double], _ second: [Double]) -> Double {
        over(first, second) { WassersteinDistance.between($0, $1) }
    }

    private func over<Result>(
        _ first: [Double], _ second: [Double],
        _ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) -> Result
    ) -> Result {
        first.withUnsafeBufferPointer { first in second.withUnsafeBufferPointer { body(first, $0) } }
    }
}
