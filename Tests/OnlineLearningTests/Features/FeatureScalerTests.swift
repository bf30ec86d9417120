import OnlineLearning
import Records
import Testing

@Suite struct FeatureScalerTests {
    private static let kinds = ScalingKind.allCases

    private func scaler(_ kind: ScalingKind, features: Int = 9, missing: MissingPolicy = .mean) -> FeatureScaler {
        FeatureScaler(
            features: (0..<features).map { FeatureDeclaration(name: "f\($0)", scaling: kind, missing: missing) })
    }

    private func rows(_ count: Int, features: Int = 9, seed: UInt64) -> [[Float]] {
        examples(count, features: features, target: .regression, seed: seed).map(\.x)
    }

    @Test(arguments: kinds)
    func `transforming changes nothing`(kind: ScalingKind) {
        var scaler = scaler(kind)
        for row in rows(50, seed: 11) { scaler.update(row) }
        let before = scaler.state
        for row in rows(50, seed: 12) { #expect(scaler.transform(row) == scaler.transform(row)) }
        #expect(scaler.state == before)
    }

    @Test(arguments: kinds)
    func `the state comes back byte for byte`(kind: ScalingKind) throws {
        var one = scaler(kind)
        for row in rows(50, seed: 13) { one.update(row) }
        var other = scaler(kind)
        try other.restore(from: one.state, under: "scaler")
        #expect(other.state == one.state)
        for row in rows(50, seed: 14) {
            #expect(other.transform(row) == one.transform(row))
            one.update(row)
            other.update(row)
        }
        #expect(other.state == one.state)
    }

    @Test(arguments: kinds)
    func `hostile values stay within the limit and out of the statistics`(kind: ScalingKind) {
        var scaler = scaler(kind)
        for row in rows(50, seed: 15) { scaler.update(row) }
        let before = scaler.state
        for value in [Float.nan, .infinity, -.infinity] {
            scaler.update([Float](repeating: value, count: 9))
            #expect(scaler.transform([Float](repeating: value, count: 9)).allSatisfy { abs($0) <= 10_000 })
        }
        #expect(scaler.state == before)
        let huge = [Float](repeating: 3e38, count: 9)
        #expect(scaler.transform(huge).allSatisfy { abs($0) <= 10_000 })
        for _ in 0..<3 { scaler.update(huge) }
        #expect(scaler.transform(huge).allSatisfy { $0.isFinite })
        for row in rows(10, seed: 16) { #expect(scaler.transform(row).allSatisfy { $0.isFinite }) }
    }

    @Test func `four at a time gives the bits of one at a time, missing values among them`() {
        var together = scaler(.standard, features: 11)
        var alone = (0..<11).map { _ in FeatureStatistics() }
        for (number, var row) in rows(300, features: 11, seed: 17).enumerated() {
            row[number % 11] = number % 3 == 0 ? .nan : 1e20
            let expected = row.indices.map { index in
                let value = row[index].isNaN ? alone[index].mean : Double(row[index])
                return Float(ScalingKind.standard.scale(value, alone[index]))
            }
            #expect(together.transform(row) == expected)
            together.update(row)
            for index in row.indices where row[index].isFinite {
                ScalingKind.standard.update(&alone[index], with: Double(row[index]))
            }
            #expect(row.indices.map { together.statistics(of: $0) } == alone)
        }
    }

    @Test func `a missing value stands for the mean, or for a raw zero, as declared`() {
        let row: [Float] = [1, 1, 1, 1, 1]
        let missing = [Float](repeating: .nan, count: 5)
        for (kind, mean, zero) in [
            (ScalingKind.standard, Float(0), Float(-3)), (.minMax, 0.5, -1), (.maxAbs, 0.75, 0), (.none, 3, 0),
        ] {
            for (policy, expected) in [(MissingPolicy.mean, mean), (.reject, mean), (.zero, zero)] {
                var scaler = scaler(kind, features: 5, missing: policy)
                #expect(scaler.transform(missing) == [0, 0, 0, 0, 0])
                scaler.update(row.map { 2 * $0 })
                scaler.update(row.map { 4 * $0 })
                #expect(scaler.transform(missing) == row.map { expected * $0 }, "\(kind) \(policy)")
            }
        }
    }

    @Test func `each feature has its own scaling`() {
        var scaler = FeatureScaler(
            features: ScalingKind.allCases.map { FeatureDeclaration(name: $0.rawValue, scaling: $0) }, fading: 0.5)
        scaler.update([2, 2, 2, 2, 2, 2])
        scaler.update([4, 4, 4, 4, 4, 4])
        // Exponential: mean 3, variance 0.5 * (0 + 0.5 * 4) = 1. Robust: median 3, quartiles 2.5 and 3.5.
        #expect(scaler.transform([6, 6, 6, 6, 6, 6]) == [3, 2, 1.5, 3, 3, 6])
    }

    @Test func `a constant feature is 0, not a division by zero`() {
        for kind in [ScalingKind.standard, .minMax, .exponential] {
            var scaler = scaler(kind)
            for _ in 0..<5 { scaler.update([Float](repeating: 0.1, count: 9)) }
            #expect(scaler.transform([Float](repeating: 7, count: 9)) == [Float](repeating: 0, count: 9))
        }
    }

    @Test func `statistics that aren't finite are refused by name`() {
        var scaler = scaler(.standard, features: 2)
        var archive = scaler.state
        archive.put("scaler/mean", doubles: [0, .infinity])
        #expect(throws: StateError.impossible(name: "scaler/mean", reason: "element 1 is inf")) {
            try scaler.restore(from: archive, under: "scaler")
        }
    }
}
