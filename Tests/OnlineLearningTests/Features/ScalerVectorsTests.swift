import OnlineLearning
import Records
import Testing

@Suite struct ScalerVectorsTests {
    @Test(arguments: [ScalingKind.standard, .minMax, .maxAbs, .exponential])
    func `values are scaled by the statistics from before the record`(kind: ScalingKind) throws {
        for vector in try VectorCase.all(kinds: ["scaler-" + kind.rawValue]) {
            let fading = vector.fading ?? ExponentialScaling.defaultFading
            let rows = try vector.rows("x")
            let expected = try vector.rows("out")
            for feature in rows[0].indices {
                var statistics = FeatureStatistics()
                let found = rows.map { row in
                    defer { kind.update(&statistics, with: row[feature], fading: fading) }
                    return kind.scale(row[feature], statistics)
                }
                #expect(relativeError(found, expected.map { $0[feature] }) < 1e-10, "\(vector) feature \(feature)")
            }
        }
    }

    @Test(arguments: [ScalingKind.standard, .minMax, .maxAbs, .exponential])
    func `the scaler of rows gives the reference's values in Float32`(kind: ScalingKind) throws {
        for vector in try VectorCase.all(kinds: ["scaler-" + kind.rawValue]) {
            let rows = try vector.rows("x").map { $0.map(Float.init) }
            let declared = rows[0].indices.map { FeatureDeclaration(name: "f\($0)", scaling: kind) }
            var scaler = FeatureScaler(
                features: declared, fading: vector.fading ?? ExponentialScaling.defaultFading)
            var found: [Double] = []
            for row in rows {
                found += scaler.transform(row).map(Double.init)
                scaler.update(row)
            }
            #expect(relativeError(found, try vector.rows("out").flatMap { $0 }) < 1e-5, "\(vector)")
        }
    }
}
