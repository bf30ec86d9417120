import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct JointMetricsTests {
    @Test(arguments: [twoClasses, Target.regression])
    func `streams together have the metrics of one that saw all their records`(target: Target) throws {
        var random = SplitMix64(seed: 91)
        var whole = PrequentialMetrics(target: target, window: 10, fading: 1)
        var first = PrequentialMetrics(target: target, window: 10, fading: 1)
        var second = PrequentialMetrics(target: target, window: 10, fading: 1)
        let nothing = PrequentialMetrics(target: target, window: 10, fading: 1)
        for index in 0..<2_000 {
            let score = Double.random(in: 0...1, using: &random)
            let truth = score + Double.random(in: -0.5...0.5, using: &random)
            let weight = Double.random(in: 0.5...2, using: &random)
            let isRegression = target == .regression
            let prediction = Prediction(score: score, classIndex: isRegression ? -1 : score > 0.5 ? 1 : 0)
            let label = isRegression ? Label.value(100 + truth) : .classIndex(truth > 0.5 ? 1 : 0)
            whole.add(prediction, label, weight: weight)
            if index % 3 == 0 {
                first.add(prediction, label, weight: weight)
            } else {
                second.add(prediction, label, weight: weight)
            }
        }
        var joint = JointMetrics(target: target)
        #expect(joint.overall.named.isEmpty)
        joint.add(nothing)
        joint.add(first)
        joint.add(second)
        #expect(joint.overall.records == 2_000)
        let found = joint.overall.named
        let expected = whole.overall.named
        #expect(found.map(\.name) == expected.map(\.name))
        // The label before is the one before in the same stream.
        for (found, expected) in zip(found, expected) where found.name != "kappa_temporal" {
            #expect(abs(found.value - expected.value) <= 1e-12 * abs(expected.value), "\(found.name)")
        }
    }
}
