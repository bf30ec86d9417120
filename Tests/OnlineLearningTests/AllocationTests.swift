import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct AllocationTests {
    @Test(arguments: OptimizerKind.allCases)
    func `a record allocates nothing`(optimizer: OptimizerKind) {
        for target in [twoClasses, Target.regression] {
            for batch in [1, 8] {
                let data = examples(500, features: 13, target: target, seed: 22)
                var scaler = FeatureScaler(features: (0..<13).map { FeatureDeclaration(name: "f\($0)") })
                var model = LinearModel(
                    LinearModelConfiguration(
                        featureCount: 13, target: target,
                        optimizer: OptimizerConfiguration(kind: optimizer, l1: 1e-5, l2: 1e-5, clip: 10), batch: batch))
                var metrics = PrequentialMetrics(target: target, window: 100, fading: 0.999)
                let scaled = UnsafeMutableBufferPointer<Float>.allocate(capacity: 13)
                defer { scaled.deallocate() }
                let allocations = countAllocations {
                    for example in data {
                        example.x.withUnsafeBufferPointer { row in
                            scaler.transform(row, into: scaled)
                            let x = UnsafeBufferPointer(scaled)
                            metrics.add(model.predict(x), example.label)
                            _ = model.learn(x, label: example.label, weight: example.weight)
                            scaler.update(row)
                        }
                    }
                }
                #expect(metrics.records == 500)
                // Unoptimized Swift itself allocates.
                #if !DEBUG
                    #expect(allocations == 0)
                #else
                    _ = allocations
                #endif
            }
        }
    }
}
